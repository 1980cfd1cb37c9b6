import { html } from "./html.js";
import { ago, dayName, exactTime, timeOfDay } from "./time.js";

/** A connection that was lost just now makes nothing old. */
const OLD_AFTER_MS = 60_000;

/** Says how old that is what a page without a connection shows. */
export function AgeNote({ chat }) {
  const { shownAsOf } = chat;
  if (shownAsOf === null || Date.now() - shownAsOf < (chat.rooms.copiedAt === null ? OLD_AFTER_MS : 0)) {
    return null;
  }
  return html`<span data-testid="as-of" title=${exactTime(shownAsOf)}>
    This is how it was ${dayName(shownAsOf).toLowerCase()} at ${timeOfDay(shownAsOf)}, ${ago(shownAsOf)}.
  </span>`;
}
