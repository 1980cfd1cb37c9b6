import { useEffect, useState } from "preact/hooks";
import { html } from "./html.js";

/**
 * A component whose module is fetched when it is first drawn, so that nobody waits for it at the door. It is what its
 * module exports as default.
 *
 * @param {() => Promise<{default: any}>} load
 */
export function lazy(load) {
  let Loaded = null;
  return function Lazy(props) {
    const [, draw] = useState(0);
    useEffect(() => {
      if (!Loaded) {
        load().then(
          (module) => {
            Loaded = module.default;
            draw(1);
          },
          () => {
            props.chat.toasts.error("That part of the page could not be loaded. Please try again.");
            props.close?.();
          },
        );
      }
    }, []);
    return Loaded && html`<${Loaded} ...${props} />`;
  };
}
