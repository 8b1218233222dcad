/** Asks the dashboard's API. */

const CSRF = { "x-infragraph-dashboard": "1" };

/**
 * @param {string} path
 * @param {Record<string, string | number | boolean | undefined>} [asked]
 * @returns {Promise<any>}
 */
export async function get(path, asked = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(asked)) {
    if (value !== undefined && value !== "" && value !== false) {
      query.set(name, value === true ? "1" : String(value));
    }
  }
  const rest = query.toString();
  return answered(await fetch(rest ? `${path}?${rest}` : path, { credentials: "same-origin" }));
}

/**
 * @param {string} path
 * @param {unknown} body
 * @returns {Promise<any>}
 */
export async function post(path, body) {
  const headers = { "content-type": "application/json", ...CSRF };
  const options = { method: "POST", headers, body: JSON.stringify(body) };
  return answered(await fetch(path, { ...options, credentials: "same-origin" }));
}

/**
 * @param {Response} response
 * @returns {Promise<any>}
 */
async function answered(response) {
  const read = await response.json();
  if (!response.ok) throw new Error(read.error || `HTTP ${response.status}`);
  return read;
}

/**
 * Calls `changed` whenever there is something new, and `present` with whether the run answers.
 * @param {(state: {revision: number, graph: string, diagnostics: number}) => void} changed
 * @param {(isThere: boolean) => void} present
 */
export function listen(changed, present) {
  const source = new EventSource("/api/events");
  source.onopen = () => present(true);
  source.onerror = () => present(false);
  source.onmessage = (event) => changed(JSON.parse(event.data));
}
