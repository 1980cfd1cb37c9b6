/** The user's messages and changes in one room that have not arrived as events: some are stored, the others wait. */
export class OwnRequests {
  #room;
  #client;
  /** Stored requests. @type {Map<string, {request: Page.Request, history: number}>} */
  #stored = new Map();

  /** @param {string} room @param {Page.Client} client */
  constructor(room, client) {
    this.#room = room;
    this.#client = client;
  }

  /** @param {Page.Request} request @param {number} history number of the room's history in which it was stored */
  changed(request, history) {
    if (request.state === "sent") {
      this.#stored.set(request.id, { request, history });
    }
  }

  /** @param {string} id */
  cameBy(id) {
    this.#stored.delete(id);
  }

  /** Forgets the requests stored in an earlier history: each is in the new one too, or lost. @param {number} now */
  forgetBefore(now) {
    this.#stored.forEach(({ history }, id) => history < now && this.#stored.delete(id));
  }

  /**
   * Requests that fit: those stored after a seq, and then the waiting ones.
   *
   * @param {number} seq
   * @param {(request: Page.Request) => boolean} fits
   */
  after(seq, fits) {
    const stored = [...this.#stored.values()]
      .map(({ request }) => request)
      .filter((request) => /** @type {number} */ (request.seq) > seq);
    return [...stored, ...this.#client.unsent(this.#room)].filter(fits);
  }
}
