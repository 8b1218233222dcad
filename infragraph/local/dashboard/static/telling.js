/** Short news in a corner of the page, which are read aloud too. */

import { h } from "./dom.js";

const SECONDS = 6;

/**
 * @param {string} text
 * @param {boolean} [isBad]
 */
export function tell(text, isBad = false) {
  const told = h("div", { class: isBad ? "bad" : "" }, text);
  document.getElementById("told")?.append(told);
  setTimeout(() => told.remove(), SECONDS * 1000 * (isBad ? 2 : 1));
}

/**
 * Does something, and tells what went wrong with it.
 * @template Result
 * @param {() => Promise<Result>} act
 * @returns {Promise<Result | undefined>}
 */
export async function trying(act) {
  try {
    return await act();
  } catch (error) {
    tell(error instanceof Error ? error.message : String(error), true);
    return undefined;
  }
}
