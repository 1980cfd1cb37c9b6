import { useEffect, useMemo, useState } from "preact/hooks";
import { html, useModels } from "./html.js";
import { Field } from "./dialog.js";
import { Icon } from "./icons.js";
import { MessageCard } from "./message-card.js";
import { PersonField } from "./person-field.js";
import { Search } from "../model/search.js";

/** Finds messages of all rooms of the user, or of this one, and leads to where they were said. */
export default function SearchPanel({ chat, room }) {
  const [filter, setFilter] = useState({ text: "", here: true, from: "", after: "", before: "" });
  const search = useMemo(() => new Search(chat.client), []);
  useModels(search, chat.people, chat.rooms);
  useEffect(() => search.ask(queryOf(filter, room)), [filter]);
  useEffect(() => () => search.close(), []);
  const set = (name) => (typed) => setFilter({ ...filter, [name]: typed.target.value });
  const filters = [filter.from, filter.after, filter.before].filter(Boolean).length;

  return html`
    <form class="search-form" role="search" onSubmit=${(submitted) => submitted.preventDefault()}>
      <input type="search" autofocus ref=${focusOnce} aria-label="Search messages" placeholder=${'Words, "a phrase", begin*, -without'} value=${filter.text} data-testid="search-text" onInput=${set("text")} />
      <label class="check"><input type="checkbox" checked=${filter.here} data-testid="search-here" onChange=${(changed) => setFilter({ ...filter, here: changed.target.checked })} /><span>Only in ${chat.rooms.title(room)}</span></label>
      <details class="filters">
        <summary data-testid="search-filters"><${Icon} name="settings" />Filters${filters > 0 && html`<span class="badge">${filters}</span>`}<${Icon} name="unfold" /></summary>
        <div class="search-filters">
          <${Field} label="From"><${PersonField} chat=${chat} value=${filter.from} placeholder="Name or user id" data-testid="search-from" onInput=${set("from")} /><//>
          <${Field} label="After"><input type="date" value=${filter.after} data-testid="search-after" onInput=${set("after")} /><//>
          <${Field} label="Before"><input type="date" value=${filter.before} data-testid="search-before" onInput=${set("before")} /><//>
        </div>
      </details>
      <p class="error" role="alert">${search.failure && html`${search.failure} <button type="button" class="link" onClick=${() => search.again()}>Try again</button>`}</p>
    </form>
    <div class="panel-scroll" role="region" tabindex="0" aria-label="What was found" aria-live="polite">
      ${search.hits.map((hit) => html`<${MessageCard} key=${hit.stamp} testid="hit" chat=${chat} message=${hit} where=${filter.here ? "" : nameOf(hit.room, chat)} found=${wordsOf(hit)} />`)}
      ${search.answered && search.hits.length === 0 && html`<p class="panel-note">Nothing was found.</p>`}
      ${search.hasMore && html`<p class="panel-note"><button class="secondary" data-testid="search-more" onClick=${() => search.more()}>More</button></p>`}
    </div>
  `;
}

/** The query for the server, with the typed text at its end; empty when nothing is asked for. */
function queryOf({ text, here, from, after, before }, room) {
  const sender = from.trim().replace(/^@/, "").replaceAll('"', "");
  if (!text.trim() && !sender) {
    return "";
  }
  const parts = [
    here && `in:${room.roomId}`,
    sender && `from:"${sender}"`,
    after && `after:${after}`,
    before && `before:${before}`,
    text.trimStart(),
  ];
  return parts.filter(Boolean).join(" ");
}

function nameOf(room, chat) {
  const known = chat.rooms.get(room);
  return known ? chat.rooms.title(known) : room;
}

/** What was looked for, as the message has it. */
const wordsOf = ({ text, ranges }) => [...new Set(ranges.map(([from, to]) => text.slice(from, to)))];

const focusOnce = (field) => field && document.activeElement?.tagName !== "INPUT" && field.focus();
