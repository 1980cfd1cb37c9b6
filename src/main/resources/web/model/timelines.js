import { NO_COPIES } from "./kept-run.js";
import { Timeline } from "./timeline.js";

const KEPT = 12;

/** Timelines of the recently viewed rooms. */
export class Timelines {
  #client;
  /** @type {Map<string, Timeline>} the most recently used one is last */
  #timelines = new Map();
  /** Rooms that were joined before. @type {Set<string>} */
  #followed = new Set();
  /** Copy in the browser, see {@link OfflineCopy}. */
  copies = NO_COPIES;

  /** @param {Page.Client} client */
  constructor(client) {
    this.#client = client;
    client.on("event", ({ roomId, event }) => this.#timelines.get(roomId)?.take(event));
    client.on("request", ({ roomId, request }) => this.#timelines.get(roomId)?.requestChanged(request));
    client.on("reset", (reset) => this.#reset(reset));
    client.on("joined", ({ roomId }) => this.#joined(roomId));
    client.on("state", ({ state }) => {
      if (state === "online") {
        this.#timelines.forEach((timeline) => timeline.again());
      }
    });
  }

  /** @param {string} room */
  of(room) {
    const timeline = this.#timelines.get(room) ?? new Timeline(room, this.#client, this.copies);
    this.#timelines.delete(room);
    this.#timelines.set(room, timeline);
    if (this.#timelines.size > KEPT) {
      this.#timelines.delete(/** @type {string} */ (this.#timelines.keys().next().value));
    }
    return timeline;
  }

  /** @param {string} room */
  has(room) {
    return this.#timelines.has(room);
  }

  /**
   * A message in the state that one of the timelines has; undefined for any other.
   *
   * @param {string} room
   * @param {number | undefined} seq
   */
  message(room, seq) {
    return this.#timelines.get(room)?.message(seq);
  }

  clear() {
    this.#timelines.clear();
    this.#followed.clear();
  }

  /**
   * Loads the timelines of a room with a changed history again, but only those on the screen.
   *
   * @param {{roomId: string, since: number, head: number}} given
   */
  #reset({ roomId, since, head }) {
    const timeline = this.#timelines.get(roomId);
    if (since === 0 && timeline?.place === null) {
      this.#timelines.delete(roomId);
    } else {
      timeline?.reset({ since, head });
    }
  }

  /**
   * Checks a timeline that was loaded before the room was followed; later on the client proves its history.
   *
   * @param {string} room
   */
  #joined(room) {
    if (!this.#followed.has(room)) {
      this.#followed.add(room);
      this.#timelines.get(room)?.check();
    }
  }
}
