const element = (id) => document.getElementById(id);
const RELOAD_MS = 15_000;

/** The rooms of the user, with what is unread, and the ones to join. */
export class RoomList {
  #client;
  #opened;
  #rooms = new Map();
  #current = null;
  #reload = null;

  constructor(client, opened) {
    this.#client = client;
    this.#opened = opened;
    client.on("event", ({ room, event }) => this.#count(room, event));
    client.on("left", ({ room }) => {
      if (this.#rooms.has(room)) {
        this.#rooms.get(room).member = false;
        this.#draw();
      }
    });
    element("new-room").addEventListener("click", () => element("room-dialog").showModal());
    element("room-cancel").addEventListener("click", () => element("room-dialog").close());
    element("room-form").addEventListener("submit", (submitted) => {
      submitted.preventDefault();
      this.#create();
    });
  }

  async load() {
    clearTimeout(this.#reload);
    try {
      for (const room of await this.#client.rooms()) {
        const known = this.#rooms.get(room.roomId);
        this.#rooms.set(room.roomId, { unread: 0, ...known, ...room });
        if (room.member && !known?.member) {
          this.#client.join(room.roomId);
        }
      }
      this.#draw();
    } catch {
      // The next round tries again; the state of the connection is shown elsewhere.
    }
    if (this.#client.user) {
      this.#reload = setTimeout(() => this.load(), RELOAD_MS);
    }
  }

  clear() {
    clearTimeout(this.#reload);
    this.#rooms.clear();
    this.#current = null;
    this.#draw();
  }

  #open(room) {
    this.#current = room.roomId;
    room.unread = 0;
    if (!room.member) {
      room.member = true;
      this.#client.join(room.roomId);
    }
    this.#draw();
    this.#opened(room);
  }

  #count(name, event) {
    const room = this.#rooms.get(name);
    const seen = name === this.#current && document.visibilityState === "visible";
    if (room && event.kind === "message" && event.sender !== this.#client.user && !seen && event.seq > room.head) {
      room.unread++;
      room.head = event.seq;
      this.#draw();
    }
  }

  #draw() {
    const rooms = [...this.#rooms.values()];
    const open = rooms.filter((room) => !room.member);
    element("my-rooms").replaceChildren(...rooms.filter((room) => room.member).map((room) => this.#item(room)));
    element("open-rooms").replaceChildren(...open.map((room) => this.#item(room)));
    element("my-title").hidden = open.length === rooms.length;
    element("open-title").hidden = open.length === 0;
    const unread = rooms.reduce((sum, room) => sum + room.unread, 0);
    document.title = unread ? `(${unread}) Parlance` : "Parlance";
  }

  #item(room) {
    const button = document.createElement("button");
    button.dataset.testid = `room-${room.roomId}`;
    button.setAttribute("aria-current", String(room.roomId === this.#current));
    const sign = document.createElement("span");
    sign.className = "sign";
    sign.textContent = room.visibility === "private" ? "•" : "#";
    const label = document.createElement("span");
    label.className = "label";
    label.textContent = room.name;
    button.append(sign, label);
    if (room.unread > 0) {
      const badge = document.createElement("span");
      badge.className = "badge";
      badge.textContent = String(room.unread);
      badge.setAttribute("aria-label", `${room.unread} unread`);
      button.append(badge);
    }
    button.addEventListener("click", () => this.#open(room));
    const item = document.createElement("li");
    item.append(button);
    return item;
  }

  async #create() {
    const members = element("room-members").value.split(/[\s,]+/).filter(Boolean);
    try {
      const room = await this.#client.createRoom({
        roomId: element("room-id").value,
        ...(element("room-name").value && { name: element("room-name").value }),
        members,
        visibility: element("room-private").checked ? "private" : "public",
      });
      element("room-dialog").close();
      element("room-form").reset();
      element("room-error").textContent = "";
      this.#rooms.set(room.roomId, { unread: 0, ...room });
      this.#client.join(room.roomId);
      this.#open(this.#rooms.get(room.roomId));
    } catch (failure) {
      element("room-error").textContent = failure.message;
    }
  }
}
