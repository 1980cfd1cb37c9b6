/** State that the page shows: notifies its views of changes, once for all changes of a turn. */
export class Model extends EventTarget {
  #told = true;
  /** Number of changes so far. */
  version = 0;

  changed() {
    this.version++;
    if (this.#told) {
      this.#told = false;
      queueMicrotask(() => {
        this.#told = true;
        this.dispatchEvent(new Event("change"));
      });
    }
  }
}
