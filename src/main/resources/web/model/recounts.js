import { oneAtATime } from "./one-at-a-time.js";

/** Pause before a room is recounted, so that edits and deletes within it are counted together. */
const PAUSE_MS = 500;
/** Pause before the retry of a failed recount. */
const AGAIN_MS = 5_000;

/** Requests the counts of a room again, because only the server knows which messages are counted. */
export class Recounts {
  #client;
  #ask;
  /** Recounts by room id. @type {Map<string, () => Promise<void>>} */
  #asking = new Map();

  /** @param {Page.Client} client @param {(room: string) => Promise<void>} ask loads a room and applies its counts */
  constructor(client, ask) {
    this.#client = client;
    this.#ask = ask;
  }

  clear() {
    this.#asking.clear();
  }

  /** @param {string} room */
  async add(room) {
    const { userId: user } = this.#client;
    if (!this.#asking.has(room)) {
      this.#asking.set(
        room,
        oneAtATime(() => this.#askAfterPause(room, user)),
      );
    }
    await this.#asking
      .get(room)?.()
      .catch((failure) => {
        // Without a connection nothing is requested: the lists of the next connection have the counts.
        if (failure.retryable && user === this.#client.userId && this.#client.state === "online") {
          setTimeout(() => void this.add(room), AGAIN_MS);
        }
      });
  }

  /** @param {string} room @param {string | null} user */
  async #askAfterPause(room, user) {
    await new Promise((waited) => setTimeout(waited, PAUSE_MS));
    if (user === this.#client.userId) {
      await this.#ask(room);
    }
  }
}
