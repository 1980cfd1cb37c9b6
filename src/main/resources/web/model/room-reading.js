import { isInRoom } from "./history-page.js";
import { Recounts } from "./recounts.js";
import { RecentMessages, counted } from "./room-counts.js";

/** Read markers and unread counts of the rooms, by what the server says and by what arrives after that. */
export class RoomReading {
  #rooms;
  #client;
  #recounts;
  #recent = new RecentMessages();
  /** Read markers of rooms that are not known yet, the last of each. @type {Map<string, Page.ReadMarker>} */
  #early = new Map();
  /**
   * Rooms in which the user marked something as unread; nothing of them is marked as read until they are opened again.
   * @type {Set<string>}
   */
  #kept = new Set();

  /**
   * @param {import("./known-rooms.js").KnownRooms} rooms
   * @param {Page.Client} client
   * @param {(room: string) => Promise<void>} ask loads a room and applies its counts
   */
  constructor(rooms, client, ask) {
    this.#rooms = rooms;
    this.#client = client;
    this.#recounts = new Recounts(client, ask);
    client.on("readMarker", (marker) =>
      rooms.get(marker.roomId) ? this.#marked(marker) : this.#early.set(marker.roomId, marker),
    );
  }

  /**
   * Marks a room as read up to an event, for all clients of the user.
   *
   * @param {string} room
   * @param {number} seq
   * @param {string | undefined} stamp
   */
  read(room, seq, stamp) {
    const known = this.#rooms.get(room);
    if (known?.membership === "joined" && seq > (known.readTo ?? 0) && !this.#kept.has(room)) {
      this.#marked({ roomId: room, readTo: seq, readTurn: known.readTurn, head: seq, unreadCount: 0, mentionCount: 0 });
      this.#client.markRead(room, seq, stamp);
    }
  }

  /** Marks all of a room as read. @param {Page.Room} room */
  readAll({ roomId, head, headStamp }) {
    this.read(roomId, head, headStamp);
  }

  /**
   * Marks a message and all after it as unread, until the room is opened again.
   *
   * @param {string} room
   * @param {{seq: number, stamp: string}} other
   */
  async markUnread(room, { seq, stamp }) {
    this.#kept.add(room);
    try {
      await this.#client.markUnread(room, seq, stamp);
    } catch (failure) {
      this.#kept.delete(room);
      throw failure;
    }
  }

  /** Called when the room is opened: what the user sees is then marked as read. @param {string} room */
  opened(room) {
    this.#kept.delete(room);
  }

  /** Applies the read marker of a loaded room, and one that arrived before the room. @param {Page.ReadMarker} marker */
  loaded(marker) {
    this.#marked(marker);
    const early = this.#early.get(marker.roomId);
    this.#early.delete(marker.roomId);
    if (early) {
      this.#marked(early);
    }
  }

  /**
   * Counts a live event.
   *
   * @param {string} room
   * @param {Page.RoomEvent} event
   * @returns {Partial<Page.Room>} the changes of the room
   */
  arrived(room, event) {
    const isOthers = event.kind === "message" && event.sender !== this.#client.userId && isInRoom(event);
    if (isOthers) {
      this.#recent.add(room, event);
    }
    const known = this.#rooms.get(room);
    if (known && isOthers && event.seq > known.countedTo) {
      return counted(known, [event], this.#client.userId);
    }
    return event.kind === "edit" || event.kind === "delete" ? { editedAt: event.seq } : {};
  }

  /**
   * Recounts when messages were edited or deleted after the event up to which they are counted: an edit may add or
   * remove a mention of the user, also of a read message, and a deleted message is not unread.
   *
   * @param {string} room
   */
  recountEdited(room, isNamed = false) {
    const { membership, unreadCount, mentionCount, editedAt, countedTo } = /** @type {Page.Room} */ (this.#rooms.get(room));
    if (membership === "joined" && editedAt > countedTo && (isNamed || unreadCount > 0 || mentionCount > 0)) {
      void this.#recounts.add(room);
    }
  }

  /** Forgets markers from before a new connection. */
  connected() {
    this.#early.clear();
  }

  /** @param {string} room */
  forget(room) {
    this.#recent.forget(room);
    this.#early.delete(room);
  }

  clear() {
    this.#kept.clear();
    this.#recent.clear();
    this.#early.clear();
    this.#recounts.clear();
  }

  /**
   * Applies a read marker. Its counts go up to a head; later messages are counted here. A marker may arrive before the
   * events that it has counted, and after a marker that has counted more. A marker with a higher readTurn is newer, even if
   * it is further back.
   *
   * @param {Page.ReadMarker} given
   */
  #marked({ roomId, readTo, readTurn = 0, head, unreadCount, mentionCount }) {
    const known = this.#rooms.get(roomId);
    const countedTo = Math.max(head, readTo);
    const order = known ? readTurn - known.readTurn || readTo - known.readTo || countedTo - known.countedTo : -1;
    if (known && order >= 0) {
      if (readTurn > known.readTurn) {
        // Another device may have done it.
        this.#kept.add(roomId);
      }
      const later = this.#recent.after(roomId, countedTo);
      const counts = counted({ unreadCount, mentionCount }, later, this.#client.userId);
      this.#rooms.change(roomId, { readTo, readTurn, countedTo, ...counts });
      this.recountEdited(roomId);
    }
  }
}
