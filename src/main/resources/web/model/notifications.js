const MAX_TEXT = 140;

/** The title of the tab, and notifications of the desktop for who has asked for them. */
export class Notifications {
  #chat;

  constructor(chat) {
    this.#chat = chat;
    chat.rooms.addEventListener("change", () => this.#showTitle());
  }

  /** Tells of a message that nobody sees, when it is meant for this user. */
  arrived(room, event) {
    const { client, preferences, rooms } = this.#chat;
    const known = rooms.get(room);
    const mine = known && (known.visibility === "direct" || event.mentions?.includes(client.user));
    const unseen = document.visibilityState !== "visible" || !document.hasFocus() || room !== this.#chat.room;
    if (event.kind !== "message" || event.sender === client.user || !mine || !unseen || !preferences.notify) {
      return;
    }
    this.#notify(room, event);
  }

  /** Of several tabs one tells: they share the tag, and a message replaces itself. */
  #notify(room, event) {
    const { people, rooms } = this.#chat;
    const known = rooms.get(room);
    const from = people.name(event.sender);
    const title = known.visibility === "direct" ? from : `${from} in ${rooms.title(known)}`;
    const notification = new Notification(title, {
      body: event.text.slice(0, MAX_TEXT),
      tag: `${room}/${event.stamp}`,
      icon: "/mark.svg",
    });
    notification.addEventListener("click", () => {
      window.focus();
      this.#chat.open(room, event);
      notification.close();
    });
  }

  #showTitle() {
    const { rooms } = this.#chat;
    const current = this.#chat.current;
    const calls = rooms.calls;
    const mark = calls > 0 ? `(${calls}) ` : rooms.unread > 0 ? "• " : "";
    document.title = `${mark}${current ? `${rooms.title(current)} · ` : ""}Parlance`;
  }
}

