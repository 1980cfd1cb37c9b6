const CODE = /(invite|password|owner)-[\w-]{43}/;

/**
 * Code within a link or another text, and what it opens.
 *
 * @param {string} text
 * @returns {{code: string, kind: string} | null}
 */
export function codeIn(text) {
  const found = CODE.exec(text);
  return found && { code: found[0], kind: found[1] };
}
