/** Closing tags of the last paragraph or item, and of the elements around it. */
const END = /(?:<\/p>|<\/li>)(?:\s*<\/(?:p|li|ul|ol|blockquote)>)*\s*$/;

/**
 * Appends a word to a drawn text: to its last line, so that the text gets no new line; below an element without such a
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
