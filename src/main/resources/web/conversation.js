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

/** A request as a message that is not an event yet. */
function pendingMessage(request, sender) {
  const { id, state, error, fields } = request;
  return { id, kind: "message", sender, at: new Date().toISOString(), text: fields.text, state, reason: error?.message };
}

/** One room's messages and the composer. */
export class Conversation {
  #client;
  #room = null;
  #events = new Map();
  /** Own messages that are stored, but have not come by yet. */
  #sent = new Map();
  #drafts = new Map();
  #loading = new Set();

  constructor(client) {
    this.#client = client;
    client.on("event", ({ room, event }) => this.#arrived(room, event));
    client.on("request", ({ room, request }) => this.#requestChanged(room, request));
    client.on("reset", ({ room }) => this.#reset(room));
    client.on("left", ({ room }) => room === this.#room?.roomId && this.close());
    element("messages").addEventListener("scroll", () => this.#scrolled());
    element("latest").addEventListener("click", () => this.#toEnd());
    element("leave").addEventListener("click", () => {
      // Nothing happens without a connection, which the state shows.
      client.leave(this.#room.roomId).catch(() => {});
    });
    element("composer").addEventListener("submit", (submitted) => {
      submitted.preventDefault();
      this.#send();
    });
    element("draft").addEventListener("input", () => {
      element("draft").setCustomValidity("");
      this.#grow();
    });
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

  /** Forgets everything: another user may come. */
  clear() {
    this.close();
    [this.#events, this.#sent, this.#drafts].forEach((kept) => kept.clear());
  }

  #of(room) {
    if (!this.#events.has(room)) {
      this.#events.set(room, []);
    }
    return this.#events.get(room);
  }

  /** Live events come in order; a page of history may hold the same ones. */
  #arrived(room, event) {
    this.#sent.delete(event.id);
    const events = this.#of(room);
    if (events.length > 0 && events.at(-1).seq >= event.seq) {
      return;
    }
    events.push(event);
    if (events.length > MAX_SHOWN) {
      events.splice(0, events.length - MAX_SHOWN);
    }
    this.#redraw(room);
  }

  #requestChanged(room, request) {
    if (request.state === "sent") {
      this.#sent.set(request.id, request);
    }
    this.#redraw(room);
  }

  #redraw(room) {
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
      const page = await this.#client.history(room, { before: first, limit: PAGE });
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
    for (const request of this.#pending(this.#room.roomId)) {
      const pending = pendingMessage(request, this.#client.user);
      rows.push(
        messageElement(
          pending,
          before,
          () => this.#client.retry(request.id),
          () => {
            this.#client.discard(request.id);
            this.#redraw(request.room);
          },
        ),
      );
      before = pending;
    }
    list.replaceChildren(...rows.filter(Boolean));
    if (toEnd) {
      this.#toEnd();
    } else {
      element("latest").hidden = false;
    }
  }

  /** What this user has written and the room has not shown yet: stored first, for that is before what waits. */
  #pending(room) {
    const shownUpTo = this.#of(room).at(-1)?.seq ?? 0;
    const sent = [...this.#sent.values()].filter((request) => request.room === room && request.seq > shownUpTo);
    return [...sent, ...this.#client.unsent(room)].filter((request) => request.type === "post");
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
    if (!text || !this.#room) {
      return;
    }
    try {
      this.#client.post(this.#room.roomId, text);
      draft.value = "";
      this.#toEnd();
    } catch (full) {
      // The text stays where it is.
      draft.setCustomValidity(full.message);
      draft.reportValidity();
    }
    this.#grow();
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
