import { useEffect, useRef, useState } from "preact/hooks";
import { html } from "./html.js";
import { Icon } from "./icons.js";
import { say } from "../words/en/administration.js";

/** Light margin of a QR code, in modules (ISO/IEC 18004). */
const MARGIN = 4;

/**
 * A link that is shown once, to be copied or scanned.
 *
 * @param {{chat: Page.Chat, administration: Page.Administration, link: string, title: string, text: string, done?: () => void}} properties
 */
export function LinkCard({ chat, administration, link, title, text, done }) {
  const [rows, setRows] = useState(/** @type {string[] | null} */ (null));
  const heading = useRef(/** @type {HTMLElement} */ (/** @type {unknown} */ (null)));
  useEffect(() => heading.current.focus(), []);
  useEffect(() => {
    // Without the picture the link is still there.
    administration.qrCode(link).then(setRows, () => setRows(null));
  }, [link]);
  return html`<section class="link-card" aria-labelledby="link-title" data-testid="link-card">
    <div class="stack">
      <h3 id="link-title" tabindex="-1" ref=${heading}>${title}</h3>
      <p class="hint">${text}</p>
      <input readonly dir="ltr" aria-label=${say("link")} value=${link} data-testid="link" onFocus=${(/** @type {Page.Typed} */ focused) => focused.target.select()} />
      <div class="row begin">
        <button class="primary" data-testid="copy-link" onClick=${() => chat.clipboard.copy(link, say("copied"))}><${Icon} name="copy" />${say("copy")}</button>
        ${done && html`<button class="secondary" data-testid="link-done" onClick=${done}>${say("done")}</button>`}
      </div>
    </div>
    ${rows && html`<${QrCode} rows=${rows} />`}
  </section>`;
}

/** @param {{rows: string[]}} properties rows of `0` for light and `1` for dark */
function QrCode({ rows }) {
  const size = rows.length + 2 * MARGIN;
  const path = rows.flatMap((row, y) =>
    [...row.matchAll(/1+/g)].map(({ 0: run, index }) => `M${index} ${y}h${run.length}v1h-${run.length}z`),
  );
  return html`<svg class="qr-code" role="img" aria-label=${say("qrCode")} data-testid="qr-code" viewBox=${`${-MARGIN} ${-MARGIN} ${size} ${size}`} shape-rendering="crispEdges">
    <rect x=${-MARGIN} y=${-MARGIN} width=${size} height=${size} class="light" /><path d=${path.join("")} />
  </svg>`;
}
