import { Joins } from "./joins.js";
import { RoomFeed } from "./room-feed.js";

/** The followed rooms: each has its feed, which receives the frames of the room. */
export class Feeds {
  /** @type {Map<string, RoomFeed>} */
  #feeds = new Map();
  #port;
  #joins;
  #settings;

  /**
   * @param {import("./room-feed.js").FeedPort} port
   * @param {import("./settings.js").Settings} settings
   */
  constructor(port, settings) {
    this.#joins = new Joins(port, settings.joinsAtOnce);
    this.#port = { ...port, ask: this.#joins.ask.bind(this.#joins) };
    this.#settings = settings;
  }

  /**
   * Follows a room, unless it is followed already.
   *
   * @param {string} room
   * @param {(import("./protocol.js").Cursor & {first: number}) | null} since
   * @param {number} pageAtMost
   * @param {boolean} isOnline
   */
  add(room, since, pageAtMost, isOnline) {
    if (this.#feeds.has(room)) {
      return;
    }
    const feed = new RoomFeed(room, since, this.#port, { ...this.#settings, pageAtMost });
    this.#feeds.set(room, feed);
    if (isOnline) {
      feed.online();
    }
  }

  /** @param {string} room @returns {boolean} true when the room was followed until now */
  remove(room) {
    this.#feeds.get(room)?.lost();
    return this.#feeds.delete(room);
  }

  /**
   * @param {string} room @returns {boolean} true when the server has it joined, so that sends to it are acknowledged
   */
  isJoined(room) {
    return this.#feeds.get(room)?.isJoined ?? false;
  }

  online() {
    this.#feeds.forEach((feed) => feed.online());
  }

  lost() {
    this.#joins.lost();
    this.#feeds.forEach((feed) => feed.lost());
  }

  clear() {
    this.lost();
    this.#feeds.clear();
  }

  /** @param {import("./protocol.js").ServerFrame} frame @returns {boolean} true for a frame of a room's events */
  take(frame) {
    switch (frame.type) {
      case "event":
        this.#feeds.get(frame.roomId)?.take([/** @type {import("./protocol.js").RoomEvent} */ (/** @type {unknown} */ (frame))]);
        return true;
      case "events":
        this.#feeds.get(frame.roomId)?.take(frame.events);
        return true;
      case "reset":
        this.#feeds.get(frame.roomId)?.reset(frame);
        return true;
      case "heads":
        Object.entries(frame.heads).forEach(([room, head]) => this.#feeds.get(room)?.head(head));
        return true;
      default:
        return false;
    }
  }
}
