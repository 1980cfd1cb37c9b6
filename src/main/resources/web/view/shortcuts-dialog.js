import { html } from "./html.js";
import { Dialog } from "./dialog.js";
import { SHORTCUTS } from "./shortcuts.js";

/** What the keyboard can do. */
export default function ShortcutsDialog({ close }) {
  return html`<${Dialog} title="Keyboard shortcuts" testid="shortcuts-dialog" close=${close} wide>
    <div class="shortcuts">
      ${SHORTCUTS.map(
        ([title, keys]) => html`<section key=${title}>
          <h3>${title}</h3>
          <dl>${keys.map(([key, what]) => html`<div key=${key}><dt><kbd>${key}</kbd></dt><dd>${what}</dd></div>`)}</dl>
        </section>`,
      )}
    </div>
  <//>`;
}
