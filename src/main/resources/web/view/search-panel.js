import { useEffect, useState } from "preact/hooks";
import { html, useModels } from "./html.js";
import { Field } from "./dialog.js";
import { Hit } from "./hit.js";

const WAIT_MS = 250;

/** Finds messages of all rooms of the user, or of this one, and leads to where they were said. */
export function SearchPanel({ chat, room }) {
  const [filter, setFilter] = useState({ text: "", here: true, from: "", after: "", before: "" });
  const [found, setFound] = useState({ hits: [], next: null, of: "" });
  const [failure, setFailure] = useState("");
  useModels(chat.people);
  const q = queryOf(filter, room);

  const ask = async (page) => {
    const answer = await chat.client.api.search(q, page);
    setFailure("");
    return answer;
  };
  useEffect(() => {
    if (!filter.text.trim() && !filter.from) {
      setFound({ hits: [], next: null, of: "" });
      return undefined;
    }
    let current = true;
    const waiting = setTimeout(async () => {
      try {
        const { hits, next } = await ask();
        current && setFound({ hits, next: next ?? null, of: q });
      } catch (refused) {
        current && setFailure(refused.message);
      }
    }, WAIT_MS);
    return () => {
      current = false;
      clearTimeout(waiting);
    };
  }, [q]);
  const more = () =>
    chat.attempt(async () => {
      const { hits, next } = await ask(found.next);
      setFound({ hits: [...found.hits, ...hits], next: next ?? null, of: q });
    });

  return html`
    <form class="search-form" role="search" onSubmit=${(submitted) => submitted.preventDefault()}>
      <input type="search" autofocus ref=${focusOnce} aria-label="Search messages" placeholder=${'Words, "a phrase", begin*, -without'} value=${filter.text} data-testid="search-text" onInput=${set("text")} />
      <div class="search-filters">
        <label class="check"><input type="checkbox" checked=${filter.here} data-testid="search-here" onChange=${(changed) => setFilter({ ...filter, here: changed.target.checked })} /><span>Only in ${chat.rooms.title(room)}</span></label>
        <${Field} label="From"><input value=${filter.from} placeholder="user id" list="search-people" autocapitalize="none" spellcheck=${false} data-testid="search-from" onInput=${set("from")} /><//>
        <${Field} label="After"><input type="date" value=${filter.after} data-testid="search-after" onInput=${set("after")} /><//>
        <${Field} label="Before"><input type="date" value=${filter.before} data-testid="search-before" onInput=${set("before")} /><//>
        <datalist id="search-people">${chat.people.known.map(({ userId, name }) => html`<option key=${userId} value=${userId}>${name}</option>`)}</datalist>
      </div>
      <p class="error" role="alert">${failure}</p>
    </form>
    <div class="panel-scroll" role="region" tabindex="0" aria-label="What was found" aria-live="polite">
      ${found.hits.map((hit) => html`<${Hit} key=${`${hit.room}/${hit.seq}`} chat=${chat} hit=${hit} />`)}
      ${found.of && found.hits.length === 0 && html`<p class="panel-note">Nothing was found.</p>`}
      ${found.next && html`<p class="panel-note"><button class="secondary" data-testid="search-more" onClick=${more}>More</button></p>`}
    </div>
  `;

  function set(name) {
    return (typed) => setFilter({ ...filter, [name]: typed.target.value });
  }
}

/** The search as the server reads it. */
function queryOf({ text, here, from, after, before }, room) {
  const parts = [text.trim(), here && `in:${room.roomId}`, from && `from:${from.replace(/^@/, "")}`, after && `after:${after}`, before && `before:${before}`];
  return parts.filter(Boolean).join(" ");
}

const focusOnce = (field) => field && document.activeElement?.tagName !== "INPUT" && field.focus();
