import { FallbackStorage } from "../parlance-client/index.js";
import { Model } from "./model.js";
import { Retries } from "./retries.js";

/** What the browser keeps for the page, and whether it does. The page works on without it, from memory. */
export class BrowserStorage extends Model {
  /** For all tabs. */
  local = new FallbackStorage(() => localStorage, () => this.#troubleChanged());
  /** For this tab. */
  session = new FallbackStorage(() => sessionStorage, () => this.#troubleChanged());
  #retries = new Retries(() => this.#writeAgain());

  /** @returns {"blocked" | "full" | null} null while all that is kept survives a reload */
  get trouble() {
    const parts = [this.local, this.session];
    if (parts.some((part) => part.blocked)) {
      return "blocked";
    }
    return parts.every((part) => part.lasting) ? null : "full";
  }

  #troubleChanged() {
    if (this.trouble === "full") {
      this.#retries.failed({});
    }
    this.changed();
  }

  #writeAgain() {
    if ([this.local, this.session].every((part) => part.writeAgain())) {
      this.#retries.succeeded();
    } else {
      this.#retries.failed({});
    }
  }
}
