import { html } from "./html.js";
import { exactTime } from "./time.js";
import { say } from "../words/en/notices.js";

/** Keys of the words for changes, with the actor (`who`) and the affected user (`whom`), or a text. */
const CHANGES = /** @type {const} */ ({
  joined: "added",
  invited: "invited",
  kicked: "kicked",
  banned: "banned",
  unbanned: "unbanned",
  muted: "muted",
  unmuted: "unmuted",
  owner: "owner",
  admin: "admin",
  member: "member",
  name: "name",
  topic: "topic",
  description: "description",
  archived: "archived",
  unarchived: "unarchived",
});

/** Keys of the words for changes of a user's own membership. */
const ALONE = /** @type {const} */ ({ joined: "joined", left: "left", declined: "declined" });

/**
 * Notice of a change of members or settings; nothing for a change that this page does not know.
 *
 * @param {{chat: Page.Chat, event: Page.RoomEvent}} properties
 */
export function Notice({ chat, event }) {
  const said = wordsFor(chat.people, event);
  if (!said) {
    return null;
  }
  return html`<p class="notice" data-key=${`notice-${event.stamp}`} data-seq=${event.seq} data-stamp=${event.stamp} title=${exactTime(event.at)} data-testid="notice">
    ${said}
  </p>`;
}

/** @returns {string | undefined} @param {Page.People} people @param {Page.RoomEvent} other */
function wordsFor(people, { kind, change = "", sender, userId, text }) {
  const who = people.name(sender);
  const whom = kind === "membership" ? people.name(userId) : "";
  if (change in ALONE && (change !== "joined" || sender === userId)) {
    return say(ALONE[/** @type {keyof typeof ALONE} */ (change)], { whom: who });
  }
  if (change === "topic" && !text) {
    return say("noTopic", { who });
  }
  return change in CHANGES
    ? say(CHANGES[/** @type {keyof typeof CHANGES} */ (change)], { who, whom, text: text ?? "" })
    : undefined;
}
