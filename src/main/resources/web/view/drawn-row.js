import { Component, h } from "preact";
import { isSame } from "./html.js";

/**
 * A row of a long list. It is drawn again only when something has changed on which its look depends, so that a change of one
 * row of hundreds costs that row.
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
 * @param {() => unknown[]} look gives all that is read when it is drawn
 * @param {() => Page.Children} draw
 */
export function drawnRow(key, look, draw) {
  return h(DrawnRow, { key, look: tryToLook(look), draw });
}

/**
 * One row that cannot be looked at must not take the list with it: it is drawn each time, within its own boundary.
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
