import { useEffect, useState } from "preact/hooks";
import { Retries } from "../model/retries.js";
import { Boundary } from "./boundary.js";
import { FailedPart, instead } from "./failed-part.js";
import { html } from "./html.js";

/** A network that is gone can leave an import waiting for ever. */
const TIMEOUT_MS = 15_000;

/**
 * A component whose module is fetched when it is first drawn, so that nobody waits for it at the door. It is what its
 * module exports as default. While the module cannot be loaded, that is said in its place, and it is tried again by and by.
 *
 * @param {() => Promise<{default: any}>} load
 * @param {any} [Frame] component around what is shown before the module is there
 */
export function lazy(load, Frame = ({ children }) => children) {
  let Loaded = null;
  return function Lazy(props) {
    const [failed, setFailed] = useState(false);
    const [attempt, setAttempt] = useState(0);
    const again = () => setAttempt((count) => count + 1);
    const [retries] = useState(() => new Retries(again));
    useEffect(() => () => retries.stop(), []);
    useEffect(() => {
      let current = !Loaded;
      if (current) {
        inTime(load()).then(
          (module) => {
            Loaded = module.default;
            retries.succeeded();
            current && setFailed(false);
            current && again();
          },
          (failure) => {
            if (current) {
              retries.failed(failure);
              setFailed(true);
            }
          },
        );
      }
      return () => (current = false);
    }, [attempt]);
    if (Loaded) {
      return html`<${Boundary} instead=${instead}><${Loaded} ...${props} /><//>`;
    }
    return html`<${Frame} ...${props}>
      ${failed
        ? html`<${FailedPart} text="This part of the page could not be loaded." again=${again} />`
        : html`<p class="panel-note waiting" role="status">Loading …</p>`}
    <//>`;
  };
}

/** @template T @param {Promise<T>} promise @returns {Promise<T>} */
async function inTime(promise) {
  let timer;
  const late = new Promise((_, failed) => {
    timer = setTimeout(() => failed(new Error("The module was not loaded in time")), TIMEOUT_MS);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
