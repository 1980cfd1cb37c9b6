/** Ends of what has its text in lines: the last paragraph or item, and what is around it. */
const END = /(?:<\/p>|<\/li>)(?:\s*<\/(?:p|li|ul|ol|blockquote)>)*\s*$/;

/**
 * Puts a word at the end of a drawn text: in its last line, so that the text does not grow by one; below what has no such
 * line, as a table.
 *
 * @param {string} html
 * @param {string} note
 */
export function withNote(html, note) {
  if (note === "") {
    return html;
  }
  const sign = `<span class="edited">${note}</span>`;
  const { index } = END.exec(html) ?? {};
  return index === undefined ? `${html}<p class="note">${sign}</p>` : `${html.slice(0, index)} ${sign}${html.slice(index)}`;
}
