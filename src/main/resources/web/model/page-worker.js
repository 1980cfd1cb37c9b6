import { Model } from "./model.js";

const SCRIPT = "/worker.js";

/** Begins the names of the worker's caches, see worker.js. */
const CACHES = "parlance-page ";

/** Time from the first connection to the install, so that the first look has the network for itself. */
const INSTALL_AFTER_MS = 2_000;

/** Browsers that lost one node together look for a new version within this time of the next connection, at random. */
const CHECK_WITHIN_MS = 30_000;
const CHECK_EVERY_MS = 3_600_000;

/** Time after which the page is loaded again although the new worker has not taken over. */
const TAKEN_OVER_WITHIN_MS = 3_000;

/**
 * The service worker, by which the page opens without a network, and the new version of the page that it has fetched. A
 * page without TLS, but for one of this machine, has none, and works without it.
 */
export class PageWorker extends Model {
  /** Whether a new version is there that the user has not put off. */
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
  /** The version that the user has put off. @type {ServiceWorker | "outdated" | null} */
  #putOff = null;

  constructor(client) {
    super();
    this.#client = client;
    this.#container = containerOf();
  }

  /** Installs the worker once the user is connected; follows one that is there. */
  start() {
    if (!this.#container) {
      return;
    }
    this.#isControlled = this.#container.controller !== null;
    this.#container.addEventListener("controllerchange", () => this.#controllerChanged());
    this.#client.on("state", ({ state }) => state === "online" && this.#online());
    if (this.#isControlled) {
      this.#begin();
    }
  }

  /** Loads the page again, of the new version. What is written is stored before. */
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

  /** Does not offer this version any more. */
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
      // A browser that is told to allow no workers may answer with nothing.
      this.#registration = (await this.#container.register(script(), { updateViaCache: "none" })) ?? null;
    } catch {
      return;
    }
    this.#registration?.addEventListener("updatefound", () => {
      this.#registration.installing?.addEventListener("statechange", () => this.#look());
    });
    this.#look();
    if (this.#isControlled) {
      await this.#check();
    }
  }

  /** Looks for a new version. */
  async #check() {
    try {
      await this.#registration?.update();
    } catch {
      await this.#removeIfGone();
    }
  }

  /** A server that has no worker any more is served as it is. */
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

  /** Another tab has accepted the new version, or this one; the first worker of all changes nothing. */
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

/** The script, which alone of all scripts may become a worker (Trusted Types). */
function script() {
  const policy = globalThis.trustedTypes?.createPolicy("parlance-worker", { createScriptURL: () => SCRIPT });
  return policy?.createScriptURL(SCRIPT) ?? SCRIPT;
}

function whenIdle(action) {
  if ("requestIdleCallback" in globalThis) {
    requestIdleCallback(action, { timeout: INSTALL_AFTER_MS });
  } else {
    action();
  }
}
