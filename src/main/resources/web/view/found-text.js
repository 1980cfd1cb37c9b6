import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { html } from "./html.js";
import { MessageText } from "./message-text.js";
import { placesOf } from "../model/found-places.js";

/**
 * Text of a hit, with marks at the ranges that the server found. When the drawn words cannot be located in the source,
 * the source is shown.
 *
 * @param {{chat: Page.Chat, hit: import("../model/search.js").Hit}} props
 */
export function FoundText({ chat, hit }) {
  const { text, ranges, excerpt, mentions } = hit;
  const place = useRef(/** @type {HTMLElement} */ (/** @type {unknown} */ (null)));
  const [isPlain, setPlain] = useState(false);
  useLayoutEffect(() => {
    if (!isPlain && !mark(place.current, text ?? "", ranges)) {
      setPlain(true);
    }
  }, []);
  if (isPlain) {
    return html`<div class="text plain" dir="auto">${excerpt && "… "}${pieces(text ?? "", ranges)}${excerpt && " …"}</div>`;
  }
  const part = html`<${MessageText} text=${text} mentions=${mentions} user=${chat.user} place=${place} />`;
  return excerpt ? html`<span class="hint">…</span>${part}<span class="hint">…</span>` : part;
}

/**
 * Marks the found ranges in a drawn text.
 *
 * @returns {boolean} false when the drawing does not tell where they are
 * @param {HTMLElement} element
 * @param {string} source
 * @param {[number, number][]} ranges
 */
function mark(element, source, ranges) {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT, ({ parentElement }) =>
    parentElement?.closest("button") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  /** @type {Text[]} */
  const nodes = [];
  while (walker.nextNode()) {
    nodes.push(/** @type {Text} */ (walker.currentNode));
  }
  const places = placesOf(
    source,
    ranges,
    nodes.map((node) => node.data),
  );
  for (const { part, start, end } of places?.toReversed() ?? []) {
    const found = nodes[part].splitText(start);
    found.splitText(end - start);
    const marked = document.createElement("mark");
    found.replaceWith(marked);
    marked.append(found);
  }
  return places !== null;
}

/** Source of the text, with its ranges marked. @param {string} text @param {[number, number][]} ranges */
function pieces(text, ranges) {
  const shown = [];
  let at = 0;
  for (const [from, to] of ranges) {
    shown.push(text.slice(at, from), html`<mark>${text.slice(from, to)}</mark>`);
    at = to;
  }
  return [...shown, text.slice(at)];
}
