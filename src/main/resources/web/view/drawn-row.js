import { Component, h } from "preact";
import { isSame } from "./html.js";

/**
 * A row of a long list. It is drawn again only when something has changed on which its look depends, so that a change of one
 * row of hundreds costs that row.
 */
class DrawnRow extends Component {
  shouldComponentUpdate({ look }) {
    return !isSame(look, this.props.look);
  }

  render({ draw }) {
    return draw();
  }
}

/**
 * @param {string} key
 * @param {() => unknown[]} look gives all that is read when it is drawn
 * @param {() => any} draw
 */
export function drawnRow(key, look, draw) {
  return h(DrawnRow, { key, look: tryToLook(look), draw });
}

/** One row that cannot be looked at must not take the list with it: it is drawn each time, within its own boundary. */
function tryToLook(look) {
  try {
    return look();
  } catch {
    return [{}];
  }
}
