import { html } from "./html.js";
import { CommandsList } from "./commands-list.js";
import { Dialog } from "./dialog.js";
import { FORMATS } from "./formats.js";
import { ROOM_LIST_KEYS, SEARCH_KEYS, WRITING_KEYS, shown } from "./keys.js";
import { LIST_KEYS, MESSAGE_MENU_KEYS } from "./list-keys.js";
import { ANYWHERE, ON_MESSAGE } from "./shortcuts.js";

const section = (title, ...tables) => ({ title, keys: tables.flat().map((key) => ({ ...key, shown: shown(key) })) });

/** The tables by which keys act. */
const SECTIONS = [
  section("Anywhere", ANYWHERE),
  section("In the list of rooms", ROOM_LIST_KEYS),
  section("Searching", SEARCH_KEYS),
  section("Writing", WRITING_KEYS),
  section("On a message", LIST_KEYS, MESSAGE_MENU_KEYS, ON_MESSAGE),
  { title: "Formatting", keys: FORMATS.map(({ name, keys, press, label }) => ({ name, shown: keys, press: [press], label })) },
];

/** What the keyboard and the commands can do. @param {{close: () => void, part?: string}} props the part that was asked for */
export default function ShortcutsDialog({ close, part }) {
  return html`<${Dialog} title="Keys and commands" testid="shortcuts-dialog" close=${close} wide>
    <div class="shortcuts">
      ${SECTIONS.map(
        ({ title, keys }) => html`<section key=${title}>
          <h3>${title}</h3>
          <dl>${keys.map(({ name, shown, press, label }) => html`<div key=${name} data-name=${name} data-press=${press.join(" ")}><dt><kbd>${shown}</kbd></dt><dd>${label}</dd></div>`)}</dl>
        </section>`,
      )}
    </div>
    <${CommandsList} isWanted=${part === "commands"} />
  <//>`;
}
