/**
 * Changes to the library's reading of Markdown where it differs from CommonMark, and so from the server, which finds mentions
 * (docs/decisions/0010-text.md): fences and tabs in lists and quotes, ends of paragraphs, backticks after tildes.
 */
export const reading = {
  hooks: { preprocess: (/** @type {string} */ text) => `${withPlainLists(text.replace(/\r\n?/g, "\n"))}\n` },
  tokenizer: { inlineText, paragraph },
  renderer: {
    // An escaped @ draws as one and begins no mention, see mentions.js.
    text: (/** @type {import("marked").Tokens.Text | import("marked").Tokens.Escape} */ { type, text }) =>
      type === "escape" && text === "@" && "&#64;",
  },
};

const RULE = String.raw` {0,3}(?:(?:-[ \t]*){3,}|(?:_[ \t]*){3,}|(?:\*[ \t]*){3,})(?:\n|$)`;
const FENCE = String.raw` {0,3}(?:\`{3,}[^\`\n]*(?:\n|$)|~{3,})`;
const ITEM = String.raw` {0,3}(?:[*+-]|1[.)])[ \t]+[^ \t\n]`;
const TABLE = String.raw`(?=[^\n]*\|)[^\n]*\n {0,3}(?=[^\n]*\|)(?=[^\n]*-)[|: \t-]+(?:\n|$)`;
const PARAGRAPH = new RegExp(String.raw`^[^\n]+(?:\n(?![ \t]*(?:\n|$)|${RULE}| {0,3}>|${FENCE}|${ITEM}|${TABLE})[^\n]+)*\n?`);

/**
 * A paragraph ends where another block begins. The library ends it at headings and HTML, too, and not at a fence in the last line.
 *
 * @this {{lexer: any}}
 * @param {string} source
 */
function paragraph(source) {
  const [raw] = PARAGRAPH.exec(source) ?? [];
  const text = raw?.replace(/\n$/, "");
  return raw !== undefined && { type: "paragraph", raw, text, tokens: this.lexer.inline(text) };
}

/**
 * Tildes and backticks beside each other: the library takes both for text, so that a code span would not begin.
 *
 * @param {string} source
 */
function inlineText(source) {
  const [raw] = /^(?:~+(?=`)|`+(?=~))/.exec(source) ?? [];
  return raw !== undefined && { type: "text", raw, text: raw, escaped: false };
}

const IS_RULE = new RegExp(`^(?:${RULE})`);

/** Lists that begin in one line; further signs stay as they are. */
const MAX_DEPTH = 16;
const SIGN = /^([ \t]*)(?:[-*+]|\d{1,9}[.)])(?=[ \t]|$)/;
const OPENING = /^[ \t]*(`{3,}(?=[^`]*$)|~{3,})/;

/**
 * The text with a fence closed where its list item ends, which the library would carry on, and with spaces for the tabs that
 * stand before a list's text or a fence. Code within fences stays as it is.
 *
 * @param {string} text
 */
function withPlainLists(text) {
  const lines = [];
  /** Columns where the text of the open items begins. */
  /** @type {number[]} */
  let items = [];
  let fence;
  for (const line of text.split("\n")) {
    const indent = column(/** @type {RegExpExecArray} */ (/^[ \t]*/.exec(line))[0]);
    if (fence && line.trim() !== "" && indent < fence.indent) {
      lines.push(" ".repeat(fence.indent) + fence.sign);
      fence = undefined;
    }
    if (fence) {
      fence = closes(line, fence) ? undefined : fence;
      lines.push(line);
    } else {
      items = line.trim() === "" ? items : items.filter((item) => item <= indent);
      const read = readSigns(line);
      items.push(...read.items);
      fence = opened(read.line.slice(read.items.at(-1) ?? 0), items.at(-1) ?? 0);
      lines.push(read.line);
    }
  }
  return lines.join("\n");
}

/**
 * The line with spaces for the tabs before its text, and the columns where the texts of the items that it begins do.
 *
 * @param {string} line
 */
function readSigns(line) {
  const items = [];
  let done = "";
  let rest = line;
  for (let sign = SIGN.exec(rest); sign && items.length < MAX_DEPTH && !IS_RULE.test(rest); sign = SIGN.exec(rest)) {
    const begin = done + sign[0];
    rest = rest.slice(sign[0].length);
    const [gap] = /** @type {RegExpExecArray} */ (/^[ \t]*/.exec(rest));
    const width = column(gap, column(begin)) - column(begin);
    const inner = width === 0 || width > 4 || rest.trim() === "" ? 1 : width;
    items.push(column(begin) + inner);
    done = spaced(begin) + " ".repeat(width);
    rest = rest.slice(gap.length);
  }
  const plain =
    items.length > 0 || /^[ \t>]*(?:`{3}|~{3})/.test(rest)
      ? spaced(/** @type {RegExpExecArray} */ (/^[ \t>]*/.exec(rest))[0], column(done))
      : undefined;
  return { items, line: done + (plain === undefined ? rest : plain + rest.replace(/^[ \t>]*/, "")) };
}

/** @param {string} text @param {number} indent */
function opened(text, indent) {
  const [, sign] = OPENING.exec(text) ?? [];
  return sign && { sign, indent };
}

/** @param {string} line @param {{sign: string}} other */
function closes(line, { sign }) {
  const text = line.trim();
  return text.length >= sign.length && text === sign[0].repeat(text.length);
}

/** The column after a text, with tab stops of four. @param {string} text */
function column(text, begin = 0) {
  return [...text].reduce((at, character) => (character === "\t" ? at + 4 - (at % 4) : at + 1), begin);
}

/** A text with spaces for its tabs. @param {string} text */
function spaced(text, begin = 0) {
  let at = begin;
  return [...text]
    .map((character) => {
      const next = column(character, at);
      const shown = character === "\t" ? " ".repeat(next - at) : character;
      at = next;
      return shown;
    })
    .join("");
}
