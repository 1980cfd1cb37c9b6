import { h } from "preact";
import { useLayoutEffect, useReducer } from "preact/hooks";
import htm from "htm";

/** Markup as a tagged template: what is put into it is text, never markup. */
export const html = htm.bind(h);

/** Draws again whenever one of the models has changed. */
export function useModels(...models) {
  const [, redraw] = useReducer((count) => count + 1, 0);
  useLayoutEffect(() => {
    models.forEach((model) => model.addEventListener("change", redraw));
    // Something may have changed between the drawing and this.
    redraw();
    return () => models.forEach((model) => model.removeEventListener("change", redraw));
  }, models);
}
