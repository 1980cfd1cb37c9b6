/** The user's messages and changes in one room that have not arrived as events: some are stored, the others wait. */
export class OwnRequests {
  #room;
  #client;
  /** Stored requests. @type {Map<string, {request: any, history: number}>} */
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

  /** Forgets the requests stored in an earlier history: each is in the new one too, or lost. */
  forgetBefore(now) {
    this.#stored.forEach(({ history }, id) => history < now && this.#stored.delete(id));
  }

  /** Requests that fit: those stored after a seq, and then the waiting ones. */
  after(seq, fits) {
    const stored = [...this.#stored.values()].map(({ request }) => request).filter((request) => request.seq > seq);
    return [...stored, ...this.#client.unsent(this.#room)].filter(fits);
  }
}
