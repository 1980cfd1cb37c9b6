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
  // On a phone it is all there is to see.
  const alone = matchMedia("(max-width: 720px)").matches;
  return html`<div class="panel" role=${alone ? "main" : "complementary"} aria-label=${TITLES[panel.kind]} data-testid=${`${panel.kind}-panel`}>
    <div class="panel-head">
      <${alone ? "h1" : "h2"}>${TITLES[panel.kind]}<//>
      <${IconButton} icon="close" label="Close (Escape)" testid="panel-close" onClick=${() => chat.showPanel(null)} />
    </div>
    <${PANELS[panel.kind]} chat=${chat} room=${room} panel=${panel} />
  </div>`;
}
