import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { EmojiLayout } from "../model/emoji-layout.js";
import { inTone } from "../model/emoji-list.js";
import { html } from "./html.js";
import { say } from "../words/en/emoji.js";

const CELL_PX = 36;
const TOUCHED_CELL_PX = 44;
const FEWEST_COLUMNS = 4;
/** Drawn above and below what is in view. */
const MARGIN_PX = 120;

/** Keys of the words for the groups of the list. */
const NAMES = /** @type {const} */ ({
  found: "group_found",
  recent: "group_recent",
  "Smileys & Emotion": "group_smileys",
  "People & Body": "group_people",
  "Animals & Nature": "group_animals",
  "Food & Drink": "group_food",
  "Travel & Places": "group_travel",
  Activities: "group_activities",
  Objects: "group_objects",
  Symbols: "group_symbols",
  Flags: "group_flags",
});

/** A group of the list that the page does not know has its own name. @param {string} title */
const groupName = (title) => (title in NAMES ? say(NAMES[/** @type {keyof typeof NAMES} */ (title)]) : title);

/** @typedef {import("../model/emoji-list.js").Emoji} Emoji */

/** Pictures of the groups on the buttons that lead to them. @type {Record<string, string>} */
const ICONS = {
  recent: "🕘",
  "Smileys & Emotion": "😀",
  "People & Body": "👋",
  "Animals & Nature": "🐻",
  "Food & Drink": "🍎",
  "Travel & Places": "🚗",
  Activities: "⚽",
  Objects: "💡",
  Symbols: "🔣",
  Flags: "🏳️",
};

/**
 * Groups of emoji with buttons that lead to each, and the emoji as a grid (WAI-ARIA): one tab stop, in which the arrows move.
 *
 * @param {{groups: import("../model/emoji-layout.js").Group[], tone: number, pick: (emoji: Emoji) => void, show: (emoji: Emoji) => void,
 *   leave: (key?: string) => void, enter: {current: () => void}}} props `show` is told of the emoji under pointer or focus, `leave` of the way out
 *   above the first line and of keys that begin a name; `enter` gets what puts the focus into the grid
 */
export function EmojiGrid({ groups, tone, pick, show, leave, enter }) {
  const scroller = useRef(/** @type {HTMLElement} */ (/** @type {unknown} */ (null)));
  const focusing = useRef(false);
  const [cellPx] = useState(() => (matchMedia("(pointer: coarse)").matches ? TOUCHED_CELL_PX : CELL_PX));
  const [size, setSize] = useState({ columns: FEWEST_COLUMNS, height: 0 });
  const [scrolled, setScrolled] = useState(0);
  const [active, setActive] = useState(/** @type {import("../model/emoji-layout.js").Place | null} */ (null));
  const layout = useMemo(() => new EmojiLayout(groups, size.columns, cellPx), [groups, size.columns, cellPx]);
  const place = layout.at(active) ? active : layout.first();

  useEffect(() => {
    const measured = () => {
      const { clientWidth, clientHeight } = scroller.current;
      setSize({ columns: Math.max(FEWEST_COLUMNS, Math.floor(clientWidth / cellPx)), height: clientHeight });
    };
    const observer = new ResizeObserver(measured);
    observer.observe(scroller.current);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    scroller.current.scrollTop = 0;
    setScrolled(0);
    setActive(null);
  }, [groups]);
  useLayoutEffect(() => {
    if (focusing.current) {
      focusing.current = false;
      scroller.current.querySelector(".emoji[tabindex='0']")?.focus({ preventScroll: true });
    }
  });

  /** @param {import("../model/emoji-layout.js").Place} next */
  const focus = (next) => {
    focusing.current = true;
    scrollTo(scroller.current, layout, next.line);
    setActive({ ...next });
  };
  enter.current = () => place && focus(place);
  /** @param {number} group */
  const jump = (group) => {
    const heading = layout.headingOf(group);
    scroller.current.scrollTop = layout.lines[heading].top;
    setActive(layout.first(heading));
  };
  /** @param {KeyboardEvent} key */
  const onKeyDown = (key) => {
    if (place === null || key.altKey || key.metaKey) {
      return;
    }
    const next = layout.moved(place, nameOf(key), Math.max(1, Math.floor(size.height / cellPx)));
    if (next !== null) {
      focus(next);
    } else if (key.key === "ArrowUp") {
      leave();
    } else if (key.key.length === 1 && key.key !== " " && !key.ctrlKey) {
      leave(key.key);
    } else if (!key.key.startsWith("Arrow")) {
      return;
    }
    key.preventDefault();
  };

  const current = layout.lines[layout.lineAt(scrolled)]?.group;
  return html`
    <${Jumps} groups=${groups} current=${current} jump=${jump} down=${() => enter.current()} />
    <div class="emoji-scroller" ref=${scroller} tabindex="-1" onScroll=${() => setScrolled(scroller.current.scrollTop)}>
      <div
        role="grid"
        aria-label=${say("grid")}
        aria-rowcount=${layout.lines.length}
        aria-colcount=${size.columns}
        style=${`height: ${layout.height}px; --emoji-columns: ${size.columns}; --emoji-cell: ${cellPx}px`}
        onKeyDown=${onKeyDown}
      >
        ${inView(layout, scrolled, size.height, place).map(
          (index) => html`<${Line} key=${`${groups[layout.lines[index].group].title}-${index}`} line=${layout.lines[index]} index=${index} columns=${size.columns} place=${place} tone=${tone} pick=${pick} show=${show} enter=${setActive} />`,
        )}
      </div>
    </div>
  `;
}

/**
 * Buttons that lead to the groups; one tab stop.
 *
 * @param {{groups: import("../model/emoji-layout.js").Group[], current: number | undefined, jump: (group: number) => void, down: () => void}} properties
 */
function Jumps({ groups, current, jump, down }) {
  const [focused, setFocused] = useState(0);
  const stop = Math.min(focused, groups.length - 1);
  /** @param {KeyboardEvent} key */
  const onKeyDown = (key) => {
    const buttons = /** @type {HTMLElement[]} */ ([...key.currentTarget.children]);
    const step = steps(key);
    if (step !== 0) {
      buttons.at((stop + step) % buttons.length)?.focus();
    } else if (key.key === "ArrowDown") {
      down();
    } else {
      return;
    }
    key.preventDefault();
  };
  return html`<div class="emoji-jumps" role="toolbar" aria-label=${say("groups")} data-testid="emoji-jumps" onKeyDown=${onKeyDown}>
    ${groups.length > 1 &&
    groups.map(
      ({ title }, group) => html`<button
        key=${title}
        type="button"
        title=${groupName(title)}
        aria-label=${groupName(title)}
        aria-current=${group === current ? "true" : undefined}
        tabindex=${group === stop ? 0 : -1}
        onFocus=${() => setFocused(group)}
        onClick=${() => jump(group)}
      >
        ${ICONS[title] ?? title}
      </button>`,
    )}
  </div>`;
}

/**
 * @param {{line: import("../model/emoji-layout.js").Line, index: number, columns: number, place: import("../model/emoji-layout.js").Place | null, tone: number, pick: (emoji: Emoji) => void, show: (emoji: Emoji) => void, enter: (place: import("../model/emoji-layout.js").Place) => void}} properties
 */
function Line({ line, index, columns, place, tone, pick, show, enter }) {
  const style = `top: ${line.top}px; height: ${line.height}px`;
  if (line.title !== null) {
    return html`<div role="row" class="emoji-heading" style=${style} aria-rowindex=${index + 1}>
      <span role="rowheader" aria-colspan=${columns}>${groupName(line.title)}</span>
    </div>`;
  }
  return html`<div role="row" class="emoji-row" style=${style} aria-rowindex=${index + 1}>
    ${line.cells.map(
      (emoji, column) => html`<div key=${emoji.emoji} role="gridcell" aria-colindex=${column + 1}>
        <button
          type="button"
          class="emoji"
          title=${`${emoji.title} :${emoji.names[0]}:`}
          aria-label=${emoji.title}
          tabindex=${place?.line === index && place.column === column ? 0 : -1}
          onClick=${() => pick(emoji)}
          onFocus=${() => (enter({ line: index, column }), show(emoji))}
          onPointerEnter=${() => show(emoji)}
        >
          ${inTone(emoji, tone)}
        </button>
      </div>`,
    )}
  </div>`;
}

/**
 * Indices of the lines that are drawn: those in view, and the one that the keyboard is in.
 *
 * @param {EmojiLayout} layout
 * @param {number} scrolled
 * @param {number} height
 * @param {import("../model/emoji-layout.js").Place | null} place
 */
function inView(layout, scrolled, height, place) {
  const first = layout.lineAt(scrolled - MARGIN_PX);
  const last = layout.lineAt(scrolled + height + MARGIN_PX);
  const drawn = layout.lines.map((_, index) => index).slice(Math.max(0, first), last + 1);
  return place === null || drawn.includes(place.line) ? drawn : [...drawn, place.line].sort((one, other) => one - other);
}

/**
 * Scrolls as little as shows a line, and the heading above the first line of a group.
 *
 * @param {HTMLElement} scroller
 * @param {EmojiLayout} layout
 * @param {number} line
 */
function scrollTo(scroller, layout, line) {
  const { top, height } = layout.lines[line];
  const above = layout.lines[line - 1]?.title !== null ? (layout.lines[line - 1]?.top ?? top) : top;
  if (above < scroller.scrollTop) {
    scroller.scrollTop = above;
  } else if (top + height > scroller.scrollTop + scroller.clientHeight) {
    scroller.scrollTop = top + height - scroller.clientHeight;
  }
}

/** @param {HTMLElement} element */
const isRightToLeft = (element) => getComputedStyle(element).direction === "rtl";

/** A key as the layout names it; in a script from right to left the arrows change sides. @param {KeyboardEvent} key */
function nameOf(key) {
  /** @type {Record<string, string>} */
  const mirrored = { ArrowLeft: "ArrowRight", ArrowRight: "ArrowLeft" };
  const name = isRightToLeft(key.currentTarget) ? (mirrored[key.key] ?? key.key) : key.key;
  return key.ctrlKey ? `Control+${name}` : name;
}

/** @type {Record<string, number>} */
const STEPS = { ArrowRight: 1, ArrowLeft: -1 };

/** @param {KeyboardEvent} key */
const steps = (key) => (STEPS[key.key] ?? 0) * (isRightToLeft(key.currentTarget) ? -1 : 1);
