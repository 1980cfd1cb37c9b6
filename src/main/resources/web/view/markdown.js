import DOMPurify from "dompurify";
import { Marked } from "marked";

const MENTION = /^@([a-z0-9](?:[a-z0-9._-]{0,30}[a-z0-9_])?)(?![\p{L}\p{N}@])/u;
const NO_TOKEN = () => undefined;
const KEPT = 500;

/** Whom the text being drawn mentions. @type {{mentions: string[], user: string}} */
let drawn = { mentions: [], user: "" };

const mention = {
  name: "mention",
  level: "inline",
  start: (source) => source.match(/(?<![\p{L}\p{N}_.@/-])@[a-z0-9]/u)?.index,
  tokenizer(source) {
    const found = MENTION.exec(source);
    return found && drawn.mentions.includes(found[1]) ? { type: "mention", raw: found[0], user: found[1] } : undefined;
  },
  renderer: ({ user }) => `<span class="mention${user === drawn.user ? " mine" : ""}">@${user}</span>`,
};

/**
 * The safe subset of Markdown: emphasis, code, quotes, lists, tables and links. Markup, headings, images and reference
 * definitions are text like any other; four spaces are four spaces.
 */
const marked = new Marked({
  gfm: true,
  breaks: true,
  extensions: [mention],
  tokenizer: { html: NO_TOKEN, tag: NO_TOKEN, heading: NO_TOKEN, lheading: NO_TOKEN, code: NO_TOKEN, def: NO_TOKEN },
  renderer: {
    image: ({ raw }) => escape(raw),
  },
});

const ALLOWED = {
  ALLOWED_TAGS: [
    "a", "blockquote", "br", "code", "del", "em", "hr", "li", "ol", "p", "pre", "span", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
  ],
  ALLOWED_ATTR: ["class", "href", "start"],
  ALLOWED_URI_REGEXP: /^(?:https?|mailto):/i,
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  RETURN_TRUSTED_TYPE: true,
};

DOMPurify.addHook("afterSanitizeAttributes", (node) => {
  if (node.tagName === "A") {
    node.setAttribute("target", "_blank");
    node.setAttribute("rel", "noopener noreferrer nofollow");
  }
});

/** @type {Map<string, TrustedHTML>} */
const known = new Map();

/** The text of a message as markup that holds nothing but the safe subset. */
export function markdown(text, mentions, user) {
  const key = `${user}\n${mentions ?? ""}\n${text}`;
  let made = known.get(key);
  if (made === undefined) {
    drawn = { mentions: mentions ?? [], user };
    made = DOMPurify.sanitize(marked.parse(text), ALLOWED);
    known.set(key, made);
    if (known.size > KEPT) {
      known.delete(known.keys().next().value);
    }
  }
  return made;
}

/** Whether a text is nothing but a few emoji, which are then drawn large. */
export function isEmojiOnly(text) {
  return /^(?:\p{Extended_Pictographic}[\p{Emoji_Modifier}\u200d\ufe0f]*\s*){1,6}$/u.test(text);
}

function escape(text) {
  const entities = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (character) => entities[character]);
}
