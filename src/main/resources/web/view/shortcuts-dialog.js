import { html } from "./html.js";
import { CommandsList } from "./commands-list.js";
import { Dialog } from "./dialog.js";
import { FORMATS } from "./formats.js";
import { SHORTCUTS } from "./shortcuts.js";

const KEYS = [...SHORTCUTS, ["Formatting", FORMATS.map(({ keys, label }) => [keys, label])]];

/** What the keyboard and the commands can do. @param {{close: () => void, part?: string}} props the part that was asked for */
export default function ShortcutsDialog({ close, part }) {
  return html`<${Dialog} title="Keys and commands" testid="shortcuts-dialog" close=${close} wide>
    <div class="shortcuts">
      ${KEYS.map(
        ([title, keys]) => html`<section key=${title}>
          <h3>${title}</h3>
          <dl>${keys.map(([key, what]) => html`<div key=${key}><dt><kbd>${key}</kbd></dt><dd>${what}</dd></div>`)}</dl>
        </section>`,
      )}
    </div>
    <${CommandsList} isWanted=${part === "commands"} />
  <//>`;
}
