import { render } from "preact";
import { html } from "./view/html.js";
import { Chat } from "./model/chat.js";
import { App } from "./view/app.js";

const chat = new Chat(location.origin);
chat.start();
render(html`<${App} chat=${chat} />`, document.getElementById("app"));
