import { useEffect, useState } from "preact/hooks";
import { html } from "./html.js";
import { Avatar } from "./avatar.js";
import { Dialog } from "./dialog.js";
import { Icon } from "./icons.js";
import { RoomSign } from "./sidebar.js";

const WAIT_MS = 150;
const SHOWN = 30;

/** Finds a room or person by part of the name, own ones first, and goes there. */
export default function FindDialog({ chat, close, text = "" }) {
  const [wanted, setWanted] = useState(text);
  const [open, setOpen] = useState([]);
  const [people, setPeople] = useState([]);
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

  const choices = choicesOf(chat, wanted.trim().toLowerCase(), open, people);
  const go = (choice) => {
    close();
    choice.go();
  };
  const onKeyDown = (key) => {
    const step = { ArrowDown: 1, ArrowUp: choices.length - 1 }[key.key];
    if (step && choices.length > 0) {
      key.preventDefault();
      setChosen((chosen + step) % choices.length);
    } else if (key.key === "Escape") {
      // Else a field of this type is emptied first.
      close();
    } else if (key.key === "Enter" && choices[chosen]) {
      key.preventDefault();
      go(choices[chosen]);
    }
  };
  return html`<${Dialog} title="Find a room or person" testid="find-dialog" close=${close}>
    <input
      type="search"
      role="combobox"
      aria-expanded="true"
      aria-controls="found"
      aria-activedescendant=${choices.length > 0 ? `found-${chosen}` : undefined}
      aria-label="Find a room or person"
      placeholder="Part of a name, an id or a topic"
      autofocus
      value=${wanted}
      data-testid="find-text"
      onInput=${(typed) => (setWanted(typed.target.value), setChosen(0))}
      onKeyDown=${onKeyDown}
    />
    <ul class="found" id="found" role="listbox" aria-label="Found">
      ${choices.map(
        (choice, index) => html`<li key=${choice.key} id=${`found-${index}`} role="option" aria-selected=${index === chosen} data-testid=${`found-${choice.key}`} onClick=${() => go(choice)} onMouseMove=${() => index !== chosen && setChosen(index)}>
          ${choice.sign}<span class="found-text"><strong>${choice.title}</strong><span class="hint">${choice.detail}</span></span>
        </li>`,
      )}
    </ul>
    ${choices.length === 0 && html`<p class="hint">Nothing is called so.</p>`}
  <//>`;
}

/** What fits, the best first: that is called so, before that has a word like it; what is at rest comes last. */
function choicesOf(chat, wanted, open, people) {
  const { mine, direct, archived } = chat.rooms;
  const own = [...mine, ...direct, ...archived];
  const known = new Set(own.map((room) => room.roomId));
  const peers = new Set([chat.user, ...direct.map((room) => room.peer)]);
  const choices = [
    ...own.map((room) => roomChoice(chat, room, room.peer ? `@${room.peer}` : room.archived ? "Archived" : room.topic)),
    ...open.filter((room) => !known.has(room.roomId)).map((room) => roomChoice(chat, room, room.topic || "Open to join")),
    ...people.filter(({ userId }) => !peers.has(userId)).map((person) => personChoice(chat, person)),
  ];
  const ranked = choices
    .map((choice) => ({ choice, rank: rankOf(choice, wanted) }))
    .filter(({ rank }) => rank < NO_FIT)
    .sort((one, other) => one.rank - other.rank)
    .map(({ choice }) => choice);
  const more = wanted ? [newRoomChoice(chat, wanted)] : [];
  return [...ranked.slice(0, SHOWN - more.length), ...more];
}

const NO_FIT = 4;

function rankOf({ title, key, detail, archived }, wanted) {
  const name = title.toLowerCase();
  if (archived && wanted === "") {
    return NO_FIT - 1;
  }
  if (name.startsWith(wanted) || key.replace("@", "").startsWith(wanted)) {
    return 0;
  }
  if (name.includes(` ${wanted}`)) {
    return 1;
  }
  return [name, key, detail.toLowerCase()].some((text) => text.includes(wanted)) ? 2 : NO_FIT;
}

const roomChoice = (chat, room, detail = "") => ({
  key: room.roomId,
  archived: room.archived,
  sign: html`<${RoomSign} chat=${chat} room=${room} />`,
  title: chat.rooms.title(room),
  detail,
  go: () => chat.open(room.roomId),
});

const personChoice = (chat, { userId, name }) => ({
  key: `@${userId}`,
  sign: html`<${Avatar} small user=${userId} name=${name} />`,
  title: name,
  detail: `@${userId}`,
  go: () => chat.openDirect(userId),
});

const newRoomChoice = (chat, name) => ({
  key: "+",
  sign: html`<span class="room-sign"><${Icon} name="plus" /></span>`,
  title: `Make the room “${name}”`,
  detail: "",
  go: () => chat.ask({ kind: "new-room", name }),
});
