/**
 * The grammar of mentions, as the server has it (`Mentions` and `Prose`, docs/decisions/0010-text.md): both are tested with the
 * same vectors. It reads the tokens that marked makes of a message.
 *
 * @typedef {{start: number, length: number, tokens: any[], token: any}} Piece a text token and its place in the prose
 */

/** Placeholder for code and images, and for the begin and end of emphasis. */
const MARKUP = "\ufffc";
/** Placeholder for the begin and end of a link, which also ends an address. */
const EDGE = "\ufffb";
/** Replaces an `@` that begins no mention. */
const PLAIN = "%";

const MAX_MENTIONS = 50;
const MIN_ID_LENGTH = 2;
const MAX_ID_LENGTH = 32;

/** Letters of the scripts that look like those of ids, and the rest of a word in them. */
const LETTERS = String.raw`\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}`;
export const WORD = String.raw`${LETTERS}\u0300-\u036F0-9_`;
const REST_OF_ADDRESS = String.raw`[^\p{Z}\p{Cc}<${EDGE}]*`;
/** A host without a scheme before it: a name of several parts, also of a domain in Punycode, or an address of IPv4. */
const HOST =
  String.raw`(?:(?:[${LETTERS}0-9\-]{1,63}\.){1,10}(?:[${LETTERS}]{2,24}|xn--[a-z0-9\-]{1,59})` +
  String.raw`|(?:[0-9]{1,3}\.){3}[0-9]{1,3}|localhost)`;
const ADDRESS_OR_MENTION = [
  String.raw`[a-z][a-z0-9+.\-]{0,30}:\/\/${REST_OF_ADDRESS}`,
  String.raw`(?<![a-z0-9_])www\.${REST_OF_ADDRESS}`,
  String.raw`(?<![${WORD}@.\-])${HOST}(?::[0-9]{1,5})?(?:\/|\?[a-z0-9_]{1,64}=)${REST_OF_ADDRESS}`,
  String.raw`(?<=[${WORD}])@[a-z0-9._\-]{1,253}[:\/]${REST_OF_ADDRESS}`,
  String.raw`(?<![${WORD}@])@(?![a-z0-9._\-]{0,253}xn--)` +
    String.raw`([a-z0-9][a-z0-9_]{0,31}(?:[.\-][a-z0-9_]{1,31}){0,16})(?![${WORD}@])`,
].join("|");

/** Users that a message names, each once. @param {any[]} tokens @returns {string[]} */
export function mentioned(tokens) {
  return [...new Set(found(prose(tokens)).map(({ user }) => user))].slice(0, MAX_MENTIONS);
}

/**
 * Replaces the mentions of these users by tokens of the type `mention`.
 *
 * @param {any[]} tokens
 * @param {string[]} users
 */
export function markMentions(tokens, users) {
  const shown = prose(tokens);
  const places = found(shown).filter(({ user }) => users.includes(user));
  for (const piece of shown.pieces.reverse()) {
    const inside = places.filter(({ start, end }) => start >= piece.start && end <= piece.start + piece.length);
    if (inside.length > 0) {
      piece.tokens.splice(piece.tokens.indexOf(piece.token), 1, ...split(piece, inside));
    }
  }
  return tokens;
}

/** @param {Piece} piece */
function split({ start, token }, places) {
  const parts = [];
  let done = 0;
  for (const place of places) {
    parts.push(text(token, done, place.start - start));
    done = place.end - start;
    parts.push({ type: "mention", raw: token.text.slice(place.start - start, done), user: place.user });
  }
  parts.push(text(token, done, token.text.length));
  return parts.filter(({ raw }) => raw !== "");
}

function text(token, start, end) {
  const part = token.text.slice(start, end);
  return { ...token, raw: part, text: part };
}

/** Places of mentions in the prose. @returns {{start: number, end: number, user: string}[]} */
function found({ text }) {
  return [...folded(text).matchAll(new RegExp(ADDRESS_OR_MENTION, "gu"))]
    .filter(([, user]) => user !== undefined && user.length >= MIN_ID_LENGTH && user.length <= MAX_ID_LENGTH)
    .map((match) => ({ start: match.index, end: match.index + match[0].length, user: match[1] }));
}

/** Folds case and width. */
function folded(text) {
  return text
    .replace(/[\uff01-\uff5e]/g, (full) => String.fromCharCode(full.charCodeAt(0) - 0xfee0))
    .replace(/\ufe6b/g, "@")
    .replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase());
}

/** Prose of a message: its text without code, images and destinations of links. */
function prose(tokens) {
  const shown = { text: "", pieces: /** @type {Piece[]} */ ([]) };
  readAll(tokens, shown);
  return shown;
}

function readAll(tokens, shown) {
  tokens.forEach((token) => read(token, tokens, shown));
}

function read(token, tokens, shown) {
  switch (token.type) {
    case "text":
      if (token.tokens) {
        readBlock(token, shown);
      } else {
        shown.pieces.push({ start: shown.text.length, length: token.text.length, tokens, token });
        shown.text += token.text;
      }
      break;
    case "escape":
      shown.text += token.text === "@" ? PLAIN : token.text;
      break;
    case "codespan":
    case "image":
      shown.text += MARKUP;
      break;
    case "em":
    case "strong":
    case "del":
      readWithin(MARKUP, token, shown);
      break;
    case "link":
      readLink(token, shown);
      break;
    default:
      readBlock(token, shown);
  }
}

function readBlock(token, shown) {
  const cells = token.type === "table" ? [...token.header, ...token.rows.flat()] : [];
  const parts = token.type === "list" ? token.items : cells;
  shown.text += "\n";
  readAll(token.tokens ?? [], shown);
  parts.forEach((part) => readBlock(part, shown));
  shown.text += "\n";
}

function readWithin(edge, token, shown) {
  shown.text += edge;
  readAll(token.tokens, shown);
  shown.text += edge;
}

/** An address in angle brackets names nobody; the grammar finds a bare one by itself. */
function readLink(token, shown) {
  if (token.raw.startsWith("[")) {
    readWithin(EDGE, token, shown);
  } else if (token.raw.startsWith("<")) {
    shown.text += EDGE + token.text.replace(/[@\uff20\ufe6b]/g, PLAIN) + EDGE;
  } else {
    shown.text += token.text;
  }
}
