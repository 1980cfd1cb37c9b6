import { useEffect } from "preact/hooks";
import { Boundary } from "./boundary.js";
import { instead } from "./failed-part.js";
import { html, useModels } from "./html.js";
import { Conversation } from "./conversation.js";
import { Skeleton } from "./message-list.js";
import { PanelOf } from "./panel.js";
import { Sidebar } from "./sidebar.js";
import { Welcome } from "./welcome.js";
import { listenToKeys } from "./shortcuts.js";

/** Rooms, conversation and what is beside it: next to each other as far as the screen is wide. */
export function Shell({ chat }) {
  useModels(chat, chat.rooms, chat.screen);
  useEffect(() => listenToKeys(chat), [chat]);
  const { current, panel, view } = chat;
  return html`<div class="shell" data-view=${panel && current ? "panel" : view} data-panel=${panel && current ? "open" : "none"}>
    <${Boundary} instead=${instead}><${Sidebar} chat=${chat} /><//>
    ${current
      ? html`<${Boundary} key=${current.roomId} instead=${instead}><${Conversation} chat=${chat} room=${current} /><//>`
      : chat.room !== null
        ? html`<${Opening} />`
        : chat.screen.panes > 1 && html`<${Welcome} chat=${chat} />`}
    ${current && panel && html`<${PanelOf} key=${`${panel.kind}/${panel.seq ?? ""}/${panel.stamp ?? ""}/${current.roomId}`} chat=${chat} room=${current} panel=${panel} />`}
  </div>`;
}

/** A conversation whose room is asked for, as after a reload. */
function Opening() {
  return html`<main class="talk" aria-busy="true">
    <div class="talk-head"></div>
    <div class="connection"></div>
    <div class="list-frame"><${Skeleton} /></div>
  </main>`;
}
