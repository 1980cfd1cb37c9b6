import { dayLine, messageElement, noticeElement } from "/message-elements.js";

const element = (id) => document.getElementById(id);
const PAGE = 50;
const MAX_SHOWN = 400;
const NEAR_END_PX = 80;

/** Events of one room by seq, each once, wherever a page and the live ones overlap. */
function merged(some, more) {
  const bySeq = new Map([...some, ...more].map((event) => [event.seq, event]));
  return [...bySeq.values()].sort((one, other) => one.seq - other.seq);
}

/** One room's messages and the composer. */
export class Conversation {
  #client;
  #room = null;
  #events = new Map();
  #own = new Map();
  #drafts = new Map();
  #loading = new Set();

  constructor(client) {
    this.#client = client;
    client.addEventListener("event", ({ detail }) => this.#arrived(detail.room, detail.event));
    client.addEventListener("message", ({ detail }) => this.#ownChanged(detail.room, detail.message));
    client.addEventListener("reset", ({ detail }) => this.#reset(detail.room));
    client.addEventListener("left", ({ detail }) => detail.room === this.#room?.roomId && this.close());
    element("messages").addEventListener("scroll", () => this.#scrolled());
    element("latest").addEventListener("click", () => this.#toEnd());
    element("leave").addEventListener("click", () => client.leave(this.#room.roomId));
    element("composer").addEventListener("submit", (submitted) => {
      submitted.preventDefault();
      this.#send();
    });
    element("draft").addEventListener("input", () => this.#grow());
    element("draft").addEventListener("keydown", (key) => {
      if (key.key === "Enter" && !key.shiftKey && !key.isComposing) {
        key.preventDefault();
        this.#send();
      }
    });
  }

  async open(room) {
    this.#keepDraft();
    this.#room = room;
    element("room-title").textContent = room.name;
    element("welcome").hidden = true;
    for (const id of ["messages", "composer", "leave"]) {
      element(id).hidden = false;
    }
    element("draft").value = this.#drafts.get(room.roomId) ?? "";
    this.#grow();
    this.#draw(true);
    element("draft").focus();
    if (this.#of(room.roomId).length < PAGE) {
      await this.#loadOlder();
    }
  }

  close() {
    this.#keepDraft();
    this.#room = null;
    element("room-title").textContent = "";
    element("welcome").hidden = false;
    for (const id of ["messages", "composer", "leave", "latest"]) {
      element(id).hidden = true;
    }
  }

  #of(room) {
    if (!this.#events.has(room)) {
      this.#events.set(room, []);
    }
    return this.#events.get(room);
  }

  /** Live events come in order; a page of history may hold the same ones. */
  #arrived(room, event) {
    const events = this.#of(room);
    if (events.length > 0 && events.at(-1).seq >= event.seq) {
      return;
    }
    events.push(event);
    if (events.length > MAX_SHOWN) {
      events.splice(0, events.length - MAX_SHOWN);
    }
    if (event.kind === "message" && event.sender === this.#client.user) {
      this.#own.get(room)?.delete(event.id);
    }
    if (room === this.#room?.roomId) {
      this.#draw(this.#nearEnd());
    }
  }

  #ownChanged(room, message) {
    const own = this.#own.get(room) ?? new Map();
    this.#own.set(room, own);
    const shown = this.#of(room).some((event) => event.id === message.id && event.sender === this.#client.user);
    if (shown) {
      own.delete(message.id);
    } else {
      own.set(message.id, message);
    }
    if (room === this.#room?.roomId) {
      this.#draw(this.#nearEnd());
    }
  }

  async #reset(room) {
    this.#events.set(room, []);
    if (room === this.#room?.roomId) {
      await this.#loadOlder();
      this.#toEnd();
    }
  }

  async #loadOlder() {
    const room = this.#room.roomId;
    const first = this.#of(room)[0]?.seq;
    if (this.#loading.has(room) || first === 1) {
      return;
    }
    this.#loading.add(room);
    try {
      const page = await this.#client.history(room, first, PAGE);
      this.#events.set(room, merged(page.events, this.#of(room)));
      if (room === this.#room?.roomId) {
        this.#drawKeepingPlace();
      }
    } catch {
      // The next scroll tries again.
    } finally {
      this.#loading.delete(room);
    }
    const list = element("messages");
    if (room === this.#room?.roomId && this.#of(room)[0]?.seq < first && list.scrollHeight <= list.clientHeight) {
      await this.#loadOlder();
    }
  }

  #draw(toEnd) {
    const list = element("messages");
    const rows = [];
    let before = null;
    for (const event of this.#of(this.#room.roomId)) {
      if (!before || new Date(before.at).toDateString() !== new Date(event.at).toDateString()) {
        rows.push(dayLine(event.at));
        before = null;
      }
      rows.push(event.kind === "message" ? messageElement(event, before) : noticeElement(event));
      before = event;
    }
    for (const message of this.#own.get(this.#room.roomId)?.values() ?? []) {
      const pending = { ...message, kind: "message", sender: this.#client.user, at: new Date().toISOString() };
      rows.push(messageElement(pending, before, () => this.#client.retry(this.#room.roomId, message)));
      before = pending;
    }
    list.replaceChildren(...rows.filter(Boolean));
    if (toEnd) {
      this.#toEnd();
    } else {
      element("latest").hidden = false;
    }
  }

  #drawKeepingPlace() {
    const list = element("messages");
    const fromEnd = list.scrollHeight - list.scrollTop;
    this.#draw(false);
    element("latest").hidden = true;
    list.scrollTop = list.scrollHeight - fromEnd;
  }

  #scrolled() {
    if (this.#nearEnd()) {
      element("latest").hidden = true;
    }
    if (element("messages").scrollTop < NEAR_END_PX) {
      this.#loadOlder();
    }
  }

  #nearEnd() {
    const list = element("messages");
    return list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_END_PX;
  }

  #toEnd() {
    const list = element("messages");
    list.scrollTop = list.scrollHeight;
    element("latest").hidden = true;
  }

  #send() {
    const draft = element("draft");
    const text = draft.value.trim();
    if (text && this.#room) {
      draft.value = "";
      this.#grow();
      this.#client.post(this.#room.roomId, text);
      this.#toEnd();
    }
  }

  #keepDraft() {
    if (this.#room) {
      this.#drafts.set(this.#room.roomId, element("draft").value);
    }
  }

  #grow() {
    const draft = element("draft");
    draft.rows = Math.min(8, draft.value.split("\n").length);
  }
}
