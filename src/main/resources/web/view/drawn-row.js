import { Component, h } from "preact";
import { isSame } from "./html.js";

/**
 * A row of a long list. It is redrawn only when a value of its look has changed, so that a change of one row of
 * hundreds costs one row.
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
 * @param {() => unknown[]} look returns all values that the drawing reads
 * @param {() => any} draw
 */
export function drawnRow(key, look, draw) {
  return h(DrawnRow, { key, look: tryToLook(look), draw });
}

/** A row whose look cannot be computed must not break the list: it is redrawn each time, in a boundary of its own. */
function tryToLook(look) {
  try {
    return look();
  } catch {
    return [{}];
  }
}
