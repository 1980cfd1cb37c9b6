import { useEffect, useState } from "preact/hooks";
import { html } from "./html.js";
import { Avatar } from "./avatar.js";
import { Dialog } from "./dialog.js";
import { commandsOf } from "./commands.js";
import { Icon } from "./icons.js";
import { RoomSign } from "./room-sign.js";
import { isUnread } from "../model/room-preferences.js";
import { ranked } from "../model/switcher.js";
import { say } from "../words/en/find.js";

/** @typedef {import("../model/switcher.js").Choice} Choice */

const WAIT_MS = 150;

/**
 * Quick switcher: recently opened rooms, and by a few letters any room, person or part of the page.
 *
 * @param {{chat: Page.Chat, close: () => void, text?: string}} properties
 */
export default function FindDialog({ chat, close, text = "" }) {
  const [wanted, setWanted] = useState(text);
  const [open, setOpen] = useState(/** @type {Page.Room[]} */ ([]));
  const [people, setPeople] = useState(/** @type {Page.User[]} */ ([]));
  const [chosen, setChosen] = useState(0);
  useEffect(() => {
    let current = true;
    const waiting = setTimeout(async () => {
      const text = wanted.trim();
      const [rooms, users] = await Promise.all([
        chat.attempt(() => chat.client.api.findRooms(text)),
        text ? chat.attempt(() => chat.people.find(text)) : [],
      ]);
      if (current) {
        setOpen(rooms ?? []);
        setPeople(users ?? []);
      }
    }, WAIT_MS);
    return () => {
      current = false;
      clearTimeout(waiting);
    };
  }, [wanted]);

  useEffect(() => document.getElementById(`found-${chosen}`)?.scrollIntoView({ block: "nearest" }), [chosen]);

  const choices = choicesOf(chat, wanted.trim(), open, people);
  /** @param {Choice} choice */
  const go = (choice) => {
    close();
    choice.go();
  };
  /** @param {KeyboardEvent} key */
  const onKeyDown = (key) => {
    const step = { ArrowDown: 1, ArrowUp: choices.length - 1 }[key.key];
    if (step && choices.length > 0) {
      key.preventDefault();
      setChosen((chosen + step) % choices.length);
    } else if (key.key === "Escape") {
      // Without this the key empties the field first, and also closes the panel under the dialog.
      key.preventDefault();
      close();
    } else if (key.key === "Enter" && choices[chosen]) {
      key.preventDefault();
      go(choices[chosen]);
    }
  };
  return html`<${Dialog} title=${say("title")} testid="find-dialog" close=${close}>
    <input
      type="search"
      role="combobox"
      aria-expanded="true"
      aria-controls="found"
      aria-activedescendant=${choices.length > 0 ? `found-${chosen}` : undefined}
      aria-label=${say("title")}
      placeholder=${say("placeholder")}
      dir="auto"
      autofocus
      value=${wanted}
      data-testid="find-text"
      onInput=${(/** @type {Page.Typed} */ typed) => (setWanted(typed.target.value), setChosen(0))}
      onKeyDown=${onKeyDown}
    />
    <ul class="found" id="found" role="listbox" aria-label=${say("found")}>
      ${choices.map(
        (
          choice,
          index,
        ) => html`<li key=${choice.key} id=${`found-${index}`} role="option" aria-selected=${index === chosen} data-testid=${`found-${choice.key}`} onClick=${() => go(choice)} onMouseMove=${() => index !== chosen && setChosen(index)}>
          ${choice.sign}<span class="found-text"><strong><bdi>${choice.title}</bdi></strong><span class="hint"><bdi>${choice.detail}</bdi></span></span>${choice.unread && html`<span class="tag">${say("unread")}</span>`}
        </li>`,
      )}
    </ul>
    ${choices.length === 0 && html`<p class="hint">${say("nothing")}</p>`}
  <//>`;
}

/**
 * Rooms of the user by recency, rooms that are open to join, people, commands; and to make a room that is called so.
 *
 * @param {Page.Chat} chat
 * @param {string} typed
 * @param {Page.Room[]} open
 * @param {Page.User[]} people
 * @returns {Choice[]}
 */
function choicesOf(chat, typed, open, people) {
  const own = chat.list.byRecency;
  /** @param {Page.Room} room */
  const isElsewhere = (room) => typed !== "" || room.roomId !== chat.room;
  const known = new Set(own.map((room) => room.roomId));
  const peers = new Set([chat.user, ...own.map((room) => room.peer)]);
  const choices = [
    ...own.filter(isElsewhere).map((room) => roomChoice(chat, room, "own", room.archived ? say("archived") : room.topic)),
    ...open.filter((room) => !known.has(room.roomId)).map((room) => roomChoice(chat, room, "open", room.topic || say("open"))),
    ...people.filter(({ userId }) => !peers.has(userId)).map((person) => personChoice(chat, person)),
    ...commandsOf(chat).map(commandChoice),
  ];
  const more = typed ? [newRoomChoice(chat, typed)] : [];
  return [...ranked(choices, typed), ...more];
}

/** @param {Page.Chat} chat @param {Page.Room} room @param {string} kind @returns {Choice} */
const roomChoice = (chat, room, kind, detail = "") => ({
  key: room.roomId,
  kind,
  id: room.peer ?? room.roomId,
  isAtRest: room.archived,
  sign: html`<${RoomSign} chat=${chat} room=${room} />`,
  unread: isUnread(room) && kind === "own",
  title: chat.rooms.title(room),
  detail: room.peer ? `@${room.peer}` : detail,
  go: () => chat.open(room.roomId),
});

/** @param {Page.Chat} chat @param {Page.User} other @returns {Choice} */
const personChoice = (chat, { userId, name }) => ({
  key: `@${userId}`,
  kind: "person",
  id: userId,
  sign: html`<${Avatar} small user=${userId} name=${name} />`,
  title: name,
  detail: `@${userId}`,
  go: () => chat.openDirect(userId),
});

/** @param {ReturnType<typeof commandsOf>[number]} given @returns {Choice} */
const commandChoice = ({ key, icon, title, go }) => ({
  key: `>${key}`,
  kind: "command",
  sign: html`<span class="room-sign"><${Icon} name=${icon} /></span>`,
  title,
  detail: "",
  go,
});

/** @param {Page.Chat} chat @param {string} name @returns {Choice} */
const newRoomChoice = (chat, name) => ({
  key: "+",
  sign: html`<span class="room-sign"><${Icon} name="plus" /></span>`,
  title: say("make", { name }),
  detail: "",
  go: () => chat.ask({ kind: "new-room", name }),
});
