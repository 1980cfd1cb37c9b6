import { Component } from "preact";

/**
 * Keeps a part of the page that cannot be drawn from taking the rest with it.
 *
 * @typedef {object} Properties
 * @property {unknown} of what is drawn; another value tries again
 * @property {(again: () => void) => Page.Children} instead draws what is shown in the place of a part that failed
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
