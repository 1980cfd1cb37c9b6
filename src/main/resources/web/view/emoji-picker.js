import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { html } from "./html.js";
import { emojiGroups, searchEmoji } from "../model/emoji.js";

/** Picks an emoji: by looking, or by typing part of its name. Fetched, with its data, when it is first opened. */
export default function EmojiPicker({ pick, close }) {
  const [groups, setGroups] = useState([]);
  const [failures, setFailures] = useState(0);
  const [attempt, setAttempt] = useState(0);
  const [wanted, setWanted] = useState("");
  const picker = useRef(null);
  useEffect(() => {
    let current = true;
    find(wanted).then(
      (all) => current && (setGroups(all), setFailures(0)),
      () => current && setFailures((count) => count + 1),
    );
    return () => {
      current = false;
    };
  }, [wanted, attempt]);
  useLayoutEffect(() => {
    picker.current.querySelector("input").focus();
    const outside = (event) => picker.current?.contains(event.target) || close();
    document.addEventListener("pointerdown", outside);
    return () => document.removeEventListener("pointerdown", outside);
  }, []);

  const pickFirst = async (name) => {
    const [{ emoji }] = await find(name).catch(() => NOTHING);
    // Who closed it meanwhile wants none.
    if (emoji.length > 0 && picker.current) {
      pick(emoji[0][0]);
    }
  };
  const onKeyDown = (key) => {
    key.stopPropagation();
    if (key.key === "Escape") {
      close();
    } else if (key.key === "Enter" && key.target.tagName === "INPUT") {
      key.preventDefault();
      // Of what is typed, which may not be drawn yet.
      pickFirst(key.target.value);
    } else if (key.key.startsWith("Arrow")) {
      move(picker.current, key);
    }
  };

  return html`<div class="emoji-picker" role="dialog" aria-label="Choose an emoji" ref=${picker} onKeyDown=${onKeyDown} data-testid="emoji-picker">
    <input type="search" aria-label="Search emoji" placeholder="Search emoji" value=${wanted} onInput=${(typed) => setWanted(typed.target.value)} data-testid="emoji-search" />
    <div class="emoji-groups" tabindex="-1">
      ${groups.map(
        ({ title, emoji }) => html`<section key=${title}>
          <h3>${title}</h3>
          <div class="emoji-grid">
            ${emoji.map(
              ([picture, name]) => html`<button key=${picture} class="emoji" title=${name} aria-label=${name} onClick=${() => pick(picture)}>${picture}</button>`,
            )}
          </div>
        </section>`,
      )}
      ${failures > 0 && html`<p class="hint" role="status">The emoji could not be loaded. <button class="link" onClick=${() => setAttempt((count) => count + 1)}>Try again</button></p>`}
      ${groups[0]?.emoji.length === 0 && html`<p class="hint">No emoji has that name.</p>`}
    </div>
  </div>`;
}

const NOTHING = [{ emoji: [] }];

async function find(name) {
  return name ? [{ title: "Found", emoji: await searchEmoji(name) }] : emojiGroups();
}

/** Moves the focus over the grid, by what is drawn where. */
function move(picker, key) {
  const buttons = [...picker.querySelectorAll(".emoji")];
  const at = buttons.indexOf(document.activeElement);
  const columns = buttons.filter((button) => button.offsetTop === buttons[0].offsetTop).length || 1;
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: at < 0 ? 1 : columns, ArrowUp: -columns }[key.key];
  if (at < 0 && (key.key === "ArrowLeft" || key.key === "ArrowRight")) {
    return;
  }
  key.preventDefault();
  (buttons[Math.max(0, at + step)] ?? buttons.at(-1))?.focus();
}
