import { Timeline } from "./timeline.js";

const KEPT = 12;

/** The timelines of the rooms that were looked at lately. */
export class Timelines {
  #client;
  /** @type {Map<string, Timeline>} the one used last is last */
  #timelines = new Map();

  constructor(client) {
    this.#client = client;
    client.on("event", ({ room, event }) => this.#timelines.get(room)?.take(event));
    client.on("request", ({ room, request }) => this.#timelines.get(room)?.requestChanged(request));
    client.on("reset", ({ room, head }) => this.#timelines.get(room)?.reset(head));
    client.on("state", ({ state }) => {
      if (state === "online") {
        this.#timelines.forEach((timeline) => timeline.again());
      }
    });
  }

  of(room) {
    const timeline = this.#timelines.get(room) ?? new Timeline(room, this.#client);
    this.#timelines.delete(room);
    this.#timelines.set(room, timeline);
    if (this.#timelines.size > KEPT) {
      this.#timelines.delete(this.#timelines.keys().next().value);
    }
    return timeline;
  }

  clear() {
    this.#timelines.clear();
  }
}
