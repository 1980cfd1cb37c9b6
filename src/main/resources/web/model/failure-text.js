import { languageNow } from "../words/words.js";
import { say } from "../words/en/errors.js";

/** Codes of which the server's own sentence, in English, says more than the code. */
const DETAILED = new Set(["bad_request", "room.forbidden", "room.full"]);

/**
 * A failure in the reader's language. A code that the catalogue lacks has the sentence of the server, as have errors of the page,
 * whose words are the catalogue's already.
 *
 * @param {{code?: string, message: string}} failure
 * @returns {string}
 */
export function failureText({ code, message }) {
  if (code === undefined || (DETAILED.has(code) && languageNow() === "en")) {
    return message;
  }
  return say(/** @type {any} */ (code)) || message;
}
