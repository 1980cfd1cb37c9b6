import { Component } from "preact";

/**
 * Keeps a part of the page that cannot be drawn from taking the rest with it.
 *
 * @typedef {object} Props
 * @property {unknown} of what is drawn; another value tries again
 * @property {(again: () => void) => any} instead draws what is shown in the place of a part that failed
 */
export class Boundary extends Component {
  state = { failed: false, of: undefined };

  static getDerivedStateFromProps({ of }, state) {
    return of === state.of ? null : { failed: false, of };
  }

  componentDidCatch(failure) {
    console.error("A part of the page could not be drawn", failure);
    this.setState({ failed: true });
  }

  render({ children, instead }) {
    return this.state.failed ? instead(() => this.setState({ failed: false })) : children;
  }
}
