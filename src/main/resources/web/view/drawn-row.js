import { Component, h } from "preact";
import { isSame } from "./html.js";

/**
 * A row of a long list. It is redrawn only when a value of its look has changed, so that a change of one row of
 * hundreds costs one row.
 *
 * @extends {Component<{look: unknown[], draw: () => Page.Children}>}
 */
class DrawnRow extends Component {
  /** @param {{look: unknown[]}} now */
  shouldComponentUpdate({ look }) {
    return !isSame(look, this.props.look);
  }

  /** @param {any} now the properties: Preact's type has none of them for sure */
  render({ draw }) {
    return draw();
  }
}

/**
 * @param {string} key
 * @param {() => unknown[]} look returns all values that the drawing reads
 * @param {() => Page.Children} draw
 */
export function drawnRow(key, look, draw) {
  return h(DrawnRow, { key, look: tryToLook(look), draw });
}

/**
 * A row whose look cannot be computed must not break the list: it is redrawn each time, in a boundary of its own.
 *
 * @param {() => unknown[]} look
 */
function tryToLook(look) {
  try {
    return look();
  } catch {
    return [{}];
  }
}
