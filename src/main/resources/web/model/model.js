/** State that the page shows: notifies its views of changes, once for all changes of a turn. */
export class Model extends EventTarget {
  #told = true;

  changed() {
    if (this.#told) {
      this.#told = false;
      queueMicrotask(() => {
        this.#told = true;
        this.dispatchEvent(new Event("change"));
      });
    }
  }
}
