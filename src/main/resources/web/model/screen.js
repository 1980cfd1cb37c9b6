import { Model } from "./model.js";

/** From these widths on there is room for the list of rooms beside the conversation, and for a panel beside both. */
const TWO_PANES_PX = 721;
const THREE_PANES_PX = 1181;

/** How many panes fit beside each other. The style sheets know it as `data-panes` of the document. */
export class Screen extends Model {
  #two = matchMedia(`(min-width: ${TWO_PANES_PX}px)`);
  #three = matchMedia(`(min-width: ${THREE_PANES_PX}px)`);

  constructor() {
    super();
    [this.#two, this.#three].forEach((width) => width.addEventListener("change", () => this.#show()));
    this.#show();
  }

  /** @returns {1 | 2 | 3} one is a phone */
  get panes() {
    return this.#three.matches ? 3 : this.#two.matches ? 2 : 1;
  }

  #show() {
    document.documentElement.dataset.panes = String(this.panes);
    this.changed();
  }
}
