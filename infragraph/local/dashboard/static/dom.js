/**
 * Elements made one by one: whatever a text holds, it stays a text.
 *
 * @typedef {Node | string | number | null | undefined | false} Child
 * @typedef {Record<string, string | number | boolean | null | undefined | EventListener | ((event: any) => void)>} Attributes
 */

const SVG = "http://www.w3.org/2000/svg";

/**
 * An element; `on…` attributes are listeners, and a link leads nowhere but into the dashboard.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} [attributes]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) set(element, name, value);
  element.append(...present(children));
  return element;
}

/**
 * An element of SVG.
 * @param {string} tag
 * @param {Record<string, string>} attributes
 * @param {...Child} children
 * @returns {SVGElement}
 */
export function svg(tag, attributes, ...children) {
  const element = /** @type {SVGElement} */ (document.createElementNS(SVG, tag));
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...present(children));
  return element;
}

/**
 * Puts other children in, and keeps the focus where it was: on what has the same `data-key`.
 * @param {Element} parent
 * @param {...(Child | Child[])} children
 */
export function put(parent, ...children) {
  const focused = document.activeElement;
  const key = focused && parent.contains(focused) ? focused.getAttribute("data-key") : null;
  parent.replaceChildren(...present(children));
  if (key === null) return;
  for (const it of parent.querySelectorAll("[data-key]")) {
    if (it.getAttribute("data-key") === key && it instanceof HTMLElement) it.focus();
  }
}

/**
 * @param {HTMLElement} element
 * @param {string} name
 * @param {Attributes[string]} value
 */
function set(element, name, value) {
  if (value === null || value === undefined) return;
  if (name.startsWith("aria-")) {
    element.setAttribute(name, String(value));
    return;
  }
  if (value === false) return;
  if (typeof value === "function") {
    if (!name.startsWith("on")) throw new Error(`${name} is no listener`);
    element.addEventListener(name.slice(2), value);
    return;
  }
  if (name.startsWith("on")) throw new Error(`${name} is no text`);
  if (name === "href" && !String(value).startsWith("#")) throw new Error("a link leads out");
  element.setAttribute(name, value === true ? "" : String(value));
}

/**
 * @param {(Child | Child[])[]} children
 * @returns {(Node | string)[]}
 */
function present(children) {
  /** @type {(Node | string)[]} */
  const found = [];
  for (const it of children.flat()) {
    if (it === null || it === undefined || it === false) continue;
    found.push(it instanceof Node ? it : String(it));
  }
  return found;
}
