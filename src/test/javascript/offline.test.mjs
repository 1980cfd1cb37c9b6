/** The copy of rooms and conversations that a browser stores for a start without a network. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { KEPT_ITEMS, KEPT_LENGTH } from "../../main/resources/web/model/kept-run.js";
import { OfflineCopy } from "../../main/resources/web/model/offline-copy.js";
import { People } from "../../main/resources/web/model/people.js";
import { Rooms } from "../../main/resources/web/model/rooms.js";
import { Timelines } from "../../main/resources/web/model/timelines.js";
import { ParlanceError } from "../../main/resources/web/parlance-client/errors.js";
import { MemoryStore } from "../../main/resources/web/parlance-client/memory-store.js";

const CONVERSATIONS = 20;
const DAY_MS = 86_400_000;

/** State of a server in one history: rooms with their events. */
class Server {
  isAway = false;
  rooms = new Map();
  /** Ranges of the requested pages. */
  asked = [];

  room(roomId, texts, more = {}) {
    this.rooms.set(roomId, {
      roomId,
      name: roomId,
      visibility: "public",
      archived: false,
      membership: "joined",
      ...more,
      events: [],
    });
    texts.forEach((text) => this.say(roomId, text));
  }

  say(room, text) {
    const { events } = this.rooms.get(room);
    const seq = events.length + 1;
    events.push({
      seq,
      stamp: `${room}-${seq}-${text.slice(0, 20)}`,
      kind: "message",
      sender: "bob",
      id: `id-${room}-${seq}`,
      text,
    });
    return events.at(-1);
  }

  described(room) {
    const { events, ...rest } = this.rooms.get(room);
    return {
      ...rest,
      head: events.length,
      headStamp: events.at(-1)?.stamp,
      readTo: events.length,
      unreadCount: 0,
      mentionCount: 0,
    };
  }

  /** @returns {any} the API for the page */
  get api() {
    return {
      roomsAndPreferences: async () =>
        this.#reached({ rooms: [...this.rooms.keys()].map((room) => this.described(room)), preferences: {} }),
      room: async (room) => this.#reached(this.rooms.has(room) && this.described(room)),
      events: async (room, range) => this.#page(room, range),
      findUsers: async () => this.#reached([{ userId: "bob", name: "Bob" }]),
    };
  }

  #page(room, { after, stamp, limit, ...range }) {
    this.asked.push({ room, after, stamp, ...range });
    const { events } = this.#reached(this.rooms.get(room));
    if (stamp !== undefined && events[after - 1]?.stamp !== stamp) {
      throw new ParlanceError("history.changed", "The history has changed", false);
    }
    const from = after ?? Math.max(0, events.length - limit);
    return { events: events.slice(from, from + limit), head: events.length };
  }

  #reached(answer) {
    if (this.isAway) {
      throw new ParlanceError("network", "away", true);
    }
    if (!answer) {
      throw new ParlanceError("room.not_found", "none", false);
    }
    return answer;
  }
}

/** Models of a page, over a store that outlives it. */
class Tab {
  constructor(server, store, user = "alice") {
    /** @type {any} all that the models use of a client */
    this.client = Object.assign(new EventTarget(), {
      userId: user,
      state: "offline",
      api: server.api,
      unsent: () => [],
      join: () => {},
    });
    this.client.on = (type, listener) => this.client.addEventListener(type, ({ detail }) => listener(detail));
    this.people = new People(this.client);
    this.rooms = new Rooms(this.client, this.people);
    this.timelines = new Timelines(this.client);
    this.origin = "https://chat.example.org";
    this.copy = new OfflineCopy(/** @type {any} all that it uses of a chat */ (this), store);
    this.rooms.restored = this.copy.open(user);
  }

  tell(type, detail) {
    this.client.dispatchEvent(new CustomEvent(type, { detail }));
  }

  async become(state) {
    this.client.state = state;
    this.tell("state", { state });
    await settled();
  }

  async look(room) {
    const isThere = await this.timelines.of(room).open();
    await settled();
    return isThere;
  }

  /** Closes the tab, as a user does. */
  async close() {
    this.copy.write();
    await settled();
    this.client.state = "offline";
    this.rooms.clear();
  }
}

/** Waits until nothing is pending except timers. */
async function settled() {
  for (let turns = 0; turns < 500; turns++) {
    await null;
  }
  await new Promise((turn) => setImmediate(turn));
}

const texts = (tab, room) => tab.timelines.of(room).items.map(({ text }) => text);
const everything = (store) => store.update("", (items) => [...items]);

/** A server, and a browser's store after a visit of the garden. */
async function lookedAt(...said) {
  const server = new Server();
  const store = new MemoryStore();
  server.room("garden", said);
  server.room("kitchen", ["soup"]);
  const tab = new Tab(server, store);
  await tab.become("online");
  tab.people.name("bob");
  tab.people.know([{ userId: "bob", name: "Bob" }]);
  await tab.look("garden");
  await tab.close();
  return { server, store };
}

/** A start without a server. */
async function startedAway(server, store, user) {
  server.isAway = true;
  const tab = new Tab(server, store, user);
  await tab.rooms.restored;
  return tab;
}

test("shows rooms, names and the last conversation at a start without a server, and since when they are so", async () => {
  const before = Date.now();
  const { server, store } = await lookedAt("one", "two");
  const tab = await startedAway(server, store);
  await tab.look("garden");
  assert.deepEqual(
    tab.rooms.own.map(({ roomId }) => roomId),
    ["garden", "kitchen"],
  );
  assert.equal(tab.people.name("bob"), "Bob");
  const timeline = tab.timelines.of("garden");
  assert.deepEqual([texts(tab, "garden"), timeline.failed, timeline.atEnd], [["one", "two"], false, true]);
  assert.ok(Number(timeline.copiedAt) >= before && Number(tab.rooms.copiedAt) >= before);
  await tab.look("kitchen");
  assert.equal(tab.timelines.of("kitchen").failed, true, "nobody has looked at it");
});

test("goes on from the copy by its stamp, without a gap and nothing twice", async () => {
  const { server, store } = await lookedAt("one", "two");
  const tab = await startedAway(server, store);
  await tab.look("garden");
  server.isAway = false;
  server.say("garden", "three");
  server.asked = [];
  await tab.become("online");
  assert.deepEqual(texts(tab, "garden"), ["one", "two", "three"]);
  assert.deepEqual([server.asked[0].after, server.asked[0].stamp], [2, "garden-2-two"]);
  assert.deepEqual([tab.timelines.of("garden").copiedAt, tab.rooms.copiedAt], [null, null]);
});

test("appends nothing to a copy that is not proved", async () => {
  const { server, store } = await lookedAt("one", "two");
  const tab = await startedAway(server, store);
  await tab.look("garden");
  // The database was restored: the third event is one of another history.
  server.room("garden", ["one", "other"]);
  tab.tell("event", { roomId: "garden", event: server.say("garden", "third") });
  assert.deepEqual(texts(tab, "garden"), ["one", "two"]);
  server.isAway = false;
  await tab.become("online");
  assert.deepEqual(texts(tab, "garden"), ["one", "other", "third"]);
  await tab.close();
  assert.ok((await everything(store)).every(([, value]) => !JSON.stringify(value).includes("two")));
});

test("shows the newest when more came than a page", async () => {
  const { server, store } = await lookedAt("one", "two");
  const tab = await startedAway(server, store);
  await tab.look("garden");
  for (let i = 0; i < 200; i++) {
    server.say("garden", `later ${i}`);
  }
  server.isAway = false;
  await tab.become("online");
  assert.equal(texts(tab, "garden").at(-1), "later 199");
  assert.equal(tab.timelines.of("garden").copiedAt, null);
});

test("forgets rooms that are not the user's any more, and says so of the one that is open", async () => {
  const { server, store } = await lookedAt("one");
  const tab = await startedAway(server, store);
  let gone = 0;
  tab.rooms.addEventListener("gone", () => gone++);
  server.rooms.delete("garden");
  server.isAway = false;
  await tab.become("online");
  assert.deepEqual([tab.rooms.get("garden"), gone], [null, 1]);
  await tab.close();
  assert.ok((await everything(store)).every(([key]) => !key.includes("garden")));
});

test("lets the server's rooms win over the copy, also those of a history that is shorter", async () => {
  const { server, store } = await lookedAt("one", "two", "three");
  const tab = await startedAway(server, store);
  assert.equal(tab.rooms.get("garden")?.head, 3);
  server.room("garden", ["one"], { name: "The garden" });
  server.isAway = false;
  await tab.become("online");
  assert.deepEqual([tab.rooms.get("garden")?.head, tab.rooms.get("garden")?.name], [1, "The garden"]);
});

test("shows nothing of one user to another, and deletes it", async () => {
  const { server, store } = await lookedAt("secret");
  const tab = await startedAway(server, store, "guest");
  await tab.look("garden");
  await settled();
  assert.deepEqual([tab.rooms.own, texts(tab, "garden")], [[], []]);
  assert.deepEqual(await everything(store), []);
});

test("deletes everything when the session ends, also pending writes", async () => {
  const { server, store } = await lookedAt("secret");
  const tab = new Tab(server, store);
  await tab.become("online");
  await tab.look("garden");
  tab.copy.write();
  await tab.copy.forget();
  tab.tell("event", { roomId: "garden", event: server.say("garden", "later") });
  tab.copy.write();
  await settled();
  assert.deepEqual(await everything(store), []);
});

test("keeps so many conversations and messages, and no longer ones", async () => {
  const server = new Server();
  const store = new MemoryStore();
  const names = Array.from({ length: CONVERSATIONS + 5 }, (_, i) => `room-${i}`);
  names.forEach((room) =>
    server.room(
      room,
      Array.from({ length: 3 }, (_, i) => `${i}`),
    ),
  );
  server.room(
    "long",
    Array.from({ length: 55 }, () => "x".repeat(8_000)),
  );
  const tab = new Tab(server, store);
  await tab.become("online");
  for (const room of [...names, "long"]) {
    await tab.look(room);
    tab.copy.write();
    await settled();
  }
  const kept = (await everything(store)).filter(([key]) => key.includes("/room/"));
  assert.equal(kept.length, CONVERSATIONS);
  const long = kept.find(([key]) => key.includes("long"))[1];
  assert.ok(long.length <= KEPT_LENGTH && long.events.length < KEPT_ITEMS && long.events.at(-1).seq === 55);
});

test("does not show a copy that is older than any session", async (t) => {
  const { server, store } = await lookedAt("one");
  const now = Date.now();
  t.mock.method(Date, "now", () => now + 31 * DAY_MS);
  const tab = await startedAway(server, store);
  await tab.look("garden");
  assert.deepEqual([tab.rooms.own, texts(tab, "garden")], [[], []]);
});

test("writes nothing without a connection, for another tab may have something newer", async () => {
  const { server, store } = await lookedAt("one");
  const tab = await startedAway(server, store);
  await tab.look("garden");
  const before = JSON.stringify(await everything(store));
  tab.copy.changed("garden");
  tab.copy.write();
  await settled();
  assert.equal(JSON.stringify(await everything(store)), before);
});

test("goes on without a copy when the storage fails", async () => {
  const server = new Server();
  server.room("garden", ["one"]);
  const store = new MemoryStore();
  store.update = async () => {
    throw new DOMException("blocked", "SecurityError");
  };
  const tab = new Tab(server, store);
  await tab.become("online");
  await tab.look("garden");
  await tab.close();
  await tab.copy.forget();
  assert.deepEqual(texts(tab, "garden"), ["one"]);
});
