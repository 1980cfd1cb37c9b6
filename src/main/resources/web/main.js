import { render } from "preact";
import { html } from "./view/html.js";
import { Entrance } from "./model/entrance.js";
import { App } from "./view/app.js";

const entrance = new Entrance(location.origin);
const place = /** @type {HTMLElement} */ (document.getElementById("app"));
/** Nodes that the page shows until it is drawn, see boot.js. */
const loading = [...place.childNodes];

function begin() {
  place.replaceChildren();
  try {
    render(html`<${App} entrance=${entrance} />`, place);
  } catch (failure) {
    place.replaceChildren(...loading);
    throw failure;
  }
}

// Texts of another language than English are on their way since before this script.
void entrance.language.start().then(begin);
