/**
 * Marks of mentions in a drawn message. The server alone decides which users a text mentions, by the grammar of
 * docs/decisions/0010-text.md. The page finds the places where these users can be read: in prose; when its Markdown library
 * draws the place as code or as an address, there.
 *
 * @typedef {{text: string, pieces: {start: number, end: number, part: number}[]}} Shown the characters that are read, and their parts
 * @typedef {{part: number, start: number, end: number, user: string}} Place
 */

/** Placeholder for code, and for the beginning and end of emphasis. */
const MARKUP = "\ufffc";
/** Placeholder for an address, and for the beginning and end of a link, which also ends an address. */
const EDGE = "\ufffb";

const HIDING = /^<(?:code|span class="image")/;

/** Letters of the scripts that resemble those of ids, and the other characters of a word in them. */
const LETTERS = String.raw`\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}`;
export const WORD = String.raw`${LETTERS}\u0300-\u036F0-9_`;
const NAME =
  String.raw`(?<![${WORD}@])@(?![a-z0-9._\-]{0,253}xn--)` +
  String.raw`([a-z0-9][a-z0-9_]{0,31}(?:[.\-][a-z0-9_]{1,31}){0,16})(?![${WORD}@])`;
const REST_OF_ADDRESS = String.raw`(?:(?!&lt;)[^\p{Z}\p{Cc}${EDGE}])*`;
/** A host without a scheme before it: a name of several parts, also of a domain in Punycode, or an address of IPv4. */
const HOST =
  String.raw`(?:(?:[${LETTERS}0-9\-]{1,63}\.){1,10}(?:[${LETTERS}]{2,24}|xn--[a-z0-9\-]{1,59})` +
  String.raw`|(?:[0-9]{1,3}\.){3}[0-9]{1,3}|localhost)`;
/** An address of IPv6 in brackets. */
const IPV6_HOST = String.raw`\[(?=[0-9a-f:]{0,40}::|(?:[0-9a-f]{1,4}:){6})[0-9a-f:.]{2,45}(?:%[a-z0-9._~\-]{1,32})?\]`;
const PATH = String.raw`(?:\/|\?[a-z0-9_]{1,64}=)${REST_OF_ADDRESS}`;
const ADDRESS_OR_NAME = [
  String.raw`[a-z][a-z0-9+.\-]{0,30}:\/\/${REST_OF_ADDRESS}`,
  String.raw`(?<![a-z0-9_])www\.${REST_OF_ADDRESS}`,
  String.raw`(?<![${WORD}@.\-])${HOST}(?::[0-9]{1,5})?${PATH}`,
  String.raw`${IPV6_HOST}(?::[0-9]{1,5})?${PATH}`,
  String.raw`(?<=[${WORD}])@[a-z0-9._\-]{1,253}[:\/]${REST_OF_ADDRESS}`,
  NAME,
].join("|");

/**
 * @param {string} html a message as the Markdown library drew it, before it is sanitised
 * @param {string[]} users whom the message mentions
 * @param {string} me the user of the page, whose mentions look different
 */
export function markMentions(html, users, me) {
  if (users.length === 0) {
    return html;
  }
  // Every second part is a tag: the library writes no `>` into attributes.
  const parts = html.split(/(<[^>]*>)/);
  const places = found(prose(parts), ADDRESS_OR_NAME, users);
  const unseen = users.filter((user) => places.every((place) => place.user !== user));
  if (unseen.length > 0) {
    places.push(...found(everything(parts), NAME, unseen));
  }
  return parts
    .map((part, i) =>
      marked(
        part,
        places.filter((place) => place.part === i),
        me,
      ),
    )
    .join("");
}

/** @param {string} part @param {Place[]} places @param {string} me */
function marked(part, places, me) {
  let rest = part;
  for (const { start, end, user } of places.sort((a, b) => b.start - a.start)) {
    const name = `<span class="mention${user === me ? " mine" : ""}">${rest.slice(start, end)}</span>`;
    rest = rest.slice(0, start) + name + rest.slice(end);
  }
  return rest;
}

/**
 * Names of these users that stand within one part. @param {Shown} shown @returns {Place[]}
 * @param {string} grammar
 * @param {string[]} users
 */
function found({ text, pieces }, grammar, users) {
  return [...folded(text).matchAll(new RegExp(grammar, "gu"))]
    .filter(([, user]) => users.includes(user))
    .flatMap(({ 0: { length }, 1: user, index }) =>
      pieces
        .filter((piece) => piece.start <= index && index + length <= piece.end)
        .map(({ start, part }) => ({ part, start: index - start, end: index - start + length, user })),
    );
}

/** Folds case and width. @param {string} text */
function folded(text) {
  return text
    .replace(/[\uff01-\uff5e]/g, (full) => String.fromCharCode(full.charCodeAt(0) - 0xfee0))
    .replace(/\ufe6b/g, "@")
    .replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase());
}

/**
 * The text without code, images and addresses that are links by themselves. @returns {Shown}
 * @param {string[]} parts
 */
function prose(parts) {
  let hidden = "";
  return shown(parts, (part, i) => {
    const before = parts[i - 1] ?? "";
    if (hidden === "" && HIDING.test(before)) {
      hidden = before.startsWith("<code") ? "</code>" : "</span>";
    } else if (before === hidden) {
      hidden = "";
    }
    return hidden === "" && !isAddress(before, part);
  });
}

/** @returns {Shown} @param {string[]} parts */
function everything(parts) {
  return shown(parts, () => true);
}

/** @param {string[]} parts @param {(part: string, index: number) => boolean} isRead */
function shown(parts, isRead) {
  /** @type {Shown} */
  const read = { text: "", pieces: [] };
  let mail = false;
  parts.forEach((part, i) => {
    if (i % 2 === 0) {
      if (isRead(part, i)) {
        read.pieces.push({ start: read.text.length, end: read.text.length + part.length, part: i });
        read.text += part;
      }
      return;
    }
    // A mail address is no edge: it is one word with the letters around it.
    mail = part.startsWith('<a href="mailto:') || (mail && part === "</a>");
    read.text += mail ? "" : placeholder(part);
    mail = mail && part !== "</a>";
  });
  return read;
}

/** @param {string} tag */
function placeholder(tag) {
  if (/^<\/?a\b/.test(tag)) {
    return EDGE;
  }
  return /^<\/?(?:code|del|em|span|strong)\b/.test(tag) ? MARKUP : "\n";
}

/** @param {string} tag @param {string} text */
function isAddress(tag, text) {
  const [, href] = /^<a href="(?:http:\/\/)?([^"]*)"/.exec(tag) ?? [];
  return href !== undefined && href === text.replace(/^http:\/\//, "");
}
