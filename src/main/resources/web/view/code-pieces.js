/**
 * Code as pieces, each a text and its kind, from the library's scopes.
 *
 * @typedef {[text: string, kind: string | null][]} Pieces
 */

/** Limit of the pieces of one code block; each becomes an element. */
export const MAX_PIECES = 4_000;

/** Kinds with a colour, by the first part of the library's scopes. A scope that is missing here has the kind around it. */
const KINDS = new Map(
  /** @type {[string, string | null][]} */ ([
    ...["keyword", "selector-tag", "bullet", "name"].map((scope) => [scope, "keyword"]),
    ...["title", "section", "selector-class", "selector-id"].map((scope) => [scope, "title"]),
    ...["type", "built_in", "attr", "attribute", "property", "variable", "template-variable", "selector-attr"].map((scope) => [
      scope,
      "type",
    ]),
    ...["literal", "number", "symbol", "char"].map((scope) => [scope, "value"]),
    ...["string", "regexp", "link", "code"].map((scope) => [scope, "string"]),
    ...["comment", "quote", "doctag", "meta"].map((scope) => [scope, "comment"]),
    ["addition", "added"],
    ["deletion", "removed"],
    ["subst", null],
  ]),
);

/** Emitter of the library that collects pieces and creates no markup. */
class Collector {
  /** @type {Pieces} */
  pieces = [];
  /** @type {(string | null)[]} */
  #kinds = [null];

  /** @param {string} text */
  addText(text) {
    const kind = this.#kinds.at(-1) ?? null;
    const last = this.pieces.at(-1);
    if (last?.[1] === kind) {
      last[0] += text;
    } else if (text !== "") {
      this.pieces.push([text, kind]);
    }
  }

  /** @param {string} scope */
  openNode(scope) {
    const kind = KINDS.get(scope.split(".")[0]);
    this.#kinds.push(kind === undefined ? (this.#kinds.at(-1) ?? null) : kind);
  }

  closeNode() {
    this.#kinds.pop();
  }

  /** @param {string} scope */
  startScope(scope) {
    this.openNode(scope);
  }

  endScope() {
    this.closeNode();
  }

  /** Adds the pieces of code in another language within this one. @param {{pieces: Pieces}} given */
  __addSublanguage({ pieces }) {
    const around = this.#kinds.at(-1) ?? null;
    pieces.forEach(([text, kind]) => {
      this.#kinds.push(kind ?? around);
      this.addText(text);
      this.#kinds.pop();
    });
  }

  finalize() {}

  toHTML() {
    return "";
  }
}

/**
 * Pieces of code, whose concatenation is the code; null when the library does not know the language or fails, or when
 * there are too many pieces.
 *
 * @param {any} library highlight.js
 * @param {string} code
 * @param {string} language
 * @returns {Pieces | null}
 */
export function piecesOf(library, code, language) {
  if (!library.getLanguage(language)) {
    return null;
  }
  library.configure({ __emitter: Collector });
  try {
    const { pieces } = library.highlight(code, { language, ignoreIllegals: true })._emitter;
    // A grammar that fails leaves a part.
    const isWhole = pieces.map((/** @type {Pieces[number]} */ [text]) => text).join("") === code;
    return isWhole && pieces.length <= MAX_PIECES ? pieces : null;
  } catch {
    return null;
  }
}
