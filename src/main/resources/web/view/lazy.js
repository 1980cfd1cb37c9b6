import { useEffect, useState } from "preact/hooks";
import { Retries } from "../model/retries.js";
import { Boundary } from "./boundary.js";
import { FailedPart, instead } from "./failed-part.js";
import { html } from "./html.js";
import { nextTask } from "./tasks.js";
import { say } from "../words/en/common.js";

/** Time after which a note is shown: without a network an import can wait for ever. */
const SLOW_MS = 30_000;

/**
 * A component whose module is fetched when it is first drawn, so that the first view does not wait for it. It is the
 * default export of its module. While the module cannot be loaded, a note stands in its place, and the load is retried.
 *
 * @param {() => Promise<{default: import("preact").ComponentType<any>}>} load
 * @param {import("preact").ComponentType<any> | null} [Frame] component around the note of a part that has no place of its own, such as a dialog
 * @param {import("preact").ComponentType} [Waiting] component that is shown while the module is on its way, of a part that has a place of its own
 */
export function lazy(load, Frame = null, Waiting = LoadingNote) {
  /** @type {import("preact").ComponentType | null} */
  let Loaded = null;
  return function Lazy(/** @type {object} */ props) {
    const [failed, setFailed] = useState(false);
    const [attempt, setAttempt] = useState(0);
    const again = () => setAttempt((count) => count + 1);
    const [retries] = useState(() => new Retries(again));
    useEffect(() => () => retries.stop(), []);
    useEffect(() => {
      if (Loaded) {
        return undefined;
      }
      let current = true;
      const slow = setTimeout(() => setFailed(true), SLOW_MS);
      load()
        .then(async (module) => {
          // Reading the module and drawing are two tasks, so that a key is not kept waiting by both.
          await nextTask();
          return module;
        })
        .then(
          (module) => {
            Loaded = module.default;
            retries.succeeded();
            setFailed(false);
            again();
          },
          (failure) => {
            if (current) {
              retries.failed(failure);
              setFailed(true);
            }
          },
        )
        .finally(() => clearTimeout(slow));
      return () => {
        current = false;
        clearTimeout(slow);
      };
    }, [attempt]);
    if (Loaded) {
      return html`<${Boundary} instead=${instead}><${Loaded} ...${props} /><//>`;
    }
    if (!failed) {
      return Frame === null && html`<${Waiting} />`;
    }
    const note = html`<${FailedPart} text=${say("partNotLoaded")} again=${again} />`;
    return Frame === null ? note : html`<${Frame} ...${props}>${note}<//>`;
  };
}

function LoadingNote() {
  return html`<p class="panel-note waiting" role="status">${say("loading")}</p>`;
}

/**
 * Loads a component that is not the default export of its module, for {@link lazy}.
 *
 * @param {() => Promise<any>} load @param {string} name
 */
export const named = (load, name) => () => load().then((module) => ({ default: module[name] }));
