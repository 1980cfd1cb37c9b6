import { reading } from "./markdown-reading.js";

const NO_TOKEN = () => undefined;

/**
 * The safe subset of Markdown: emphasis, code, quotes, lists, tables and links. Markup, headings, images and reference
 * definitions are text like any other; four spaces are four spaces.
 *
 * @param {any} Marked the class of the library
 */
export function subsetOf(Marked) {
  return new Marked({
    gfm: true,
    breaks: true,
    tokenizer: { html: NO_TOKEN, tag: NO_TOKEN, heading: NO_TOKEN, lheading: NO_TOKEN, code: NO_TOKEN, def: NO_TOKEN },
    renderer: {
      image: ({ raw }) => `<span class="image">${escape(raw)}</span>`,
    },
  }).use(reading);
}

function escape(text) {
  const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (character) => entities[character]);
}
