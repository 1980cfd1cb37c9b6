import { useEffect, useRef } from "preact/hooks";
import { html } from "./html.js";
import { COMMANDS } from "../model/commands/commands.js";

/** The commands, as line mode has them too. @param {{isWanted: boolean}} props whether it was asked for them */
export function CommandsList({ isWanted }) {
  const title = useRef(null);
  useEffect(() => {
    if (isWanted) {
      title.current.scrollIntoView();
      title.current.focus();
    }
  }, []);
  return html`<section class="commands-list" data-testid="commands">
    <h3 ref=${title} tabindex="-1">Commands</h3>
    <p class="hint">Typed at the beginning of a message, here as in a terminal. A text that begins with a slash is said with two: <kbd>//</kbd>.</p>
    <dl>
      ${COMMANDS.map(({ name, usage, summary }) => html`<div key=${name}><dt><code>${usage}</code></dt><dd>${summary}</dd></div>`)}
    </dl>
  </section>`;
}
