/** The user's own state beside threads: read markers, saved messages, quoted messages; and folded notices. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Quotes } from "../../main/resources/web/model/quotes.js";
import { Rooms } from "../../main/resources/web/model/rooms.js";
import { Saved } from "../../main/resources/web/model/saved.js";
import { folded, partsOf } from "../../main/resources/web/model/notice-groups.js";

const ROOM = "garden";

class Client extends EventTarget {
  userId = "alice";
  state = "online";
  done = [];
  answers = {};
  api = new Proxy(
    {},
    {
      get:
        (_, name) =>
        async (...about) => {
          this.done.push([name, ...about]);
          const answer = this.answers[name];
          if (answer instanceof Error) {
            throw answer;
          }
          return structuredClone(answer);
        },
    },
  );

  on(type, listener) {
    this.addEventListener(type, (/** @type {any} */ { detail }) => listener(detail));
  }

  tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  join() {}

  markRead(...marker) {
    this.done.push(["markRead", ...marker]);
  }

  async markUnread(...marker) {
    this.done.push(["markUnread", ...marker]);
  }
}

const settled = () => new Promise((turn) => setImmediate(turn));

function roomsOf(client, room) {
  const rooms = new Rooms(
    .../** @type {[any, any]} all that rooms use of client and people */ ([client, { know() {}, name: (user) => user }]),
  );
  rooms.put({
    roomId: ROOM,
    name: ROOM,
    archived: false,
    visibility: "public",
    membership: "joined",
    head: 10,
    readTo: 10,
    unreadCount: 0,
    mentionCount: 0,
    ...room,
  });
  return rooms;
}

test("follows a read marker that went back, and none of an earlier turn", () => {
  const client = new Client();
  const rooms = roomsOf(client);
  const counts = () => [rooms.get(ROOM)?.readTo, rooms.get(ROOM)?.unreadCount];
  client.tell("readMarker", { roomId: ROOM, readTo: 4, readTurn: 1, head: 10, unreadCount: 6, mentionCount: 0 });
  assert.deepEqual(counts(), [4, 6]);
  client.tell("readMarker", { roomId: ROOM, readTo: 10, head: 10, unreadCount: 0, mentionCount: 0 });
  assert.deepEqual(counts(), [4, 6], "a frame of before");
  rooms.put({
    roomId: ROOM,
    name: ROOM,
    archived: false,
    visibility: "public",
    membership: "joined",
    head: 10,
    readTo: 10,
    unreadCount: 0,
    mentionCount: 0,
  });
  assert.deepEqual(counts(), [4, 6], "a list of before");
  client.tell("event", { roomId: ROOM, event: { kind: "message", seq: 11, sender: "bob", text: "hi" } });
  assert.deepEqual(counts(), [4, 7]);
  client.tell("readMarker", { roomId: ROOM, readTo: 11, readTurn: 1, head: 11, unreadCount: 0, mentionCount: 0 });
  assert.deepEqual(counts(), [11, 0]);
});

test("reads nothing of a room in which something was marked unread, until it is opened again", async () => {
  const client = new Client();
  const rooms = roomsOf(client);
  await rooms.reading.markUnread(ROOM, { seq: 5, stamp: "stamp005" });
  client.tell("readMarker", { roomId: ROOM, readTo: 4, readTurn: 1, head: 10, unreadCount: 6, mentionCount: 0 });
  rooms.reading.read(ROOM, 10, "stamp010");
  assert.equal(rooms.get(ROOM)?.unreadCount, 6);
  rooms.reading.opened(ROOM);
  rooms.reading.read(ROOM, 10, "stamp010");
  assert.equal(rooms.get(ROOM)?.unreadCount, 0);
  assert.deepEqual(client.done, [
    ["markUnread", ROOM, 5, "stamp005"],
    ["markRead", ROOM, 10, "stamp010"],
  ]);
});

test("begins anew with the markers of a room that the user has left", () => {
  const client = new Client();
  const rooms = roomsOf(client);
  client.tell("readMarker", { roomId: ROOM, readTo: 4, readTurn: 3, head: 10, unreadCount: 6, mentionCount: 0 });
  client.tell("left", { roomId: ROOM });
  client.tell("room", {
    room: {
      roomId: ROOM,
      name: ROOM,
      visibility: "public",
      membership: "joined",
      head: 12,
      readTo: 12,
      unreadCount: 0,
      mentionCount: 0,
    },
  });
  assert.deepEqual([rooms.get(ROOM)?.readTo, rooms.get(ROOM)?.unreadCount], [12, 0]);
});

const message = (seq, text = "keep") => ({ roomId: ROOM, seq, stamp: `stamp${seq}`, kind: "message", sender: "bob", text });

test("has the saved messages as they are now, on all devices", async () => {
  const client = new Client();
  client.answers.saved = { messages: [message(7), message(3)], nextPage: "more" };
  const saved = new Saved(/** @type {any} all that it uses of a client */ (client));
  assert.equal(saved.has(ROOM, { seq: 7 }), false);
  await saved.load();
  assert.deepEqual(
    saved.list.map(({ seq }) => seq),
    [7, 3],
  );
  client.tell("event", { roomId: ROOM, event: { kind: "edit", seq: 20, target: 3, text: "edited", sender: "bob" } });
  assert.equal(saved.list[1].text, "edited");
  client.tell("saved", { roomId: ROOM, seq: 7, saved: false });
  assert.deepEqual([saved.has(ROOM, { seq: 7 }), saved.list.length], [false, 1]);
  client.answers.saved = { messages: [message(3), message(2)] };
  await saved.more();
  assert.deepEqual(
    saved.list.map(({ seq }) => seq),
    [3, 2],
  );
  client.answers.saved = { messages: [message(9), message(3), message(2)] };
  client.tell("saved", { roomId: ROOM, seq: 9, saved: true });
  await settled();
  assert.deepEqual(
    saved.list.map(({ seq }) => seq),
    [9, 3, 2],
  );
  client.tell("reset", { roomId: ROOM, since: 0 });
  assert.deepEqual([saved.list.length, saved.loaded], [0, false]);
});

test("asks once for a quoted message that no list holds, and keeps it up", async () => {
  const client = new Client();
  client.answers.message = message(3, "first");
  const held = new Map();
  const quotes = new Quotes(
    .../** @type {[any, any]} all that quotes use of client and timelines */ ([
      client,
      { of: () => ({ message: (seq) => held.get(seq) }) },
    ]),
  );
  assert.deepEqual([quotes.of(ROOM, 3), quotes.of(ROOM, 3)], [null, null]);
  await settled();
  assert.equal(quotes.of(ROOM, 3)?.text, "first");
  client.tell("event", { roomId: ROOM, event: { kind: "edit", seq: 9, target: 3, text: "edited", sender: "bob" } });
  assert.equal(quotes.of(ROOM, 3)?.text, "edited");
  held.set(3, message(3, "as the list has it"));
  assert.equal(quotes.of(ROOM, 3)?.text, "as the list has it");
  assert.equal(client.done.length, 1);
});

test("asks again for a quoted message after a failure that may pass, and not for one that is not there", async () => {
  const client = new Client();
  const quotes = new Quotes(
    .../** @type {[any, any]} all that quotes use of client and timelines */ ([
      client,
      { of: () => ({ message: () => undefined }) },
    ]),
  );
  client.answers.message = Object.assign(new Error("away"), { retryable: true });
  quotes.of(ROOM, 3);
  await settled();
  client.answers.message = Object.assign(new Error("none"), { retryable: false });
  quotes.of(ROOM, 3);
  await settled();
  quotes.of(ROOM, 3);
  await settled();
  assert.equal(client.done.length, 2);
});

const notice = (change, user, sender = user) => ({
  type: "notice",
  key: `${change}-${user}`,
  event: { kind: "membership", stamp: `${change}-${user}`, change, userId: user, sender },
});

test("folds notices of people that follow each other, and no others", () => {
  const topic = { type: "notice", key: "topic", event: { kind: "room", change: "topic", stamp: "topic" } };
  const said = { type: "message", key: "said" };
  const crowd = ["a", "b", "c"].map((user) => notice("joined", user));
  const types = (/** @type {any[]} rows with all that is read of them */ rows) => folded(rows).map(({ type }) => type);
  assert.deepEqual(types([...crowd, said, notice("left", "a"), notice("left", "b"), topic, notice("left", "c")]), [
    "notices",
    "message",
    "notice",
    "notice",
    "notice",
    "notice",
  ]);
  assert.deepEqual(types([said, ...crowd]), ["message", "notices"]);
  const [row] = folded(/** @type {any[]} */ (crowd));
  assert.equal(row.type === "notices" && row.events.length, 3);
});

test("folds many notices into who came, who went, and who changed whom", () => {
  const events = [
    notice("invited", "b", "alice"),
    notice("invited", "c", "alice"),
    notice("joined", "b"),
    notice("joined", "d"),
    notice("left", "d"),
    notice("kicked", "c", "alice"),
    notice("left", "e"),
  ].map(({ event }) => event);
  assert.deepEqual(partsOf(/** @type {any[]} what is read of events */ (events)), [
    { change: "invited", sender: "alice", users: ["b", "c"] },
    { change: "joined", sender: null, users: ["b"] },
    { change: "visited", sender: null, users: ["d"] },
    { change: "kicked", sender: "alice", users: ["c"] },
    { change: "left", sender: null, users: ["e"] },
  ]);
});
