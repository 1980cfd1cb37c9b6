import { html } from "./html.js";
import { ago, exactTime, timeOfDay } from "./time.js";

const MINUTE_MS = 60_000;

/** Says how old that is what a page without a connection shows. A connection that was lost just now makes nothing old. */
export function AgeNote({ chat }) {
  const { shownAsOf } = chat;
  const ageMs = Date.now() - shownAsOf;
  if (shownAsOf === null || (ageMs < MINUTE_MS && chat.rooms.copiedAt === null)) {
    return null;
  }
  const when = ageMs < MINUTE_MS ? "" : `${ago(shownAsOf)}, `;
  return html`<span data-testid="as-of" title=${exactTime(shownAsOf)}>This is how it was ${when}at ${timeOfDay(shownAsOf)}.</span>`;
}
