import { useLayoutEffect, useRef, useState } from "preact/hooks";

/** Height that is drawn beyond the screen at either end, so that a quick scroll shows no gap. */
const BEYOND_PX = 400;

/**
 * Visible part of a list; {@link import("../model/list-window.js").ListWindow} has the places of the rows. The scroll
 * position is kept when rows come, go or move, also while the list is not displayed.
 *
 * @param {import("../model/list-window.js").ListWindow} rows
 */
export function useListView(rows) {
  const scroller = useRef(/** @type {HTMLElement} */ (/** @type {unknown} */ (null)));
  const list = useRef(/** @type {HTMLElement} */ (/** @type {unknown} */ (null)));
  const kept = useRef({
    rows,
    top: 0,
    offset: 0,
    anchor: /** @type {string | null} */ (null),
    focus: /** @type {string | null} */ (null),
  });
  const [seen, setSeen] = useState({ top: 0, height: innerHeight });

  const measure = () => {
    const { clientHeight, scrollTop } = scroller.current;
    if (clientHeight === 0) {
      return;
    }
    kept.current.top = scrollTop;
    const top = scrollTop - list.current.offsetTop;
    setSeen((before) =>
      Math.abs(before.top - top) < BEYOND_PX / 16 && before.height === clientHeight ? before : { top, height: clientHeight },
    );
  };

  useLayoutEffect(() => {
    const resized = new ResizeObserver(() => {
      // A list that was not displayed may have lost its scroll position.
      if (scroller.current?.clientHeight > 0 && scroller.current.scrollTop !== kept.current.top) {
        scroller.current.scrollTop = kept.current.top;
      }
      measure();
    });
    resized.observe(scroller.current);
    return () => resized.disconnect();
  }, []);

  useLayoutEffect(() => keepPlace(rows, scroller.current, list.current, kept.current));
  useLayoutEffect(() => {
    const { focus } = kept.current;
    if (focus !== null) {
      kept.current.focus = null;
      list.current.querySelector(`[data-key="${CSS.escape(focus)}"]`)?.focus({ preventScroll: true });
    }
  });

  /** Scrolls as little as it takes until a row is seen, or until it is in the middle. @param {string} key */
  const reveal = (key, { inMiddle = false, margin = 0 } = {}) => {
    const row = rows.rows[rows.placeOf(key)];
    if (!row) {
      return;
    }
    const { clientHeight, scrollTop } = scroller.current;
    const top = list.current.offsetTop + row.top;
    const [highest, lowest] = [top + row.height + margin - clientHeight, top - margin];
    const next = inMiddle ? top + (row.height - clientHeight) / 2 : Math.min(Math.max(scrollTop, highest), lowest);
    if (next !== scrollTop) {
      scroller.current.scrollTop = Math.max(0, next);
      measure();
    }
  };

  return {
    scroller,
    list,
    seen,
    drawn: rows.seen(seen.top - BEYOND_PX, seen.top + seen.height + BEYOND_PX),
    measure,
    reveal,
    /** The row that stays where it is with the next change. */
    hold: (/** @type {string} */ key) => (kept.current.anchor = key),
    /** The row that has the focus when it is drawn. */
    focus: (/** @type {string} */ key) => (kept.current.focus = key),
  };
}

/**
 * Scrolls by what the rows have moved, unless the list is at its top, where the newest are.
 *
 * @param {import("../model/list-window.js").ListWindow} rows
 * @param {HTMLElement} scroller
 * @param {HTMLElement} list
 * @param {{rows: import("../model/list-window.js").ListWindow, top: number, offset: number, anchor: string | null}} kept
 */
function keepPlace(rows, scroller, list, kept) {
  const { offsetTop } = list;
  if (rows !== kept.rows && scroller.clientHeight > 0 && kept.top > 0) {
    const top = kept.top - kept.offset;
    const before = kept.anchor === null ? null : kept.rows.topOf(kept.anchor);
    const held = kept.anchor === null ? null : rows.topOf(kept.anchor);
    const moved = before !== null && held !== null ? held - before : rows.movedSince(kept.rows, top, top + scroller.clientHeight);
    const way = moved + offsetTop - kept.offset;
    if (way !== 0) {
      scroller.scrollTop = kept.top + way;
      kept.top = scroller.scrollTop;
    }
  }
  Object.assign(kept, { rows, offset: offsetTop, anchor: null });
}
