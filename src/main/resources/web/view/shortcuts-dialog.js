import { html } from "./html.js";
import { CommandsList } from "./commands-list.js";
import { Dialog } from "./dialog.js";
import { FORMATS } from "./formats.js";
import { ROOM_LIST_KEYS, SEARCH_KEYS, WRITING_KEYS, shown } from "./keys.js";
import { LIST_KEYS, MESSAGE_MENU_KEYS } from "./list-keys.js";
import { ANYWHERE, ON_MESSAGE } from "./shortcuts.js";
import { keysOf } from "./format-bar.js";
import { say } from "../words/en/keys.js";
import { say as room } from "../words/en/room.js";

/** @param {string} name @param {...import("./keys.js").Key[]} tables */
const section = (name, ...tables) => ({ name, keys: tables.flat().map((key) => ({ ...key, shown: shown(key) })) });

/** Tables of keys, by the place where they work. Words are named after the place and the key. */
const SECTIONS = [
  section("anywhere", ANYWHERE),
  section("rooms", ROOM_LIST_KEYS),
  section("search", SEARCH_KEYS),
  section("writing", WRITING_KEYS),
  section("message", LIST_KEYS, MESSAGE_MENU_KEYS, ON_MESSAGE),
];

/** Keys of the format bar, which has their words. */
const formats = () =>
  FORMATS.map((format) => ({
    name: format.name,
    shown: keysOf(format),
    press: [format.press],
    label: room(/** @type {Parameters<typeof room>[0]} */ (`format_${format.name}`)),
  }));

const sections = () => [
  ...SECTIONS.map(({ name, keys }) => ({
    title: say(/** @type {Parameters<typeof say>[0]} */ (`in_${name}`)),
    keys: keys.map((key) => ({ ...key, label: say(/** @type {Parameters<typeof say>[0]} */ (`${name}_${key.name}`)) })),
  })),
  { title: say("formatting"), keys: formats() },
];

/** Help: keys and commands. @param {{close: () => void, part?: string}} props the part that was asked for */
export default function ShortcutsDialog({ close, part }) {
  return html`<${Dialog} title=${say("title")} testid="shortcuts-dialog" close=${close} wide>
    <div class="shortcuts">
      ${sections().map(
        ({ title, keys }) => html`<section key=${title}>
          <h3>${title}</h3>
          <dl>${keys.map(({ name, shown, press, label }) => html`<div key=${name} data-name=${name} data-press=${press.join(" ")}><dt><kbd dir="auto">${shown}</kbd></dt><dd>${label}</dd></div>`)}</dl>
        </section>`,
      )}
    </div>
    <${CommandsList} isWanted=${part === "commands"} />
  <//>`;
}
