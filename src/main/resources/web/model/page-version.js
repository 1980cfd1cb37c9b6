import { Model } from "./model.js";

/** Time from the first connection to the load of the page's part for the service worker, so that the first look has the network for itself. */
const LOAD_AFTER_MS = 1_000;

/** New version of the page, once the service worker has one. {@link import("./page-worker.js").PageWorker} is loaded after the first look. */
export class PageVersion extends Model {
  #client;
  /** @type {import("./page-worker.js").PageWorker | null} */
  #worker = null;
  #isAwaited = false;

  /** @param {Page.Client} client */
  constructor(client) {
    super();
    this.#client = client;
  }

  /** True while a new version is there that the user has not put off. */
  get offered() {
    return this.#worker?.offered ?? false;
  }

  /** Loads the new version of the page. */
  accept() {
    return this.#worker?.accept();
  }

  /** Does not offer this version any more. */
  putOff() {
    this.#worker?.putOff();
  }

  start() {
    if (isFromWorker()) {
      void this.#load();
    } else {
      this.#client.on("state", ({ state }) => state === "online" && this.#loadSoon());
    }
  }

  #loadSoon() {
    if (!this.#isAwaited) {
      this.#isAwaited = true;
      setTimeout(() => this.#load(), LOAD_AFTER_MS);
    }
  }

  /** The next connection tries again when this fails. */
  async #load() {
    try {
      const { PageWorker } = await import("./page-worker.js");
      this.#worker = new PageWorker(this.#client);
      this.#worker.addEventListener("change", () => this.changed());
      this.#worker.start();
    } catch {
      this.#isAwaited = false;
    }
  }
}

/** True of a page that comes from the service worker. */
export function isFromWorker() {
  try {
    return Boolean(navigator.serviceWorker?.controller);
  } catch {
    return false;
  }
}
