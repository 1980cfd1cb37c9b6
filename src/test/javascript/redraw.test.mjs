/** What the page draws again, and when, without a browser. */
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { indexOf, itemOf } from "../../main/resources/web/model/history-page.js";
import { People } from "../../main/resources/web/model/people.js";
import { Presence } from "../../main/resources/web/model/presence.js";
import { isSameRoom } from "../../main/resources/web/model/room-counts.js";
import { Rooms } from "../../main/resources/web/model/rooms.js";
import { rowsOf } from "../../main/resources/web/view/rows.js";

/** A client without a server, whose events the test tells. */
function scripted() {
  /** @type {any} all that the models use of a client */
  const client = Object.assign(new EventTarget(), {
    userId: "alice",
    state: "online",
    join() {},
    markRead() {},
    present: () => null,
  });
  client.on = (type, listener) => client.addEventListener(type, ({ detail }) => listener(detail));
  client.tell = (type, detail) => client.dispatchEvent(new CustomEvent(type, { detail }));
  return client;
}

/** @returns {any} all that is read of a room */
const room = (roomId, more = {}) => ({
  roomId,
  name: roomId,
  visibility: "public",
  membership: "joined",
  archived: false,
  head: 1,
  ...more,
});

test("draws at once, and whatever comes in the same frame once more with the next", async () => {
  const frames = [];
  Object.assign(globalThis, { document: { hidden: false }, requestAnimationFrame: (act) => frames.push(act) });
  const { drawByFrame } = await import("../../main/resources/web/view/frames.js");
  let [one, other] = [0, 0];
  const draw = () => one++;
  drawByFrame(draw);
  drawByFrame(() => other++);
  assert.deepEqual([one, other, frames.length], [1, 1, 1]);
  for (let i = 0; i < 20; i++) {
    drawByFrame(draw);
  }
  assert.equal(one, 1);
  frames.pop()();
  assert.deepEqual([one, other, frames.length], [2, 1, 0]);
  drawByFrame(draw);
  assert.deepEqual([one, frames.length], [3, 1]);
  frames.pop()();
  mock.timers.enable({ apis: ["setTimeout"] });
  Object.assign(document, { hidden: true });
  drawByFrame(draw);
  drawByFrame(draw);
  assert.deepEqual([one, frames.length], [4, 0]);
  mock.timers.tick(100);
  assert.equal(one, 5);
  mock.timers.reset();
});

test("draws what changes all the time at once, and then once a pause", async () => {
  const frames = [];
  Object.assign(globalThis, { document: { hidden: false }, requestAnimationFrame: (act) => frames.push(act) });
  const { paced } = await import("../../main/resources/web/view/frames.js");
  mock.timers.enable({ apis: ["setTimeout"] });
  let drawn = 0;
  const changed = paced(() => drawn++, 200);
  /** A time in which frames go by. */
  const pass = (ms) => {
    frames.splice(0).forEach((act) => act());
    mock.timers.tick(ms);
  };
  changed();
  assert.equal(drawn, 1);
  for (let i = 0; i < 3; i++) {
    pass(50);
    changed();
  }
  assert.equal(drawn, 1);
  pass(50);
  assert.equal(drawn, 2);
  pass(200);
  assert.equal(drawn, 2);
  changed();
  assert.equal(drawn, 3);
  pass(200);
  mock.timers.reset();
});

test("takes a room with other counts for the same, and with anything else for another", () => {
  const before = room("garden", { unreadCount: 0, mentionCount: 0, readTo: 1, topic: "Tomatoes" });
  assert.ok(isSameRoom(before, { ...before, head: 7, unreadCount: 6, mentionCount: 1, readTo: 2 }));
  assert.ok(!isSameRoom(before, { ...before, topic: "Potatoes" }));
  assert.ok(!isSameRoom(before, { ...before, role: "owner" }));
  const { topic: _, ...without } = before;
  assert.ok(!isSameRoom(before, without));
});

test("has another room for other counts, and says nothing when nothing has changed", () => {
  const client = scripted();
  const rooms = new Rooms(client, new People(client));
  rooms.put(room("garden"));
  const known = () => /** @type {Page.Room} */ (rooms.get("garden"));
  const before = known();
  assert.equal(before.unreadCount, 0);
  client.tell("event", {
    roomId: "garden",
    event: { seq: 2, stamp: "s2", at: "2026-01-31T12:00:00Z", kind: "message", sender: "bob" },
  });
  assert.equal(known().unreadCount, 1);
  assert.ok(isSameRoom(before, { ...known() }));
  // The first marker says up to which event is counted.
  client.tell("readMarker", { roomId: "garden", readTo: 0, head: 2, unreadCount: 1, mentionCount: 0 });
  const { version } = rooms;
  client.tell("readMarker", { roomId: "garden", readTo: 0, head: 2, unreadCount: 1, mentionCount: 0 });
  assert.equal(rooms.version, version);
});

test("knows who is here after each change", () => {
  const client = scripted();
  const presence = new Presence(client);
  client.present = () => ["bob"];
  client.tell("presence", { roomId: "garden", count: 1 });
  assert.deepEqual([presence.of("garden", "bob"), presence.of("garden", "guest")], ["online", undefined]);
  client.present = () => ["guest"];
  client.tell("presence", { roomId: "garden", count: 1 });
  assert.deepEqual([presence.of("garden", "bob"), presence.of("garden", "guest")], [undefined, "online"]);
  client.tell("state", { state: "offline" });
  client.present = () => null;
  assert.equal(presence.of("garden", "guest"), undefined);
});

test("finds an item by its seq, and by its stamp", () => {
  const items = [2, 3, 7, 9].map((seq) => /** @type {Page.Message} */ ({ seq, stamp: `stamp-${seq}` }));
  items.forEach((item, i) => assert.deepEqual([indexOf(items, item.seq), itemOf(items, item.seq, item.stamp)], [i, item]));
  [1, 4, 8, 10].forEach((seq) => assert.deepEqual([indexOf(items, seq), itemOf(items, seq, undefined)], [-1, undefined]));
  assert.equal(itemOf(items, 7, "another"), undefined);
  assert.equal(indexOf([], 1), -1);
});

test("has the same rows however often they are asked for", () => {
  const message = (seq, at, sender = "bob") =>
    /** @type {Page.Message} */ ({ kind: "message", id: `id-${seq}`, seq, stamp: `s${seq}`, at, sender });
  const items = [
    message(1, "2026-01-31T12:00:00Z"),
    message(2, "2026-01-31T12:04:59Z"),
    message(3, "2026-01-31T12:10:00Z"),
    message(4, "2026-02-02T12:10:00Z"),
  ];
  const rows = rowsOf(items, [], "alice", 2);
  assert.deepEqual(rowsOf(items, [], "alice", 2), rows);
  assert.deepEqual(
    rows.map((row) => (row.type === "message" ? row.follows : row.type)),
    ["day", false, true, "new", false, "day", false],
  );
});
