import { html, useModels } from "./html.js";
import { say as common } from "../words/en/common.js";
import { say } from "../words/en/administration.js";

/**
 * The state below a list that is loaded page by page, and the button for more of it.
 *
 * @param {{list: import("../model/paged-list.js").PagedList<any, any>, none: string}} properties `none` is the text of an
 *   empty list
 */
export function ListEnd({ list, none }) {
  useModels(list);
  const { state, items, hasMore } = list;
  return html`
    <p class="administration-note" role="status">
      ${state === "loading" && common("loading")} ${state === "loaded" && items.length === 0 && none} ${state === "failed" && say("notLoaded")}
    </p>
    ${state === "failed" && html`<button class="secondary" data-testid="list-again" onClick=${() => list.load()}>${common("again")}</button>`}
    ${hasMore && state === "loaded" && html`<button class="secondary" data-testid="list-more" onClick=${() => list.more()}>${say("more")}</button>`}
  `;
}
