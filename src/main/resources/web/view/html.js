import { Component, h } from "preact";
import { useLayoutEffect, useMemo, useReducer, useRef } from "preact/hooks";
import htm from "htm";
import { drawByFrame, paced } from "./frames.js";

/** @typedef {(before: any, now: any, name: string) => boolean} IsSameProperty compares values of one property, which have its type */

/** Markup as a tagged template. Inserted values are text, never markup. */
export const html = htm.bind(h);

/** Redraws the component when one of the models has changed. @param {...Page.Model} models */
export function useModels(...models) {
  useValue(() => models.map((model) => model.version), ...models);
}

/**
 * Redraws the component when the model has changed, at most once in a pause. The user's own actions need another hook,
 * since they must show at once.
 *
 * @param {number} pauseMs
 * @param {Page.Model} model
 */
export function usePaced(pauseMs, model) {
  const [, draw] = /** @type {[number, () => void]} */ (useReducer((count) => count + 1, 0));
  const changed = useMemo(() => paced(draw, pauseMs), []);
  useLayoutEffect(() => {
    model.addEventListener("change", changed);
    return () => model.removeEventListener("change", changed);
  }, [model]);
}

/**
 * Value computed from models. The component is redrawn when a change of the models changes the value; of an array, one
 * of its elements.
 *
 * @template T
 * @param {() => T} read
 * @returns {T}
 * @param {...Page.Model} models
 */
export function useValue(read, ...models) {
  const [, draw] = /** @type {[number, () => void]} */ (useReducer((count) => count + 1, 0));
  const drawn = useRef(/** @type {{read: () => T, value: T}} */ (/** @type {unknown} */ (null)));
  const value = read();
  drawn.current = { read, value };
  useLayoutEffect(() => {
    const isOutdated = () => !isSame(drawn.current.value, drawn.current.read());
    const changed = () => isOutdated() && drawByFrame(draw);
    models.forEach((model) => model.addEventListener("change", changed));
    // Something may have changed between the drawing and this.
    if (isOutdated()) {
      draw();
    }
    return () => models.forEach((model) => model.removeEventListener("change", changed));
  }, models);
  return value;
}

/**
 * A component that its parent does not draw again while its properties are the same, only its own state and models do. The hooks
 * are of a component below it: Preact asks one with hooks whether it is to be drawn, takes its pending state with that, and when
 * the parent has drawn it as the same element, such as children that are passed on, never draws that state.
 *
 * @param {(properties: any) => Page.Children} draw a component, which has properties of its own
 * @param {IsSameProperty} [isSameProperty]
 */
export function memo(draw, isSameProperty = Object.is) {
  return class Memo extends Component {
    /** @param {Record<string, unknown>} now */
    shouldComponentUpdate(now) {
      return differs(this.props, now, isSameProperty);
    }

    /** @param {Record<string, unknown>} properties */
    render(properties) {
      return h(draw, properties);
    }
  };
}

/**
 * @param {Record<string, unknown>} before
 * @param {Record<string, unknown>} now
 * @param {IsSameProperty} isSameProperty
 */
function differs(before, now, isSameProperty) {
  const names = Object.keys(now);
  return names.length !== Object.keys(before).length || names.some((name) => !isSameProperty(before[name], now[name], name));
}

/** True of the same values, and of arrays of the same. @param {unknown} one @param {unknown} other */
export function isSame(one, other) {
  return (
    Object.is(one, other) ||
    (Array.isArray(one) &&
      Array.isArray(other) &&
      one.length === other.length &&
      one.every((each, i) => Object.is(each, other[i])))
  );
}
