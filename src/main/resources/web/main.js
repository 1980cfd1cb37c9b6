import { render } from "preact";
import { html } from "./view/html.js";
import { Chat } from "./model/chat.js";
import { App } from "./view/app.js";

const chat = new Chat(location.origin);
chat.start();
const place = document.getElementById("app");
/** What the page shows until here, see boot.js. */
const loading = [...place.childNodes];
place.replaceChildren();
try {
  render(html`<${App} chat=${chat} />`, place);
} catch (failure) {
  place.replaceChildren(...loading);
  throw failure;
}
