import { oneAtATime } from "./one-at-a-time.js";

/** Pause before a room is asked for, so that edits and deletes within it are counted together. */
const PAUSE_MS = 500;
/** Pause after which a room that could not be asked for is tried again. */
const AGAIN_MS = 5_000;

/** Asks the server for the counts of a room again: it alone knows which messages are counted. */
export class Recounts {
  #client;
  #ask;
  /** Actions that ask for a room, by its id. @type {Map<string, () => Promise<void>>} */
  #asking = new Map();

  /** @param {any} client @param {(room: string) => Promise<void>} ask for a room, and takes it in */
  constructor(client, ask) {
    this.#client = client;
    this.#ask = ask;
  }

  clear() {
    this.#asking.clear();
  }

  /** @param {string} room */
  async add(room) {
    const { user } = this.#client;
    if (!this.#asking.has(room)) {
      this.#asking.set(room, oneAtATime(() => this.#askAfterPause(room, user)));
    }
    await this.#asking.get(room)?.().catch((failure) => {
      // Without a connection, the lists that are loaded with the next one have the counts.
      if (failure.retryable && user === this.#client.user && this.#client.state === "online") {
        setTimeout(() => void this.add(room), AGAIN_MS);
      }
    });
  }

  async #askAfterPause(room, user) {
    await new Promise((waited) => setTimeout(waited, PAUSE_MS));
    if (user === this.#client.user) {
      await this.#ask(room);
    }
  }
}
