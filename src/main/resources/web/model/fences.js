/** Characters that may stand before a fence: blanks, marks of quotes, and the mark of a list. */
const LEAD = String.raw`^[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*`;
const OPENING = new RegExp(`${LEAD}(\`{3,}|~{3,})(.*)$`);
const CLOSING = /^[ \t>]*(`{3,}|~{3,})[ \t]*$/;

/**
 * Lines of a text, each with the fence (CommonMark, 4.5) that is open after it; null for none.
 *
 * @param {string} text
 * @returns {{line: string, open: string | null}[]}
 */
export function fencedLines(text) {
  /** @type {string | null} */
  let open = null;
  return text.split("\n").map((line) => {
    if (open === null) {
      const [, fence, info] = OPENING.exec(line) ?? [];
      // Backticks in a line with another word are a code span.
      open = fence && !(fence[0] === "`" && info.includes("`")) ? fence : null;
    } else {
      const fence = CLOSING.exec(line)?.[1];
      open = fence?.[0] === open[0] && fence.length >= open.length ? null : open;
    }
    return { line, open };
  });
}

/** The fence that is open at the end of a text. @param {string} text @returns {string | null} */
export function openFence(text) {
  return text.includes("```") || text.includes("~~~") ? (fencedLines(text).at(-1)?.open ?? null) : null;
}
