import { html } from "./html.js";
import { IconButton } from "./icons.js";
import { MembersPanel } from "./members-panel.js";
import { PinsPanel } from "./pins-panel.js";
import { SearchPanel } from "./search-panel.js";
import { SettingsPanel } from "./settings-panel.js";
import { ThreadPanel } from "./thread-panel.js";

const PANELS = { members: MembersPanel, pins: PinsPanel, search: SearchPanel, settings: SettingsPanel, thread: ThreadPanel };
const TITLES = { members: "Members", pins: "Pinned", search: "Search", settings: "Room settings", thread: "Thread" };

/** What is open beside the conversation. */
export function PanelOf({ chat, room, panel }) {
  return html`<aside class="panel" aria-label=${TITLES[panel.kind]} data-testid=${`${panel.kind}-panel`}>
    <header class="panel-head">
      <h2>${TITLES[panel.kind]}</h2>
      <${IconButton} icon="close" label="Close (Escape)" testid="panel-close" onClick=${() => chat.showPanel(null)} />
    </header>
    <${PANELS[panel.kind]} chat=${chat} room=${room} panel=${panel} />
  </aside>`;
}
