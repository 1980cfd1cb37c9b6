/**
 * A network between one client and a server that answers at once. It can drop frames, refuse connections, and let
 * connections hang; and it is the window of a browser, whose events it emits.
 */
export class ScriptedNetwork {
  /** @type {"well" | "swallows" | "refuses"} */
  state = "well";
  /** Time of the server for each answer, in milliseconds. */
  delayMs = 0;
  /** Additional time for the check of a token. */
  proofMs = 0;
  /** Frames sent by the client. */
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

  /** Number of attempts to connect so far. */
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

  /** Restores the network, also for pending connections; dropped frames stay lost. */
  heal() {
    this.state = "well";
    this.sockets.filter((socket) => socket.readyState === 0).forEach((socket) => socket.begin());
  }

  /** Processes one frame of a client. */
  receive(socket, frame) {
    this.frames.push(frame);
    const answers = { auth: "welcome", ping: "pong", join: "joined", post: "ack" };
    const delayMs = this.delayMs + (frame.type === "auth" ? this.proofMs : 0);
    if (this.state === "well") {
      setTimeout(
        () => socket.give({ type: answers[frame.type], ref: frame.ref, roomId: frame.roomId, id: frame.id, seq: 1, head: 0 }),
        delayMs,
      );
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
      this.deliver(frame);
    }
  }

  /** Emits a frame that was on its way before the network changed. */
  deliver(frame) {
    this.dispatchEvent(Object.assign(new Event("message"), { data: JSON.stringify(frame) }));
  }

  end(code) {
    this.readyState = 3;
    this.dispatchEvent(Object.assign(new Event("close"), { code }));
  }

  close() {
    this.readyState = 3;
  }
}
