/**
 * A server with one room that plays rare faults: its database goes back to an earlier state and continues from there,
 * while connections stay or are lost, and while pages are read. Frames and answers take a random number of turns; those
 * of one connection keep their order.
 */
const HEADER = { open: 1, closed: 3 };

export class ScriptedServer {
  /** @type {{seq: number, stamp: string, kind: string, sender: string, id: string, at: string, text?: string}[]} */
  events = [];
  room = "garden";
  /** Ids of the received requests, once for each receipt. @type {string[]} */
  received = [];
  #sockets = new Set();
  #random;
  #catchUpLimit;
  #away = false;
  #made = 0;

  constructor(random, { catchUpLimit }) {
    this.#random = random;
    this.#catchUpLimit = catchUpLimit;
  }

  get head() {
    return this.events.length;
  }

  /** Options of a client that connects to this server. */
  get options() {
    const server = this;
    const WebSocket = class extends ScriptedSocket {
      constructor() {
        super(server);
        server.connect(this);
      }
    };
    return /** @type {any} all that a client uses of them */ ({
      origin: "http://scripted",
      WebSocket,
      fetch: (url) => this.#fetch(new URL(url)),
    });
  }

  /** Appends an event of another user, which all clients in the room receive. */
  append(event = {}) {
    const seq = this.events.length + 1;
    const stored = {
      seq,
      stamp: this.#stamp(),
      kind: "message",
      sender: "bob",
      id: `id-${this.#made}`,
      at: "2026-01-31T12:00:00Z",
      ...event,
    };
    this.events.push(stored);
    this.#joined().forEach((socket) => socket.give({ type: "event", roomId: this.room, ...stored }));
    return stored;
  }

  /** Restores the database to its state some events ago; connected clients get a reset, or are cut. */
  restore(lost, { cut }) {
    this.events = this.events.slice(0, Math.max(1, this.events.length - lost));
    if (cut) {
      this.#sockets.forEach((socket) => socket.cut());
    } else {
      this.#joined().forEach((socket) => socket.give({ type: "reset", roomId: this.room, since: 0, head: this.head }));
    }
  }

  cutAll() {
    this.#sockets.forEach((socket) => socket.cut());
  }

  /** Refuses all connections while the server is away. */
  setAway(away) {
    this.#away = away;
    if (away) {
      this.cutAll();
    }
  }

  connect(socket) {
    this.#later(() => {
      if (this.#away) {
        socket.cut();
      } else {
        this.#sockets.add(socket);
        socket.opened();
      }
    });
  }

  disconnect(socket) {
    this.#sockets.delete(socket);
  }

  /** Processes one frame of a client. */
  receive(socket, frame) {
    const answer = (fields) => socket.give({ ref: frame.ref, roomId: frame.roomId, ...fields });
    if (frame.id !== undefined) {
      this.received.push(frame.id);
    }
    switch (frame.type) {
      case "auth":
        return answer({ type: "welcome", userId: "alice" });
      case "join":
        return this.#join(socket, frame, answer);
      case "post":
        return this.#store(frame, frame.replyTo, answer);
      case "edit":
        return this.#store(frame, frame.seq, answer);
      case "markRead":
        return this.#names(frame.seq, frame.stamp)
          ? answer({ type: "readMarker", readTo: frame.seq, head: this.head })
          : answer(CHANGED);
      default:
        return answer({ type: "pong" });
    }
  }

  #store({ id, type, roomId, ref, seq: _, stamp, ...fields }, target, answer) {
    const known = this.events.find((event) => event.id === id);
    if (!known && target !== undefined && !this.#names(target, stamp)) {
      return answer(CHANGED);
    }
    const stored = known ?? this.append({ id, sender: "alice", ...fields });
    return answer({ type: "ack", id, seq: stored.seq, stamp: stored.stamp });
  }

  /** True for the seq and stamp of an event; a missing stamp always fits, but proves nothing. */
  #names(seq, stamp) {
    return (
      seq === 0 || (this.events[seq - 1] !== undefined && (stamp ?? this.events[seq - 1].stamp) === this.events[seq - 1].stamp)
    );
  }

  #join(socket, { since, stamp }, answer) {
    socket.isJoined = true;
    answer({ type: "joined", head: this.head });
    const from = since ?? Math.max(0, this.head - 20);
    if (!this.#names(from, stamp)) {
      answer({ type: "reset", since: 0, head: this.head, ref: undefined });
    } else if (this.head - from > this.#catchUpLimit && since !== undefined) {
      answer({ type: "reset", since: from, head: this.head, ref: undefined });
    } else if (this.head > from) {
      answer({ type: "events", events: this.events.slice(from), ref: undefined });
    }
  }

  #joined() {
    return [...this.#sockets].filter((socket) => socket.isJoined);
  }

  /** The pages of the room's history. */
  async #fetch(url) {
    await this.#turns();
    const after = url.searchParams.get("after");
    const limit = Number(url.searchParams.get("limit"));
    if (after !== null && !this.#names(Number(after), url.searchParams.get("stamp") ?? undefined)) {
      return url.searchParams.has("stamp") ? json(409, CHANGED) : json(200, { events: [], head: this.head });
    }
    const from = after === null ? Math.max(0, this.head - limit) : Number(after);
    const answer = json(200, { events: this.events.slice(from, from + limit), head: this.head });
    await this.#turns();
    return this.#away ? Promise.reject(new Error("away")) : answer;
  }

  /** Eight characters, as servers make them. */
  #stamp() {
    return (
      String(this.#made++).padStart(3, "0") +
      Math.floor(this.#random() * 36 ** 5)
        .toString(36)
        .padStart(5, "0")
    );
  }

  async #turns() {
    for (let i = Math.floor(this.#random() * 4); i > 0; i--) {
      await new Promise((turn) => setImmediate(turn));
    }
  }

  /** @returns {Promise<void>} */
  async #later(action) {
    await this.#turns();
    action();
  }

  /** Waits for the next turns of a connection. */
  wait() {
    return this.#turns();
  }
}

const CHANGED = { type: "error", code: "history.changed", detail: "The history has changed", retryable: false };

const json = (status, body) => ({ ok: status === 200, status, text: async () => JSON.stringify(body) });

/** The client's end of a connection. */
class ScriptedSocket extends EventTarget {
  readyState = 0;
  isJoined = false;
  #server;
  #queue = Promise.resolve();

  constructor(server) {
    super();
    this.#server = server;
  }

  opened() {
    if (this.readyState === 0) {
      this.readyState = HEADER.open;
      this.dispatchEvent(new Event("open"));
    }
  }

  send(text) {
    this.#inOrder(() => this.#server.receive(this, JSON.parse(text)));
  }

  /** Delivers a frame to the client. */
  give(frame) {
    const data = JSON.stringify(frame);
    this.#inOrder(() => this.dispatchEvent(Object.assign(new Event("message"), { data })));
  }

  close() {
    this.cut();
  }

  cut() {
    if (this.readyState !== HEADER.closed) {
      this.readyState = HEADER.closed;
      this.#server.disconnect(this);
      setImmediate(() => this.dispatchEvent(Object.assign(new Event("close"), { code: 1006 })));
    }
  }

  #inOrder(action) {
    this.#queue = this.#queue
      .then(() => this.#server.wait())
      .then(() => {
        if (this.readyState === HEADER.open) {
          action();
        }
      });
  }
}
