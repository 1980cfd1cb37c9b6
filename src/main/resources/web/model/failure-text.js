import { languageNow, words } from "../words/words.js";

/** Codes whose English text by the server says more than the code. */
const DETAILED = new Set(["bad_request", "room.forbidden", "room.full"]);

/** Texts of the codes. The English ones are loaded after the first view; until then the server's texts are shown. */
/** @type {(key: string) => string} */
let say = words("errors", /** @type {Record<string, string>} */ ({}));

/**
 * Text of a failure in the reader's language, once the texts are loaded or their load has failed.
 *
 * @param {{code?: string, message: string}} failure
 */
export async function wordFailure(failure) {
  await loadFailureTexts().catch(() => {});
  return failureText(failure);
}

/** Loads the texts of failures. A failed load is repeated by the next call. */
export async function loadFailureTexts() {
  say = /** @type {(key: string) => string} */ ((await import("../words/en/errors.js")).say);
}

/**
 * The same at once, for views. A code that is missing in the catalogue has the server's text; errors of the page have
 * texts of the catalogue already.
 *
 * @param {{code?: string, message: string}} failure
 * @returns {string}
 */
export function failureText({ code, message }) {
  if (code === undefined || (DETAILED.has(code) && languageNow() === "en")) {
    return message;
  }
  return say(code) || message;
}
