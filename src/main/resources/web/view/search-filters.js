import { useState } from "preact/hooks";
import { html } from "./html.js";
import { Field } from "./field.js";
import { Icon } from "./icons.js";
import { PersonField } from "./person-field.js";
import { dayName, exactTime } from "./time.js";
import { byName } from "../model/language.js";
import { say as people } from "../words/en/people.js";
import { say } from "../words/en/search.js";
import { counted } from "../words/words.js";

/**
 * Filters as a form: a choice becomes a chip of the search, and the fields show the values of the chips.
 *
 * @param {{chat: Page.Chat, search: Page.Search}} properties
 */
export function SearchFilters({ chat, search }) {
  const count = search.chips.filter(({ name }) => name !== "in").length;
  return html`<details class="filters">
    <summary data-testid="search-filters"><${Icon} name="settings" />${say("filters")}${count > 0 && html`<span class="badge">${counted(count)}</span>`}<${Icon} name="unfold" /></summary>
    <div class="search-filters">
      <${From} chat=${chat} search=${search} />
      <${Field} label=${say("in")}>
        <select data-testid="search-in" value="" onChange=${(/** @type {Page.Changed} */ chosen) => search.add("in", chosen.target.value)}>
          <option value="">${say("addRoom")}</option>
          ${roomsOf(chat).map((room) => html`<option key=${room.roomId} value=${room.roomId}>${chat.rooms.title(room)}</option>`)}
        </select>
      <//>
      <${Day} search=${search} name="after" label=${say("afterDay")} />
      <${Day} search=${search} name="before" label=${say("beforeDay")} />
      <div class="row begin">
        <${Trait} search=${search} name="has" value="link" icon="link" label=${say("withLink")} />
        <${Trait} search=${search} name="is" value="pinned" icon="pin" label=${say("pinned")} />
      </div>
    </div>
  </details>`;
}

/**
 * A person becomes a chip when it is chosen, or when the field loses the focus.
 *
 * @param {{chat: Page.Chat, search: Page.Search}} properties
 */
function From({ chat, search }) {
  const [typed, setTyped] = useState("");
  /** @param {string} value */
  const take = (value) => {
    const user = value.trim().replace(/^@/, "").replaceAll('"', "");
    setTyped("");
    if (user !== "") {
      search.add("from", user.toLowerCase());
    }
  };
  /** @param {KeyboardEvent} key */
  const onKeyDown = (key) => {
    if (key.key === "Enter") {
      key.preventDefault();
      take(typed);
    }
  };
  return html`<div class="wide" onKeyDown=${onKeyDown} onFocusOut=${() => take(typed)}>
    <${Field} label=${say("from")}>
      <${PersonField} chat=${chat} value=${typed} placeholder=${people("nameOrId")} data-testid="search-from" taken=${take} onInput=${(/** @type {Page.Typed} */ event) => setTyped(event.target.value)} />
    <//>
  </div>`;
}

/** @param {{search: Page.Search, name: string, label: string}} properties */
function Day({ search, name, label }) {
  const value = /^\d{4}-\d{2}-\d{2}$/.exec(search.valueOf(name))?.[0] ?? "";
  return html`<${Field} label=${label}>
    <input type="date" value=${value} data-testid=${`search-${name}`} onInput=${(/** @type {Page.Changed} */ chosen) => search.add(name, chosen.target.value, { only: true })} />
  <//>`;
}

/** @param {{search: Page.Search, name: string, value: string, icon: string, label: string}} properties */
function Trait({ search, name, value, icon, label }) {
  const isOn = search.has(name);
  const change = () => (isOn ? search.remove((chip) => chip.name === name) : search.add(name, value));
  return html`<button type="button" class="chip" aria-pressed=${isOn} data-testid=${`search-${name}`} onClick=${change}><${Icon} name=${icon} /><span>${label}</span></button>`;
}

/** @param {Page.Chat} given */
function roomsOf({ rooms }) {
  return rooms.own.sort(byName((room) => rooms.title(room)));
}

/** Text of a filter. @param {Page.Chat} chat @param {import("../model/search.js").Chip} other */
export function chipLabel(chat, { name, value }) {
  switch (name) {
    case "from":
      return say("fromWhom", { name: chat.people.name(value) });
    case "in": {
      const room = chat.rooms.get(value);
      return say("inRoom", { room: room ? chat.rooms.title(room) : value });
    }
    case "has":
      return say("withLink");
    case "is":
      return say("pinned");
    case "on":
      return say("on", { day: timeLabel(value) });
    case "before":
      return say("before", { day: timeLabel(value) });
    default:
      return say("after", { day: timeLabel(value) });
  }
}

/** A day, or a time, which may have a zone of its own. @param {string} value */
function timeLabel(value) {
  return value.includes("t") ? exactTime(value.toUpperCase()) : dayName(`${value}T00:00`);
}
