import { html } from "./html.js";
import { ago, exactTime, timeOfDay } from "./time.js";
import { say } from "../words/en/shell.js";

const MINUTE_MS = 60_000;

/**
 * Age of the data that a page without a connection shows. Data of a connection that was lost just now is not old.
 *
 * @param {{chat: Page.Chat}} properties
 */
export function AgeNote({ chat }) {
  const { shownAsOf } = chat;
  const ageMs = Date.now() - /** @type {number} */ (shownAsOf);
  if (shownAsOf === null || (ageMs < MINUTE_MS && chat.rooms.copiedAt === null)) {
    return null;
  }
  const time = timeOfDay(shownAsOf);
  return html`<span data-testid="as-of" title=${exactTime(shownAsOf)}>${ageMs < MINUTE_MS ? say("asOf", { time }) : say("asOfAgo", { ago: ago(shownAsOf), time })}</span>`;
}
