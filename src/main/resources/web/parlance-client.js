/**
 * A client of Parlance that keeps the client's side of the delivery contract: it resumes where it was, shows every event
 * once and in order, and sends again, with the same id, what was not acknowledged. No dependencies; runs in browsers and
 * in Node 20 and later with a WebSocket given.
 *
 * It fires these events on itself:
 *   state     detail {state}: "offline" | "connecting" | "online"
 *   event     detail {room, event}: the next event of a joined room, in rising seq
 *   joined    detail {room, head}
 *   reset     detail {room, from, head}: too far behind; page from + 1 to head by history()
 *   left      detail {room}
 *   message   detail {room, message}: an own message changed its state
 *   signedout the session is over
 */

const RETRY_BASE_MS = 250;
const RETRY_CAP_MS = 10_000;
const RENEW_BEFORE_MS = 60_000;
const ANSWER_TIMEOUT_MS = 10_000;
const CLOSE_UNAUTHENTICATED = 4401;

/** A failure with a code of the server's catalogue; "network" when the server could not be reached. */
export class ParlanceError extends Error {
  /** @param {string} code @param {string} message @param {boolean} retryable */
  constructor(code, message, retryable) {
    super(message);
    this.code = code;
    this.retryable = retryable;
  }
}

/**
 * @typedef {{id: string, text: string, state: "sending" | "sent" | "failed", seq?: number, reason?: string}} OwnMessage
 * @typedef {{last: number | null, joined: boolean, joining: boolean, queue: OwnMessage[], inFlight: OwnMessage | null}} Room
 */

export class ParlanceClient extends EventTarget {
  /** @type {Map<string, Room>} */
  #rooms = new Map();
  #session = null;
  #socket = null;
  #state = "offline";
  #attempts = 0;
  #refs = new Map();
  #nextRef = 1;
  #timers = new Set();
  #refreshing = null;
  #options;

  /**
   * @param {{origin: string, fetch?: typeof fetch, WebSocket?: typeof WebSocket, random?: () => number,
   *   saveSession?: (session: object | null) => void}} options origin such as https://chat.example.org
   */
  constructor(options) {
    super();
    this.#options = {
      fetch: (...request) => globalThis.fetch(...request),
      WebSocket: globalThis.WebSocket,
      random: Math.random,
      saveSession: () => {},
      ...options,
    };
  }

  get user() {
    return this.#session?.userId ?? null;
  }

  get state() {
    return this.#state;
  }

  // Accounts

  async register(userId, password, name) {
    await this.#request("POST", "/users", { userId, password, name }, false);
    await this.logIn(userId, password);
  }

  async logIn(userId, password) {
    this.#keep(await this.#request("POST", "/sessions", { userId, password }, false));
    this.connect();
  }

  /** Goes on with a session that saveSession was given earlier. */
  async restore(session) {
    this.#session = session;
    await this.#refresh();
    this.connect();
  }

  async logOut() {
    try {
      await this.#request("DELETE", "/sessions/current");
    } finally {
      this.#signOut();
    }
  }

  // Rooms

  /** All rooms the user can see, over as many pages as it takes. */
  async rooms() {
    const all = [];
    let after = "";
    for (;;) {
      const { rooms } = await this.#request("GET", `/rooms?after=${encodeURIComponent(after)}`);
      all.push(...rooms);
      if (rooms.length < 100) {
        return all;
      }
      after = rooms.at(-1).roomId;
    }
  }

  createRoom(room) {
    return this.#request("POST", "/rooms", room);
  }

  room(room) {
    return this.#request("GET", `/rooms/${encodeURIComponent(room)}`);
  }

  /** A page of events that came before a seq, or the newest. */
  history(room, before, limit = 50) {
    const range = before === undefined ? "" : `&before=${before}`;
    return this.#request("GET", `/rooms/${encodeURIComponent(room)}/events?limit=${limit}${range}`);
  }

  /** Follows a room; the user becomes a member of a public one. */
  join(room) {
    if (!this.#rooms.has(room)) {
      this.#rooms.set(room, { last: null, joined: false, joining: false, queue: [], inFlight: null });
    }
    this.#joinNow(room);
  }

  /** Ends the membership. */
  leave(room) {
    this.#send({ type: "leave", room }, (answer) => {
      if (answer.type === "left") {
        this.#forget(room);
      }
    });
  }

  /** Queues a message; it is sent when it can be, however long that takes. */
  post(room, text) {
    const bytes = new Uint8Array(16);
    crypto.getRandomValues(bytes);
    const id = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    const message = { id, text, state: "sending" };
    this.#rooms.get(room).queue.push(message);
    this.#tell("message", { room, message });
    this.#sendNext(room);
    return message;
  }

  /** Sends a failed message again, under the same id. */
  retry(room, message) {
    message.state = "sending";
    this.#rooms.get(room).queue.push(message);
    this.#tell("message", { room, message });
    this.#sendNext(room);
  }

  /** Connects at once instead of waiting for the next try. */
  connect() {
    if (this.#socket || !this.#session) {
      return;
    }
    this.#clearTimers();
    this.#setState("connecting");
    const url = `${this.#options.origin.replace(/^http/, "ws")}/ws`;
    const socket = new this.#options.WebSocket(url, "parlance.v1.json");
    this.#socket = socket;
    socket.addEventListener("open", () => this.#authenticate(socket));
    socket.addEventListener("message", (message) => {
      if (socket === this.#socket) {
        this.#receive(JSON.parse(message.data));
      }
    });
    socket.addEventListener("close", (close) => this.#closed(socket, close.code));
    socket.addEventListener("error", () => {});
  }

  // The connection

  async #authenticate(socket) {
    try {
      if (this.#session.expiresAt - Date.now() < RENEW_BEFORE_MS) {
        await this.#refresh();
      }
    } catch {
      socket.close();
      return;
    }
    if (socket === this.#socket) {
      this.#send({ type: "auth", token: this.#session.accessToken }, (answer) => {
        if (answer.type === "welcome") {
          this.#welcome();
        }
      });
    }
  }

  #welcome() {
    this.#attempts = 0;
    this.#scheduleRenewal();
    const reconnected = this.#state !== "online";
    this.#setState("online");
    if (reconnected) {
      for (const room of this.#rooms.keys()) {
        this.#joinNow(room);
      }
    }
  }

  #scheduleRenewal() {
    const wait = Math.max(1000, this.#session.expiresAt - Date.now() - RENEW_BEFORE_MS);
    this.#after(wait, async () => {
      try {
        await this.#refresh();
        if (this.#state === "online") {
          this.#send({ type: "auth", token: this.#session.accessToken }, () => {});
          this.#scheduleRenewal();
        }
      } catch (failure) {
        if (failure.code === "network") {
          this.#after(5000, () => this.#scheduleRenewal());
        }
      }
    });
  }

  #closed(socket, code) {
    if (socket !== this.#socket) {
      return;
    }
    this.#socket = null;
    this.#refs.clear();
    this.#clearTimers();
    for (const room of this.#rooms.values()) {
      room.joined = false;
      room.joining = false;
      if (room.inFlight) {
        room.queue.unshift(room.inFlight);
        room.inFlight = null;
      }
    }
    if (!this.#session) {
      return;
    }
    this.#setState("offline");
    if (code === CLOSE_UNAUTHENTICATED) {
      this.#session.expiresAt = 0;
    }
    const bound = this.#reconnectWithinMs ?? Math.min(RETRY_CAP_MS, RETRY_BASE_MS * 2 ** this.#attempts++);
    this.#reconnectWithinMs = null;
    this.#after(this.#options.random() * bound, () => this.connect());
  }

  #reconnectWithinMs = null;

  #receive(frame) {
    const answered = this.#refs.get(frame.ref);
    if (answered) {
      this.#refs.delete(frame.ref);
      answered(frame);
    }
    switch (frame.type) {
      case "event":
        this.#take(frame.room, [frame]);
        break;
      case "events":
        this.#take(frame.room, frame.events);
        break;
      case "reset":
        this.#reset(frame);
        break;
      case "heads":
        this.#compareHeads(frame.rooms);
        break;
      case "left":
        this.#forget(frame.room);
        break;
      case "bye":
        this.#reconnectWithinMs = frame.reconnectWithinMs;
        break;
    }
  }

  #joinNow(name) {
    const room = this.#rooms.get(name);
    if (!room || this.#state !== "online" || room.joining) {
      return;
    }
    room.joining = true;
    const since = room.last === null ? {} : { since: room.last };
    this.#send({ type: "join", room: name, ...since }, (answer) => {
      room.joining = false;
      if (answer.type === "joined") {
        room.joined = true;
        if (room.last === null) {
          room.last = Math.max(0, answer.head - 20);
        }
        this.#tell("joined", { room: name, head: answer.head });
        this.#sendNext(name);
      } else if (answer.retryable) {
        this.#after(1000, () => this.#joinNow(name));
      } else {
        this.#forget(name);
      }
    });
  }

  /** Hands on what is next, drops what is known, and asks again where something is missing. */
  #take(name, events) {
    const room = this.#rooms.get(name);
    for (const event of room ? events : []) {
      if (event.seq <= room.last) {
        continue;
      }
      if (event.seq > room.last + 1) {
        this.#joinNow(name);
        return;
      }
      room.last = event.seq;
      this.#settle(name, room, event);
      this.#tell("event", { room: name, event });
    }
  }

  /** An own message that comes back is stored, whether its acknowledgement came or not. */
  #settle(name, room, event) {
    if (event.kind !== "message" || event.sender !== this.user) {
      return;
    }
    const own = [room.inFlight, ...room.queue].find((message) => message?.id === event.id);
    if (own) {
      own.state = "sent";
      own.seq = event.seq;
      room.queue = room.queue.filter((message) => message !== own);
      this.#tell("message", { room: name, message: own });
    }
  }

  #reset(frame) {
    const room = this.#rooms.get(frame.room);
    if (room) {
      room.last = frame.head;
      this.#tell("reset", { room: frame.room, from: frame.from, head: frame.head });
    }
  }

  #compareHeads(heads) {
    for (const [name, head] of Object.entries(heads)) {
      const before = this.#rooms.get(name)?.last;
      if (before !== undefined && before !== null && head > before) {
        this.#after(2000, () => {
          if (this.#rooms.get(name)?.last === before) {
            this.#joinNow(name);
          }
        });
      }
    }
  }

  /** One message of a room is under way at a time, so that they keep their order whatever happens. */
  #sendNext(name) {
    const room = this.#rooms.get(name);
    if (!room?.joined || room.inFlight || room.queue.length === 0) {
      return;
    }
    const message = room.queue.shift();
    room.inFlight = message;
    this.#send({ type: "post", room: name, id: message.id, text: message.text }, (answer) => {
      room.inFlight = null;
      if (answer.type === "ack") {
        message.state = "sent";
        message.seq = answer.seq;
      } else if (answer.retryable) {
        room.queue.unshift(message);
        this.#after(500 + this.#options.random() * 1000, () => this.#sendNext(name));
        return;
      } else {
        message.state = "failed";
        message.reason = answer.message;
      }
      this.#tell("message", { room: name, message });
      this.#sendNext(name);
    });
  }

  /** Sends a request; a server that does not answer is left, which makes everything start over elsewhere. */
  #send(frame, answered) {
    const socket = this.#socket;
    if (!socket || socket.readyState !== 1) {
      return;
    }
    const ref = String(this.#nextRef++);
    this.#refs.set(ref, answered);
    socket.send(JSON.stringify({ ...frame, ref }));
    this.#after(ANSWER_TIMEOUT_MS, () => {
      if (this.#refs.has(ref)) {
        socket.close();
        this.#closed(socket, 1006);
      }
    });
  }

  #forget(name) {
    if (this.#rooms.delete(name)) {
      this.#tell("left", { room: name });
    }
  }

  // Requests and tokens

  async #request(method, path, body, authorized = true) {
    if (authorized && this.#session.expiresAt - Date.now() < 5000) {
      await this.#refresh();
    }
    let response;
    try {
      response = await this.#options.fetch(`${this.#options.origin}/api/v1${path}`, {
        method,
        headers: authorized ? { authorization: `Bearer ${this.#session.accessToken}` } : {},
        body: body && JSON.stringify(body),
      });
    } catch {
      throw new ParlanceError("network", "The server cannot be reached", true);
    }
    if (response.status === 204) {
      return null;
    }
    const answer = await response.json();
    if (!response.ok) {
      throw new ParlanceError(answer.code, answer.detail, response.status >= 500 || response.status === 429);
    }
    return answer;
  }

  /** A refresh token is good once, so whoever needs a new pair waits for the one request. */
  #refresh() {
    this.#refreshing ??= this.#request("POST", "/sessions/refresh", { refreshToken: this.#session.refreshToken }, false)
      .then((tokens) => this.#keep(tokens))
      .catch((failure) => {
        if (!failure.retryable) {
          this.#signOut();
        }
        throw failure;
      })
      .finally(() => {
        this.#refreshing = null;
      });
    return this.#refreshing;
  }

  #keep(tokens) {
    this.#session = { ...tokens, expiresAt: Date.now() + tokens.expiresIn * 1000 };
    this.#options.saveSession(this.#session);
  }

  #signOut() {
    this.#session = null;
    this.#options.saveSession(null);
    this.#clearTimers();
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    this.#rooms.clear();
    this.#refs.clear();
    this.#setState("offline");
    this.#tell("signedout", {});
  }

  #setState(state) {
    if (state !== this.#state) {
      this.#state = state;
      this.#tell("state", { state });
    }
  }

  #tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  #after(delayMs, action) {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      action();
    }, delayMs);
    this.#timers.add(timer);
  }

  #clearTimers() {
    this.#timers.forEach(clearTimeout);
    this.#timers.clear();
  }
}
