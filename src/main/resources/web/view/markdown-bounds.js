/**
 * Limits of the cost of one message. The library's parser is recursive and, on hostile texts, cubic in their length:
 * 2,050 `>` overflow its stack, and `[a](` 2,048 times takes many seconds. Measured in
 * docs/decisions/0012-markdown-of-the-page.md.
 */
export const BOUNDS = {
  /** Limit of the characters of a parsed text; the server allows 8,192 bytes by default. */
  length: 10_000,
  /** Limit of nested quotes and lists. Deeper ones are text. */
  depth: 8,
  /** Limit of the characters that nested blocks read again, as a multiple of the text's length. */
  rereads: 24,
  /** Limit of the signs of markup in a paragraph, an item or a cell; one with more is text. */
  signs: 200,
  /** Limit of the characters of one word, or of one run of spaces, in a paragraph; a paragraph with a longer run is text. */
  run: 1_500,
  /** Limits of the columns and cells of a table. A message with a larger table is plain text. */
  columns: 32,
  cells: 2_000,
};

const SIGNS = /[[\]()*_`~<\\&!@]/g;
const LONG_RUN = new RegExp(String.raw`[\w.!#$%&'*+/=?^{|}~-]{${BOUNDS.run}}|[ \t]{${BOUNDS.run}}`);
/** Patterns of the beginnings of quotes and lists, and of the first two lines of tables. */
const QUOTE = /^ {0,3}>/;
const ITEM = /^ {0,3}(?:[*+-]|\d{1,9}[.)])(?:[ \t\n]|$)/;
const TABLE = /^([^\n]*)\n {0,3}(?=[^\n]*[|:])[|: -]+(?:\n|$)/;

class TooComplex extends Error {}

/**
 * The library's lexer within {@link BOUNDS}. A paragraph, or a message, beyond them is shown as its source.
 *
 * @param {any} Lexer
 */
export function boundedLexer(Lexer) {
  return class BoundedLexer extends Lexer {
    /** Number of blocks around the current one. */
    depth = 0;
    #left = 0;

    /** @param {string} source */
    lex(source) {
      if (source.length > BOUNDS.length) {
        return this.#plain(source);
      }
      this.#left = BOUNDS.rereads * source.length;
      try {
        return super.lex(source);
      } catch (failure) {
        if (failure instanceof TooComplex) {
          return this.#plain(source);
        }
        throw failure;
      }
    }

    /** @param {string} source @param {import("marked").Token[]} [tokens] */
    blockTokens(source, tokens = [], lastParagraphClipped = false) {
      this.spend(source.length);
      this.depth++;
      try {
        return super.blockTokens(source, tokens, lastParagraphClipped);
      } finally {
        this.depth--;
      }
    }

    /** Counts characters that another block may read again. @param {number} characters */
    spend(characters) {
      this.#left -= characters;
      if (this.#left < 0) {
        throw new TooComplex();
      }
    }

    /** @param {string} source @param {import("marked").Token[]} [tokens] */
    inlineTokens(source, tokens = []) {
      if ((source.match(SIGNS)?.length ?? 0) <= BOUNDS.signs && !LONG_RUN.test(source)) {
        return super.inlineTokens(source, tokens);
      }
      tokens.push(...plainTokens(source));
      return tokens;
    }

    /** @param {string} source */
    #plain(source) {
      /** @type {any} the library's */
      this.inlineQueue = [];
      const tokens = [{ type: "paragraph", raw: source, text: source, tokens: plainTokens(source) }];
      return Object.assign(tokens, { links: {} });
    }
  };
}

/** Tokenizers that count against the limits, and return text beyond them; `false` means that the library continues. */
export const boundedTokenizer = {
  /** @this {{lexer: any}} @param {string} source @returns {false | undefined} */
  blockquote(source) {
    return nested(this.lexer, QUOTE, source);
  },
  /** @this {{lexer: any}} @param {string} source @returns {false | undefined} */
  list(source) {
    return nested(this.lexer, ITEM, source);
  },
  /** @this {{lexer: any}} @param {string} source @returns {false | undefined} */
  table(source) {
    const [head, header] = TABLE.exec(source) ?? [];
    if (head === undefined) {
      return undefined;
    }
    const block = firstBlock(source);
    const columns = header.split("|").length;
    const isSmall = columns <= BOUNDS.columns && columns * block.split("\n").length <= BOUNDS.cells;
    this.lexer.spend(isSmall ? block.length : Infinity);
    return false;
  },
};

/** @typedef {{depth: number, spend: (characters: number) => void}} Lexer the bounded one */

/** @param {Lexer} lexer @param {RegExp} begin @param {string} source */
function nested(lexer, begin, source) {
  if (!begin.test(source) || lexer.depth > BOUNDS.depth) {
    return undefined;
  }
  lexer.spend(firstBlock(source).length);
  return false;
}

/** Text before the first empty line. @param {string} source */
function firstBlock(source) {
  const end = source.search(/\n[ \t]*\n/);
  return end < 0 ? source : source.slice(0, end);
}

/** Source lines of a text. @param {string} source */
function plainTokens(source) {
  return source
    .split("\n")
    .flatMap((line, index) => [...(index === 0 ? [] : [{ type: "br", raw: "\n" }]), { type: "text", raw: line, text: line }]);
}
