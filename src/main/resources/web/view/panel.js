import { useRef } from "preact/hooks";
import { useFocusReturn } from "./focus.js";
import { html, useModels, useValue } from "./html.js";
import { IconButton } from "./icons.js";
import { lazy } from "./lazy.js";
import { say } from "../words/en/room.js";

/** Panels; their words have the same names. */
const PANELS = {
  members: lazy(() => import("./members-panel.js")),
  pins: lazy(() => import("./pins-panel.js")),
  search: lazy(() => import("./search-panel.js")),
  settings: lazy(() => import("./settings-panel.js")),
  thread: lazy(() => import("./thread-panel.js")),
};

/**
 * Panel beside the conversation, or without one.
 *
 * @param {{chat: Page.Chat, room: Page.Room | null, panel: Page.Panel}} properties
 */
export function PanelOf({ chat, room, panel }) {
  useModels(chat.screen);
  const name = useValue(() => room && chat.rooms.title(room), chat.people);
  // On a phone it is all there is to see.
  const alone = chat.screen.panes === 1;
  const place = useRef(/** @type {HTMLElement} */ (/** @type {unknown} */ (null)));
  useFocusReturn(place, {
    enter: () => place.current.contains(document.activeElement) || place.current.focus({ preventScroll: true }),
  });
  const title = say(/** @type {keyof typeof PANELS} */ (panel.kind));
  const Panel = PANELS[/** @type {keyof typeof PANELS} */ (panel.kind)];
  const close = () => chat.showPanel(null);
  return html`<div class="panel" ref=${place} tabindex="-1" role=${alone ? "main" : "complementary"} aria-label=${title} data-testid=${`${panel.kind}-panel`}>
    <div class="panel-head">
      ${alone && html`<${IconButton} icon="back" label=${room ? say("backToTalk") : say("backToRooms")} testid="panel-close" onClick=${close} />`}
      <div class="bar-title">
        <${alone ? "h1" : "h2"}>${title}<//>
        ${alone && room && html`<p class="topic"><bdi>${name}</bdi></p>`}
      </div>
      ${!alone && html`<${IconButton} icon="close" label=${say("closeKeys")} testid="panel-close" onClick=${close} />`}
    </div>
    <${Panel} chat=${chat} room=${room} panel=${panel} close=${close} />
  </div>`;
}
