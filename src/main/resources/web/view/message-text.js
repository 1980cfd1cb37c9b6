import { html } from "./html.js";
import { isEmojiOnly } from "./emoji-only.js";
import { markdown } from "./markdown.js";

/**
 * What a message says, in Markdown. A text that Markdown cannot draw, whatever is wrong, is shown as it was written.
 *
 * @param {{text: string, mentions?: string[], user: string, place?: any}} props `user` is the reader; `place` gets the
 *   element; others are attributes of it
 */
export function MessageText({ text, mentions, user, place, ...attributes }) {
  const drawn = tryToDraw(text, mentions, user);
  return drawn === null
    ? html`<div ...${attributes} ref=${place} class="text plain" dir="auto">${text}</div>`
    : html`<div ...${attributes} ref=${place} class=${isEmojiOnly(text) ? "text large" : "text"} dir="auto" dangerouslySetInnerHTML=${{ __html: drawn }}></div>`;
}

function tryToDraw(text, mentions, user) {
  try {
    return markdown(text, mentions, user);
  } catch (failure) {
    console.error("A message could not be drawn as Markdown", failure);
    return null;
  }
}
