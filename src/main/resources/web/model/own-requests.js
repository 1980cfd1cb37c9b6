/** Own messages and changes in one room that have not come by yet: some are stored, the others wait. */
export class OwnRequests {
  #room;
  #client;
  /** Those that are stored. @type {Map<string, {request: any, history: number}>} */
  #stored = new Map();

  constructor(room, client) {
    this.#room = room;
    this.#client = client;
  }

  /** @param {any} request @param {number} history number of the room's history in which it was stored */
  changed(request, history) {
    if (request.state === "sent") {
      this.#stored.set(request.id, { request, history });
    }
  }

  cameBy(id) {
    this.#stored.delete(id);
  }

  /** Forgets what was stored in an earlier history: it is in the new one too, or lost. */
  forgetBefore(now) {
    this.#stored.forEach(({ history }, id) => history < now && this.#stored.delete(id));
  }

  /** Those that fit: what is stored after a seq, and then what waits. */
  after(seq, fits) {
    const stored = [...this.#stored.values()].map(({ request }) => request).filter((request) => request.seq > seq);
    return [...stored, ...this.#client.unsent(this.#room)].filter(fits);
  }
}
