import { html, useModels, useValue } from "./html.js";
import { IconButton } from "./icons.js";
import { lazy } from "./lazy.js";

const PANELS = {
  members: { title: "Members", Panel: lazy(() => import("./members-panel.js")) },
  pins: { title: "Pinned messages", Panel: lazy(() => import("./pins-panel.js")) },
  search: { title: "Search", Panel: lazy(() => import("./search-panel.js")) },
  settings: { title: "Room settings", Panel: lazy(() => import("./settings-panel.js")) },
  thread: { title: "Thread", Panel: lazy(() => import("./thread-panel.js")) },
};

/** What is open beside the conversation, or without one. */
export function PanelOf({ chat, room, panel }) {
  useModels(chat.screen);
  const name = useValue(() => room && chat.rooms.title(room), chat.people);
  // On a phone it is all there is to see.
  const alone = chat.screen.panes === 1;
  const { title, Panel } = PANELS[panel.kind];
  const close = () => chat.showPanel(null);
  return html`<div class="panel" role=${alone ? "main" : "complementary"} aria-label=${title} data-testid=${`${panel.kind}-panel`}>
    <div class="panel-head">
      ${alone && html`<${IconButton} icon="back" label=${room ? "Back to the conversation" : "Back to the rooms"} testid="panel-close" onClick=${close} />`}
      <div class="bar-title">
        <${alone ? "h1" : "h2"}>${title}<//>
        ${alone && room && html`<p class="topic">${name}</p>`}
      </div>
      ${!alone && html`<${IconButton} icon="close" label="Close (Escape)" testid="panel-close" onClick=${close} />`}
    </div>
    <${Panel} chat=${chat} room=${room} panel=${panel} close=${close} />
  </div>`;
}
