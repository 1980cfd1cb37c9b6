/**
 * @typedef {import("./events.js").Events} Events
 */

/** Target of the library's events, with their types. */
export class Emitter extends EventTarget {
  /**
   * Listens to one type of {@link Events}; so does `addEventListener`, with the same value as `detail`.
   *
   * @template {keyof Events} T
   * @param {T} type
   * @param {(detail: Events[T]) => void} listener
   * @returns {() => void} removes the listener
   */
  on(type, listener) {
    const handler = (/** @type {Event} */ event) => listener(/** @type {CustomEvent} */ (event).detail);
    this.addEventListener(type, handler);
    return () => this.removeEventListener(type, handler);
  }

  /** @protected @template {keyof Events} T @param {T} type @param {Events[T]} detail */
  tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}
