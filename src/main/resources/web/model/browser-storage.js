import { FallbackStorage } from "../parlance-client/storage.js";
import { Model } from "./model.js";
import { Retries } from "./retries.js";

/** The browser's `localStorage` for the page, and its failure. Without it the page works from memory. */
export class BrowserStorage extends Model {
  local = new FallbackStorage(
    () => localStorage,
    () => this.#troubleChanged(),
  );
  #retries = new Retries(() => this.#writeAgain());

  /** @returns {"blocked" | "full" | null} null while everything stored survives a reload */
  get trouble() {
    if (this.local.blocked) {
      return "blocked";
    }
    return this.local.lasting ? null : "full";
  }

  #troubleChanged() {
    if (this.trouble === "full") {
      this.#retries.failed({});
    }
    this.changed();
  }

  #writeAgain() {
    if (this.local.writeAgain()) {
      this.#retries.succeeded();
    } else {
      this.#retries.failed({});
    }
  }
}
