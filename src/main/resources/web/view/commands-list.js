import { useEffect, useRef } from "preact/hooks";
import { html } from "./html.js";
import { COMMANDS } from "../model/commands/commands.js";
import { say } from "../words/en/commands.js";

/** List of the commands, which line mode has too. @param {{isWanted: boolean}} props true when the user opened the help for the commands */
export function CommandsList({ isWanted }) {
  const title = useRef(/** @type {HTMLElement} */ (/** @type {unknown} */ (null)));
  useEffect(() => {
    if (isWanted) {
      title.current.scrollIntoView();
      title.current.focus();
    }
  }, []);
  return html`<section class="commands-list" data-testid="commands">
    <h3 ref=${title} tabindex="-1">${say("title")}</h3>
    <p class="hint">${say("intro", { slashes: html`<kbd>//</kbd>` })}</p>
    <dl>
      ${COMMANDS.map(({ name, usage, summary }) => html`<div key=${name}><dt><code dir="ltr">${usage}</code></dt><dd>${summary}</dd></div>`)}
    </dl>
  </section>`;
}
