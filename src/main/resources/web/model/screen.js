import { Model } from "./model.js";

/** Widths from which the list of rooms fits beside the conversation, and a panel beside both. */
const TWO_PANES_PX = 721;
const THREE_PANES_PX = 1181;

/** Number of panes that fit beside each other. The style sheets read it as `data-panes` of the document. */
export class Screen extends Model {
  #two = matchMedia(`(min-width: ${TWO_PANES_PX}px)`);
  #three = matchMedia(`(min-width: ${THREE_PANES_PX}px)`);

  constructor() {
    super();
    [this.#two, this.#three].forEach((width) => width.addEventListener("change", () => this.#show()));
    this.#show();
  }

  /** @returns {1 | 2 | 3} 1 on a phone */
  get panes() {
    return this.#three.matches ? 3 : this.#two.matches ? 2 : 1;
  }

  #show() {
    document.documentElement.dataset.panes = String(this.panes);
    this.changed();
  }
}
