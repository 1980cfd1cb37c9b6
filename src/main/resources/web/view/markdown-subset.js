import { boundedLexer, boundedTokenizer } from "./markdown-bounds.js";
import { reading } from "./markdown-reading.js";

const NO_TOKEN = () => undefined;

/**
 * The safe subset of Markdown: emphasis, code, quotes, lists, tables and links. Markup, headings, images and reference
 * definitions are text like any other; four spaces are four spaces. It is read within the bounds of `markdown-bounds.js`.
 *
 * @param {any} Marked the class of the library
 */
export function subsetOf(Marked) {
  const subset = new Marked();
  const Lexer = boundedLexer(subset.Lexer);
  subset.lexer = (text, options = subset.defaults) => new Lexer(options).lex(text);
  return subset.use({
    gfm: true,
    breaks: true,
    hooks: { provideLexer: () => subset.lexer },
    tokenizer: {
      html: NO_TOKEN,
      tag: NO_TOKEN,
      heading: NO_TOKEN,
      lheading: NO_TOKEN,
      code: NO_TOKEN,
      def: NO_TOKEN,
      reflink: NO_TOKEN,
      ...boundedTokenizer,
    },
    renderer: {
      image: ({ raw }) => `<span class="image">${escape(raw)}</span>`,
      list,
      listitem: listItem,
      checkbox: ({ checked }) => `<input type="checkbox" disabled${checked ? " checked" : ""} aria-label="${checked ? "Done" : "To do"}"> `,
    },
  }).use(reading);
}

/** A numbered list begins where its author began it; a class gives room for long numbers. */
function list({ ordered, start, items }) {
  const drawn = items.map((item) => this.listitem(item)).join("");
  if (!ordered) {
    return `<ul>\n${drawn}</ul>\n`;
  }
  const digits = String(start + items.length - 1).length;
  return `<ol${start === 1 ? "" : ` start="${start}"`}${digits > 2 ? ` class="digits-${digits}"` : ""}>\n${drawn}</ol>\n`;
}

/** A task has its box in the place of the list's sign. */
function listItem(item) {
  return `<li${item.task ? ' class="task"' : ""}>${this.parser.parse(item.tokens)}</li>\n`;
}

function escape(text) {
  const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (character) => entities[character]);
}
