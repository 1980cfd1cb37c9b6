import { useEffect, useMemo, useRef } from "preact/hooks";
import { html, useModels } from "./html.js";
import { FoundText } from "./found-text.js";
import { MessageCard } from "./message-card.js";
import { SearchFilters, chipLabel } from "./search-filters.js";
import { Icon } from "./icons.js";
import { SEARCH_KEYS, calledBy } from "./keys.js";
import { Search } from "../model/search.js";
import { failureText } from "../model/failure-text.js";
import { say as common } from "../words/en/common.js";
import { say } from "../words/en/search.js";

/**
 * Search of messages in all rooms of the user, or in some. The search is kept when the panel is closed.
 *
 * @param {{chat: Page.Chat, room: Page.Room | null, panel: Page.Panel}} properties
 */
export default function SearchPanel({ chat, room, panel }) {
  const search = useMemo(() => begin(chat, panel.everywhere ? null : room, panel.query), []);
  const results = useRef(/** @type {HTMLElement} */ (/** @type {unknown} */ (null)));
  useModels(search, chat.people, chat.rooms);
  useEffect(() => {
    search.show();
    return () => search.hide();
  }, []);
  return html`
    <form class="search-form" role="search" onSubmit=${(/** @type {SubmitEvent} */ submitted) => (submitted.preventDefault(), search.submit())}>
      <${TextField} search=${search} toResults=${() => step(results.current, null, 1)} />
      <${Chips} chat=${chat} room=${room} search=${search} />
      ${room && html`<${Here} chat=${chat} room=${room} search=${search} />`}
      <${SearchFilters} chat=${chat} search=${search} />
    </form>
    <div class="panel-scroll" ref=${results} data-list=".card, .panel-note button, .search-hints button" role="region" tabindex="0" aria-label=${say("results")} onKeyDown=${onResultsKey}>
      <p class="search-status" role="status" data-testid="search-status">${statusOf(search)}</p>
      ${search.hits.map(
        (
          hit,
        ) => html`<${MessageCard} key=${hit.stamp} testid="hit" chat=${chat} message=${hit} where=${isOneRoom(search) ? "" : titleOf(chat, /** @type {string} */ (hit.roomId))}>
        <${FoundText} key=${`${hit.text}\n${hit.ranges}`} chat=${chat} hit=${hit} />
      <//>`,
      )}
      <${Instead} search=${search} />
      ${search.hasMore && html`<p class="panel-note"><button class="secondary" data-testid="search-more" onClick=${() => search.more()}>${say("more")}</button></p>`}
    </div>
  `;
}

/**
 * Search of the page. A new one, or one without words, is limited to the room from which it was opened.
 *
 * @param {Page.Chat} chat
 * @param {Page.Room | null} room
 */
function begin(chat, room, query = "") {
  const search = (chat.search ??= new Search(chat.client));
  if (query !== "") {
    search.remove(() => true);
    search.type(query);
  } else if (!search.isAsked) {
    search.remove(({ name }) => name === "in");
    if (room) {
      search.add("in", room.roomId);
    }
  }
  return search;
}

/** @param {{search: Page.Search, toResults: () => void}} properties */
function TextField({ search, toResults }) {
  /** @param {KeyboardEvent} key */
  const onKeyDown = (key) => {
    const called = calledBy(SEARCH_KEYS, key)?.name;
    if (called === "next" && toResults()) {
      key.preventDefault();
    } else if (
      called === "unfold" &&
      /** @type {HTMLInputElement} */ (key.target).selectionEnd === 0 &&
      search.chips.length > 0
    ) {
      key.preventDefault();
      search.unfold();
    }
  };
  return html`<input
    type="search"
    ref=${focusOnce}
    aria-label=${say("field")}
    placeholder=${say("placeholder")}
    dir="auto"
    value=${search.text}
    data-testid="search-text"
    autocomplete="off"
    onInput=${(/** @type {Page.Typed} */ typed) => search.type(typed.target.value)}
    onKeyDown=${onKeyDown}
  />`;
}

/**
 * Filters of the query; the one of the open room is the switch below.
 *
 * @param {{chat: Page.Chat, room: Page.Room | null, search: Page.Search}} properties
 */
function Chips({ chat, room, search }) {
  const chips = search.chips.filter((chip) => !isHere(chip, room));
  return (
    chips.length > 0 &&
    html`<ul class="chips" aria-label=${say("filters")} data-list=".chip">
    ${chips.map((chip) => {
      const label = chipLabel(chat, chip);
      return html`<li key=${chip.text}>
        <button type="button" class="chip" data-testid="chip" title=${chip.text} aria-label=${say("removeFilter", { filter: label })} onClick=${() => search.remove((each) => each === chip)}>
          <span>${label}</span><${Icon} name="close" />
        </button>
      </li>`;
    })}
  </ul>`
  );
}

/**
 * Switch that limits the search to the open room.
 *
 * @param {{chat: Page.Chat, room: Page.Room, search: Page.Search}} properties
 */
function Here({ chat, room, search }) {
  const isOn = isOneRoom(search) && search.valueOf("in") === room.roomId;
  const change = () => (isOn ? search.remove(({ name }) => name === "in") : search.add("in", room.roomId, { only: true }));
  return html`<label class="check"><input type="checkbox" checked=${isOn} data-testid="search-here" onChange=${change} /><span>${say("here", { room: chat.rooms.title(room) })}</span></label>`;
}

/**
 * Text in the place of the hits: hints, the reason of a failure, or suggestions when nothing was found.
 *
 * @param {{search: Page.Search}} properties
 */
function Instead({ search }) {
  if (search.failure) {
    const { retryable } = search.failure;
    return html`<p class="panel-note" role=${retryable ? "alert" : "status"} data-testid="search-failed">
      ${failureText(search.failure)} ${retryable && html`<button type="button" class="link" onClick=${() => search.again()}>${common("again")}</button>`}
    </p>`;
  }
  if (!search.isAsked) {
    return html`<${Hints} search=${search} />`;
  }
  if (!search.answered || search.hits.length > 0) {
    return null;
  }
  const others = search.chips.some(({ name }) => name !== "in");
  return html`<div class="panel-note search-none" data-testid="search-none">
    <p>${say("nothing")}</p>
    ${search.has("in") && html`<button class="secondary" data-testid="search-everywhere" onClick=${() => search.remove(({ name }) => name === "in")}>${say("everywhere")}</button>`}
    ${others && html`<button class="secondary" data-testid="search-unfiltered" onClick=${() => search.remove(({ name }) => name !== "in")}>${say("unfiltered")}</button>`}
    <p class="hint">${say("advice")}</p>
  </div>`;
}

/** Hints, and the keys of their words. */
const HINTS = /** @type {const} */ ([
  ["from:", "from"],
  ["in:", "in"],
  ["after:", "after"],
  ["has:link", "link"],
  ["is:pinned", "pinned"],
  ['"', "quote"],
  ["-", "without"],
]);

/** Filters that can be typed. @param {{search: Page.Search}} properties */
function Hints({ search }) {
  /** @param {string} written */
  const put = (written) => {
    search.type(`${search.text.trimEnd()} ${written}`.trimStart());
    document.querySelector("[data-testid=search-text]")?.focus();
  };
  return html`<div class="search-hints">
    <p class="panel-title">${say("hints")}</p>
    <ul>${HINTS.map(([written, meaning]) => html`<li key=${written}><button type="button" onClick=${() => put(written)}><code dir="ltr">${written}</code><span class="hint">${say(/** @type {Parameters<typeof say>[0]} */ (`hint_${meaning}`))}</span></button></li>`)}</ul>
  </div>`;
}

/** @param {Page.Search} given */
function statusOf({ isAsked, answered, failure, hits, hasMore }) {
  if (!isAsked || failure || (answered && hits.length === 0)) {
    return "";
  }
  if (!answered) {
    return say("searching");
  }
  return say(hasMore ? "countOrMore" : "count", { count: hits.length });
}

/** @param {import("../model/search.js").Chip} given @param {Page.Room | null} room */
const isHere = ({ name, value }, room) => name === "in" && value === room?.roomId;

/** @param {Page.Search} search */
const isOneRoom = (search) => search.chips.filter(({ name }) => name === "in").length === 1;

/** @param {Page.Chat} chat @param {string} room */
function titleOf(chat, room) {
  const known = chat.rooms.get(room);
  return known ? chat.rooms.title(known) : room;
}

/** Arrow keys go through the hits, and from the first hit back to the field. @param {KeyboardEvent} key */
function onResultsKey(key) {
  const by = { next: 1, previous: -1 }[calledBy(SEARCH_KEYS, key)?.name ?? ""];
  if (by && step(key.currentTarget, key.target.closest(".card"), by)) {
    key.preventDefault();
    key.stopPropagation();
  }
}

/**
 * @returns {boolean} whether there is somewhere to go
 * @param {HTMLElement} results
 * @param {HTMLElement | null} card
 * @param {number} by
 */
function step(results, card, by) {
  const cards = [...results.querySelectorAll(".card")];
  const at = card ? cards.indexOf(card) + by : by > 0 ? 0 : -1;
  const next = at < 0 ? document.querySelector("[data-testid=search-text]") : cards[at]?.querySelector(".card-link");
  next?.focus();
  next?.closest(".card")?.scrollIntoView({ block: "nearest" });
  return next !== undefined && next !== null;
}

/** @param {HTMLInputElement | null} field */
function focusOnce(field) {
  field?.focus();
  field?.select();
}
