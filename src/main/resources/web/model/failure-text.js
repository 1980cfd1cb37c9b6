import { languageNow, words } from "../words/words.js";

/** Codes of which the server's own sentence, in English, says more than the code. */
const DETAILED = new Set(["bad_request", "room.forbidden", "room.full"]);

/** Words for the codes. Those of English are loaded when the first look is over: until then the server's own stand in. */
/** @type {(key: string) => string} */
let say = words("errors", /** @type {Record<string, string>} */ ({}));

/** A failure in the reader's language, once the words are there or cannot be had. @param {{code?: string, message: string}} failure */
export async function wordFailure(failure) {
  await loadFailureTexts().catch(() => {});
  return failureText(failure);
}

/** Loads the words for failures. It is done again when it fails. */
export async function loadFailureTexts() {
  say = /** @type {(key: string) => string} */ ((await import("../words/en/errors.js")).say);
}

/**
 * The same at once, for what is drawn. A code that the catalogue lacks has the sentence of the server, as have errors of the page,
 * whose words are the catalogue's already.
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
