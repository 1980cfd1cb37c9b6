import { Model } from "./model.js";

const SCRIPT = "/worker.js";

/** Prefix of the names of the worker's caches, see worker.js. */
const CACHES = "parlance-page ";

/** Time from the first connection to the install, so that the first view has the network for itself. */
const INSTALL_AFTER_MS = 2_000;

/** Browsers that lost one node together look for a new version within this time of the next connection, at random. */
const CHECK_WITHIN_MS = 30_000;
const CHECK_EVERY_MS = 3_600_000;

/** Time after which the page is loaded again although the new worker has not taken over. */
const TAKEN_OVER_WITHIN_MS = 3_000;

/**
 * The service worker, which opens the page without a network, and the new version of the page that it has fetched. A
 * page without TLS, except on this machine, has none, and works without it.
 */
export class PageWorker extends Model {
  /** True when there is a new version that the user has not postponed. */
  offered = false;
  #client;
  #container;
  /** @type {ServiceWorkerRegistration | null} */
  #registration = null;
  /** True from the first install on. */
  #begun = false;
  #isControlled = false;
  /** True when this page is of another version than the worker, or the server's. */
  #isOutdated = false;
  #isAccepted = false;
  /** Version that the user has postponed. @type {ServiceWorker | "outdated" | null} */
  #putOff = null;

  /** @param {Page.Client} client */
  constructor(client) {
    super();
    this.#client = client;
    this.#container = containerOf();
  }

  /** Installs the worker once the user is connected, and follows an installed one. */
  start() {
    if (!this.#container) {
      return;
    }
    this.#isControlled = this.#container.controller !== null;
    this.#container.addEventListener("controllerchange", () => this.#controllerChanged());
    this.#client.on("state", ({ state }) => state === "online" && this.#online());
    if (this.#isControlled || this.#client.state === "online") {
      this.#begin();
    }
  }

  /** Loads the new version of the page. Drafts are stored before. */
  async accept() {
    await this.#client.store.update("reload/", () => {});
    this.#isAccepted = true;
    const waiting = this.#registration?.waiting;
    if (waiting) {
      waiting.postMessage({ type: "activate" });
      setTimeout(() => location.reload(), TAKEN_OVER_WITHIN_MS);
    } else {
      location.reload();
    }
  }

  /** Postpones this version: it is not offered again. */
  putOff() {
    this.#putOff = this.#isOutdated ? "outdated" : (this.#registration?.waiting ?? null);
    this.#look();
  }

  #online() {
    if (this.#begun) {
      setTimeout(() => this.#check(), Math.random() * CHECK_WITHIN_MS);
    } else {
      this.#begin();
    }
  }

  #begin() {
    this.#begun = true;
    setTimeout(() => whenIdle(() => this.#register()), INSTALL_AFTER_MS);
    setInterval(() => this.#check(), CHECK_EVERY_MS);
  }

  async #register() {
    try {
      // A browser that allows no workers may return nothing.
      this.#registration =
        (await /** @type {ServiceWorkerContainer} */ (this.#container).register(script(), { updateViaCache: "none" })) ?? null;
    } catch {
      return;
    }
    this.#registration?.addEventListener("updatefound", () => {
      this.#registration?.installing?.addEventListener("statechange", () => this.#look());
    });
    this.#look();
    if (this.#isControlled) {
      await this.#check();
    }
  }

  /** Checks for a new version. */
  async #check() {
    try {
      await this.#registration?.update();
    } catch {
      await this.#removeIfGone();
    }
  }

  /** Removes the worker when the server has none any more. */
  async #removeIfGone() {
    const answer = await fetch(SCRIPT, { cache: "no-store" }).catch(() => null);
    const isPage = answer?.ok && !/javascript/.test(answer.headers.get("Content-Type") ?? "");
    if (answer?.status === 404 || answer?.status === 410 || isPage) {
      await this.#registration?.unregister();
      this.#registration = null;
      const names = (await caches.keys()).filter((name) => name.startsWith(CACHES));
      await Promise.all(names.map((name) => caches.delete(name)));
      this.#isOutdated = true;
      this.#look();
    }
  }

  /**
   * Reloads the page when another tab, or this one, has accepted the new version; the first worker of all changes
   * nothing.
   */
  #controllerChanged() {
    if (this.#isAccepted) {
      location.reload();
    } else if (this.#isControlled) {
      this.#isOutdated = true;
      this.#look();
    }
    this.#isControlled = true;
  }

  #look() {
    const waiting = this.#isControlled ? (this.#registration?.waiting ?? null) : null;
    const found = this.#isOutdated ? "outdated" : waiting;
    this.offered = found !== null && found !== this.#putOff;
    this.changed();
  }
}

/** The browser's container of workers; null where it has none, or blocks it with the storage. */
function containerOf() {
  try {
    return navigator.serviceWorker ?? null;
  } catch {
    return null;
  }
}

/** URL of the script, which alone of all scripts may become a worker (Trusted Types). */
function script() {
  const policy = globalThis.trustedTypes?.createPolicy("parlance-worker", { createScriptURL: () => SCRIPT });
  return policy?.createScriptURL(SCRIPT) ?? SCRIPT;
}

/** @param {() => void} action */
function whenIdle(action) {
  if ("requestIdleCallback" in globalThis) {
    requestIdleCallback(action, { timeout: INSTALL_AFTER_MS });
  } else {
    action();
  }
}
