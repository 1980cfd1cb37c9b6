import { Model } from "./model.js";

/** Widths from which the list of rooms fits beside the conversation, and a panel beside both. */
const TWO_PANES_PX = 721;
const THREE_PANES_PX = 1181;

/** Number of panes that fit beside each other. The style sheets read it as `data-panes` of the document. */
export class Screen extends Model {
  #two = matchMedia(`(min-width: ${TWO_PANES_PX}px)`);
  #three = matchMedia(`(min-width: ${THREE_PANES_PX}px)`);
  /** One is a phone. A query is asked only when it changes, for each answer costs a style of the page. @type {1 | 2 | 3} */
  panes = 1;

  constructor() {
    super();
    [this.#two, this.#three].forEach((width) => width.addEventListener("change", () => this.#show()));
    this.#show();
  }

  #show() {
    this.panes = this.#three.matches ? 3 : this.#two.matches ? 2 : 1;
    document.documentElement.dataset.panes = String(this.panes);
    this.changed();
  }
}
