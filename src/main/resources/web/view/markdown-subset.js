import { boundedLexer, boundedTokenizer } from "./markdown-bounds.js";
import { reading } from "./markdown-reading.js";
import { say } from "../words/en/room.js";

const NO_TOKEN = () => undefined;

/**
 * Sign of an image, which is drawn as a link because loading a picture would tell a stranger who reads. Screen readers
 * read it too.
 */
const IMAGE_SIGN = "\u{1f5bc}\ufe0f";

/**
 * The safe subset of Markdown: emphasis, code, quotes, lists, tables and links. Images are links with a sign; markup, headings
 * and reference definitions are text like any other; four spaces are four spaces. It is read within the bounds of
 * `markdown-bounds.js`.
 *
 * @param {any} Marked the class of the library
 */
export function subsetOf(Marked) {
  const subset = new Marked();
  const Lexer = boundedLexer(subset.Lexer);
  subset.lexer = (/** @type {string} */ text, options = subset.defaults) => new /** @type {any} */ (Lexer)(options).lex(text);
  return subset
    .use({
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
        code,
        image,
        /** @param {import("marked").Tokens.Link} token */
        link(token) {
          return withoutInnerLinks(subset.Renderer.prototype.link.call(this, token));
        },
        list,
        listitem: listItem,
        checkbox: (/** @type {import("marked").Tokens.Checkbox} */ { checked }) =>
          `<input type="checkbox" disabled${checked ? " checked" : ""} aria-label="${checked ? say("taskDone") : say("taskOpen")}"> `,
      },
    })
    .use(reading);
}

/** Code block, with a frame around the scrolling part. @param {import("marked").Tokens.Code} given */
function code({ text, lang }) {
  const [language = ""] = /^\S*/.exec(lang ?? "") ?? [];
  const name = language && ` class="language-${escape(language)}"`;
  return `<div class="code"><pre><code${name}>${escape(text.replace(/\n$/, ""))}\n</code></pre></div>\n`;
}

/**
 * An image is a link with its alternative text, or with its address; without an address of the web it is text.
 *
 * @this {import("marked").Renderer}
 * @param {import("marked").Tokens.Image} given
 */
function image({ href, text, tokens, raw }) {
  // The library's renderer of plain text joins lines.
  const plain = Object.assign(Object.create(this.parser.textRenderer), { br: () => " " });
  const alternative = (tokens ? this.parser.parseInline(tokens, plain) : text).trim();
  const isWeb = /^https?:/i.test(href);
  const drawn = isWeb ? `<a href="${escape(href)}">${IMAGE_SIGN} ${escape(alternative || href)}</a>` : escape(raw);
  return `<span class="image">${drawn}</span>`;
}

/** A link around an image leads where the link does. @param {string} drawn */
function withoutInnerLinks(drawn) {
  const [, begin, inner] = /^(<a [^>]*>)([^]*)<\/a>$/.exec(drawn) ?? [];
  return inner?.includes("<a ") ? `${begin}${inner.replace(/<\/?a\b[^>]*>/g, "")}</a>` : drawn;
}

/**
 * A numbered list begins where its author began it; a class gives room for long numbers.
 *
 * @this {import("marked").Renderer}
 * @param {import("marked").Tokens.List} given
 */
function list({ ordered, start, items }) {
  const drawn = items.map((item) => this.listitem(item)).join("");
  if (!ordered) {
    return `<ul>\n${drawn}</ul>\n`;
  }
  const digits = String(Number(start) + items.length - 1).length;
  return `<ol${start === 1 ? "" : ` start="${start}"`}${digits > 2 ? ` class="digits-${digits}"` : ""}>\n${drawn}</ol>\n`;
}

/** A task has its box in the place of the list's sign. @this {import("marked").Renderer} @param {import("marked").Tokens.ListItem} item */
function listItem(item) {
  return `<li${item.task ? ' class="task"' : ""}>${this.parser.parse(item.tokens)}</li>\n`;
}

/** @param {string} text */
function escape(text) {
  /** @type {Record<string, string>} */
  const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (character) => entities[character]);
}
