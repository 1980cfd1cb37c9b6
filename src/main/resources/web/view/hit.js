import { html } from "./html.js";
import { Avatar } from "./avatar.js";
import { dayName, exactTime, timeOfDay } from "./time.js";

/** A message that was found, with what was looked for marked in it; leads to where it was said. */
export function Hit({ chat, hit }) {
  const room = chat.rooms.get(hit.room);
  const name = chat.people.name(hit.sender);
  return html`<button class="card hit" data-testid="hit" onClick=${() => chat.jump(hit.room, hit.seq)}>
    <span class="message-head">
      <${Avatar} small user=${hit.sender} name=${name} />
      <strong class="sender">${name}</strong>
      <time datetime=${hit.at} title=${exactTime(hit.at)}>${dayName(hit.at)}, ${timeOfDay(hit.at)}</time>
    </span>
    <span class="text">${marked(hit.text, hit.ranges)}</span>
    <span class="hint">${room ? chat.rooms.title(room) : hit.room}</span>
  </button>`;
}

/** @param {string} text @param {[number, number][]} ranges beginning and end of each match */
function marked(text, ranges) {
  const parts = [];
  let end = 0;
  for (const [from, to] of ranges) {
    parts.push(text.slice(end, from), html`<mark>${text.slice(from, to)}</mark>`);
    end = to;
  }
  return [...parts, text.slice(end)];
}
