import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { EmojiChoices, emojiList } from "../model/emoji.js";
import { inTone } from "../model/emoji-list.js";
import { EmojiGrid } from "./emoji-grid.js";
import { missingVersions } from "./emoji-support.js";
import { EmojiTones } from "./emoji-tones.js";
import { html } from "./html.js";
import { say as common } from "../words/en/common.js";
import { say } from "../words/en/emoji.js";

/** @type {import("../model/emoji-layout.js").Group[]} */
const NOTHING = [];

/** @typedef {import("../model/emoji-list.js").Emoji} Emoji */

/**
 * Emoji picker, with a search by name. It is fetched, with the list of emoji, when it is first opened.
 *
 * @param {{chat: Page.Chat, pick: (emoji: string) => void, close: () => void}} props
 */
export default function EmojiPicker({ chat, pick, close }) {
  const [choices] = useState(() => new EmojiChoices(chat.storage.local, /** @type {string} */ (chat.user)));
  const [list, failures, again] = useEmojiList();
  const [wanted, setWanted] = useState("");
  const [tone, setTone] = useState(choices.tone);
  const [shown, setShown] = useState(/** @type {Emoji | null} */ (null));
  const search = useRef(/** @type {HTMLInputElement} */ (/** @type {unknown} */ (null)));
  const enterGrid = useRef(() => {});
  const groups = useMemo(() => groupsOf(list, wanted, choices.recent), [list, wanted]);
  const first = wanted.trim() === "" ? null : groups[0]?.emoji[0];
  useLayoutEffect(() => {
    // On touch screens the keyboard would cover the emoji: the field gets no focus.
    if (matchMedia("(hover: hover)").matches) {
      search.current.focus();
    }
  }, []);
  useEffect(() => setShown(null), [wanted]);

  /** @param {Emoji} emoji */
  const take = (emoji) => {
    choices.picked(emoji.emoji);
    pick(inTone(emoji, tone));
  };
  /** Takes the first emoji for a text, which may not be drawn yet. @param {string} typed */
  const takeFirst = async (typed) => {
    const loaded = await emojiList().catch(() => null);
    const [emoji] = groupsOf(loaded, typed, choices.recent)[0]?.emoji ?? NOTHING;
    if (emoji && search.current && typed.trim() !== "") {
      take(emoji);
    }
  };
  /** @param {KeyboardEvent} key */
  const onSearchKey = (key) => {
    if (key.key === "Enter" && !key.isComposing) {
      key.preventDefault();
      void takeFirst(/** @type {HTMLInputElement} */ (key.target).value);
    } else if (key.key === "ArrowDown") {
      key.preventDefault();
      enterGrid.current();
    } else if (key.key === "Escape" && !key.isComposing) {
      // Browsers would only empty the field.
      key.preventDefault();
      close();
    }
  };
  const leaveGrid = (typed = "") => {
    setWanted(wanted + typed);
    search.current.focus();
  };

  return html`<div class="emoji-picker" onKeyDown=${(/** @type {KeyboardEvent} */ key) => key.stopPropagation()} data-testid="emoji-picker">
    <input
      ref=${search}
      type="search"
      aria-label=${say("search")}
      placeholder=${say("placeholder")}
      autocomplete="off"
      spellcheck=${false}
      value=${wanted}
      onInput=${(/** @type {Page.Typed} */ typed) => setWanted(typed.target.value)}
      onKeyDown=${onSearchKey}
      data-testid="emoji-search"
    />
    <${EmojiGrid} groups=${groups} tone=${tone} pick=${take} show=${setShown} leave=${leaveGrid} enter=${enterGrid} />
    <${Note} list=${list} failures=${failures} again=${again} found=${wanted.trim() === "" ? null : (groups[0]?.emoji.length ?? 0)} />
    <footer class="emoji-foot">
      <${Preview} emoji=${shown ?? first} tone=${tone} />
      <${EmojiTones}
        tone=${tone}
        choose=${(/** @type {number} */ chosen) => {
          choices.tone = chosen;
          setTone(chosen);
        }}
      />
    </footer>
  </div>`;
}

/** @returns {[Page.EmojiList | null, number, () => void]} the list of emoji when it is there, the number of failures to load it, and what tries again */
function useEmojiList() {
  const [list, setList] = useState(/** @type {Page.EmojiList | null} */ (null));
  const [failures, setFailures] = useState(0);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let current = true;
    emojiList().then(
      (loaded) => current && setList(loaded),
      () => current && setFailures((count) => count + 1),
    );
    return () => {
      current = false;
    };
  }, [attempt]);
  return [list, list === null ? failures : 0, () => setAttempt((count) => count + 1)];
}

/**
 * Groups of the search, or all groups with the recent emoji first; without emoji that no font of the browser has.
 *
 * @param {Page.EmojiList | null} list
 * @param {string} wanted
 * @param {string[]} recent
 */
function groupsOf(list, wanted, recent) {
  if (list === null) {
    return NOTHING;
  }
  const missing = missingVersions(list);
  /** @param {Emoji} emoji */
  const drawable = (emoji) => !missing.has(emoji.version);
  if (wanted.trim() !== "") {
    const found = list.search(wanted, recent).filter(drawable);
    return found.length > 0 ? [{ title: "found", emoji: found }] : NOTHING;
  }
  const known = recent.map((emoji) => list.of(emoji)).filter(Boolean);
  const groups = list.groups.map(({ title, emoji }) => ({ title, emoji: emoji.filter(drawable) }));
  return known.length > 0 ? [{ title: "recent", emoji: known }, ...groups] : groups;
}

/**
 * Text for screen readers, also shown in place of emoji.
 *
 * @param {{list: Page.EmojiList | null, failures: number, again: () => void, found: number}} properties
 */
function Note({ list, failures, again, found }) {
  if (failures > 0) {
    return html`<p class="emoji-note" role="status">${say("failed")} <button type="button" class="link" onClick=${again}>${common("again")}</button></p>`;
  }
  if (list === null) {
    return html`<p class="emoji-note" role="status">${common("loading")}</p>`;
  }
  if (found === 0) {
    return html`<p class="emoji-note" role="status">${say("none")}</p>`;
  }
  return html`<p class="unseen" role="status">${found !== null && say("count", { count: found })}</p>`;
}

/**
 * The emoji under pointer or focus, or the one that Enter takes, with its name.
 *
 * @param {{emoji: Emoji | null, tone: number}} properties
 */
function Preview({ emoji, tone }) {
  return html`<p class="emoji-preview" data-testid="emoji-preview">
    ${
      emoji
        ? html`<span aria-hidden="true">${inTone(emoji, tone)}</span><span><strong>${emoji.title}</strong><small>${`:${emoji.names[0]}:`}</small></span>`
        : html`<small>${say("preview")}</small>`
    }
  </p>`;
}
