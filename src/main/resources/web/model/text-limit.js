import { say } from "../words/en/chat.js";

/** Share of a limit from which on the page says how much is left. */
const NEAR = 0.9;

/** Bytes of a frame beside its text: ids, seq, stamp and the names of its members. */
const ENVELOPE_BYTES = 300;

const encoder = new TextEncoder();

/**
 * Length of a text, by the server's limits, in bytes of UTF-8. The frame of a text is limited too: JSON has two bytes
 * for a quotation mark, a backslash or a line break.
 *
 * @param {string} text
 * @param {{textBytes: number, frameBytes: number} | null} limits null while they are unknown: then the server decides
 * @returns {{left: number, limit: number, isNear: boolean}} `left` is negative for a text that is too long
 */
export function lengthOf(text, limits) {
  if (limits === null) {
    return { left: Infinity, limit: Infinity, isNear: false };
  }
  const { textBytes: limit, frameBytes } = limits;
  // A UTF-16 unit has at most three bytes of UTF-8, and six of JSON.
  if (text.length * 3 <= limit * NEAR && text.length * 6 + ENVELOPE_BYTES <= frameBytes) {
    return { left: limit, limit, isNear: false };
  }
  const ofText = limit - encoder.encode(text).length;
  const ofFrame = frameBytes - ENVELOPE_BYTES - encoder.encode(JSON.stringify(text)).length;
  const left = Math.min(ofText, ofFrame);
  return { left, limit, isNear: left <= limit * (1 - NEAR) };
}

/** A number of bytes, for people. @param {number} count */
export const bytes = (count) => say("bytes", { count });

/**
 * Text without blank lines at its ends, and without blanks after its last word: the first line keeps its indentation.
 *
 * @param {string} text
 */
export const withoutBlankEnds = (text) => text.trimEnd().replace(/^(?:[^\S\n]*\n)+/, "");
