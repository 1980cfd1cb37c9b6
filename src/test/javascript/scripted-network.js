/**
 * A network between one client and a server that answers at once. It can swallow what is sent, refuse connections, and let
 * connections hang; and it is the window of a browser, whose events it gives.
 */
export class ScriptedNetwork {
  /** @type {"well" | "swallows" | "refuses"} */
  state = "well";
  /** Time that the server takes for each answer, in milliseconds. */
  delayMs = 0;
  /** Time that it takes for the proof of a session besides. */
  proofMs = 0;
  /** What is sent, as the client's frames. */
  frames = [];
  sockets = [];
  window = Object.assign(new EventTarget(), { document: Object.assign(new EventTarget(), { visibilityState: "visible" }) });

  get WebSocket() {
    const network = this;
    return class extends ScriptedSocket {
      constructor() {
        super(network);
        network.sockets.push(this);
      }
    };
  }

  /** Number of the tries to connect so far. */
  get tries() {
    return this.sockets.length;
  }

  tell(type) {
    this.window.dispatchEvent(new Event(type));
  }

  show(visibilityState) {
    this.window.document.visibilityState = visibilityState;
    this.window.document.dispatchEvent(new Event("visibilitychange"));
  }

  /** All is as before, also for who waits for a connection; what was swallowed is lost. */
  heal() {
    this.state = "well";
    this.sockets.filter((socket) => socket.readyState === 0).forEach((socket) => socket.begin());
  }

  /** One frame of a client. */
  receive(socket, frame) {
    this.frames.push(frame);
    const answers = { auth: "welcome", ping: "pong", join: "joined", post: "ack" };
    const delayMs = this.delayMs + (frame.type === "auth" ? this.proofMs : 0);
    if (this.state === "well") {
      setTimeout(() => socket.give({ type: answers[frame.type], ref: frame.ref, room: frame.room, id: frame.id, seq: 1, head: 0 }), delayMs);
    }
  }
}

class ScriptedSocket extends EventTarget {
  readyState = 0;
  #network;

  constructor(network) {
    super();
    this.#network = network;
    setTimeout(() => this.begin());
  }

  begin() {
    if (this.readyState === 0 && this.#network.state === "well") {
      this.readyState = 1;
      this.dispatchEvent(new Event("open"));
    } else if (this.readyState === 0 && this.#network.state === "refuses") {
      this.end(1006);
    }
  }

  send(text) {
    this.#network.receive(this, JSON.parse(text));
  }

  give(frame) {
    if (this.readyState === 1 && this.#network.state === "well") {
      this.dispatchEvent(Object.assign(new Event("message"), { data: JSON.stringify(frame) }));
    }
  }

  end(code) {
    this.readyState = 3;
    this.dispatchEvent(Object.assign(new Event("close"), { code }));
  }

  close() {
    this.readyState = 3;
  }
}
