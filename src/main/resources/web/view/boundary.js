import { Component } from "preact";

/**
 * Boundary around a part of the page: when the part cannot be drawn, the rest of the page is unaffected.
 *
 * @typedef {object} Properties
 * @property {unknown} of the drawn value; another value retries
 * @property {(again: () => void) => Page.Children} instead draws the note in the place of a failed part
 */
export class Boundary extends Component {
  state = { failed: false, of: /** @type {unknown} */ (undefined) };

  /** @param {{of: unknown}} given @param {{of: unknown}} state */
  static getDerivedStateFromProps({ of }, state) {
    return of === state.of ? null : { failed: false, of };
  }

  /** @param {unknown} failure */
  componentDidCatch(failure) {
    console.error("A part of the page could not be drawn", failure);
    this.setState({ failed: true });
  }

  /** @param {{children: Page.Children, instead: (again: () => void) => Page.Children}} given */
  render({ children, instead }) {
    return this.state.failed ? instead(() => this.setState({ failed: false })) : children;
  }
}
