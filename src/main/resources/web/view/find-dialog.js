import { useEffect, useState } from "preact/hooks";
import { html } from "./html.js";
import { Dialog } from "./dialog.js";
import { Icon } from "./icons.js";
import { RoomSign } from "./sidebar.js";

const WAIT_MS = 150;
const SHOWN = 30;

/** Finds a room or person by part of the name, own ones first, and goes there. */
export function FindDialog({ chat, close }) {
  const [wanted, setWanted] = useState("");
  const [open, setOpen] = useState([]);
  const [chosen, setChosen] = useState(0);
  useEffect(() => {
    let current = true;
    const waiting = setTimeout(async () => {
      const found = await chat.attempt(() => chat.client.api.findRooms(wanted.trim()));
      if (current) {
        setOpen(found ?? []);
      }
    }, WAIT_MS);
    return () => {
      current = false;
      clearTimeout(waiting);
    };
  }, [wanted]);

  const choices = choicesOf(chat, wanted.trim().toLowerCase(), open);
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

function choicesOf(chat, wanted, open) {
  const fits = (...texts) => texts.some((text) => text?.toLowerCase().includes(wanted));
  const mine = [...chat.rooms.mine, ...chat.rooms.direct].filter((room) =>
    fits(room.roomId, chat.rooms.title(room), room.topic, room.peer),
  );
  const known = new Set(mine.map((room) => room.roomId));
  const others = open.filter((room) => !room.member && !known.has(room.roomId));
  const direct = new Set(chat.rooms.direct.map((room) => room.peer));
  const people = wanted
    ? chat.people.known.filter(({ userId, name }) => userId !== chat.user && !direct.has(userId) && fits(userId, name))
    : [];
  return [
    ...mine.map((room) => roomChoice(chat, room, room.topic ?? "")),
    ...others.map((room) => roomChoice(chat, room, room.topic || "Open to join")),
    ...people.map((person) => personChoice(chat, person)),
    ...(wanted ? [newRoomChoice(chat, wanted)] : []),
  ].slice(0, SHOWN);
}

const roomChoice = (chat, room, detail) => ({
  key: room.roomId,
  sign: html`<${RoomSign} chat=${chat} room=${room} />`,
  title: chat.rooms.title(room),
  detail,
  go: () => chat.open(room.roomId),
});

const personChoice = (chat, { userId, name }) => ({
  key: `@${userId}`,
  sign: html`<span class="room-sign"><${Icon} name="direct" /></span>`,
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
