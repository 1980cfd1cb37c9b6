import { useRef } from "preact/hooks";
import { useFocusReturn } from "./focus.js";
import { html, useModels } from "./html.js";
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
  useModels(chat.screen, chat.rooms);
  // On a phone it is all there is to see.
  const alone = chat.screen.panes === 1;
  const place = useRef(null);
  useFocusReturn(place, { enter: () => place.current.contains(document.activeElement) || place.current.focus({ preventScroll: true }) });
  const { title, Panel } = PANELS[panel.kind];
  const close = () => chat.showPanel(null);
  return html`<div class="panel" ref=${place} tabindex="-1" role=${alone ? "main" : "complementary"} aria-label=${title} data-testid=${`${panel.kind}-panel`}>
    <div class="panel-head">
      ${alone && html`<${IconButton} icon="back" label=${room ? "Back to the conversation" : "Back to the rooms"} testid="panel-close" onClick=${close} />`}
      <div class="bar-title">
        <${alone ? "h1" : "h2"}>${title}<//>
        ${alone && room && html`<p class="topic">${chat.rooms.title(room)}</p>`}
      </div>
      ${!alone && html`<${IconButton} icon="close" label="Close (Escape)" testid="panel-close" onClick=${close} />`}
    </div>
    <${Panel} chat=${chat} room=${room} panel=${panel} close=${close} />
  </div>`;
}
