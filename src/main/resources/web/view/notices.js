import { useState } from "preact/hooks";
import { html } from "./html.js";
import { Icon } from "./icons.js";
import { Notice } from "./notice.js";
import { partsOf } from "../model/notice-groups.js";
import { exactTime } from "./time.js";
import { say } from "../words/en/notices.js";
import { listed } from "../words/words.js";

/** Number of people who are named; the others are counted. */
const NAMED = 2;

/** Keys of the words for changes of users' own memberships, by change. */
const DONE = /** @type {const} */ ({ joined: "joined", left: "left", visited: "visited", declined: "declined" });

/** Keys of the words for changes of other users' memberships. */
const DONE_TO = /** @type {const} */ ({
  joined: "added",
  invited: "invited",
  declined: "tookBack",
  kicked: "kicked",
  banned: "banned",
  unbanned: "unbanned",
  muted: "muted",
  unmuted: "unmuted",
  owner: "owners",
  admin: "admins",
  member: "members",
});

/**
 * Many notices in one row, which unfolds.
 *
 * @param {{chat: Page.Chat, room: Page.Room, events: Page.RoomEvent[]}} properties
 */
export function Notices({ chat, room, events }) {
  const { target } = chat.timelines.of(room.roomId);
  const [open, setOpen] = useState(() => events.some(({ seq }) => seq === target));
  const [first] = events;
  const said = partsOf(events)
    .map((part) => sentence(chat.people, part))
    .filter(Boolean);
  return html`<div class="notices" data-key=${`notices-${first.stamp}`} data-seq=${first.seq} data-stamp=${first.stamp} data-testid="notices">
    <button class="notice notices-head" aria-expanded=${open} title=${exactTime(first.at)} onClick=${() => setOpen(!open)}>
      <span>${said.join(say("between"))}</span><${Icon} name="unfold" />
    </button>
    ${open && events.map((event) => html`<${Notice} key=${event.stamp} chat=${chat} event=${event} />`)}
  </div>`;
}

/**
 * @param {Page.People} people
 * @param {ReturnType<typeof import("../model/notice-groups.js").partsOf>[number]} other
 */
function sentence(people, { change, sender, users }) {
  const whom = crowd(people, users);
  const key =
    sender === null ? DONE[/** @type {keyof typeof DONE} */ (change)] : DONE_TO[/** @type {keyof typeof DONE_TO} */ (change)];
  return key && say(key, { whom, ...(sender !== null && { who: people.name(sender) }) });
}

/** Names of a few people, and the number of the others. @param {Page.People} people @param {string[]} users */
function crowd(people, users) {
  if (users.length > NAMED + 1) {
    return say("people", { count: users.length });
  }
  return listed(users.map((user) => people.name(user)));
}
