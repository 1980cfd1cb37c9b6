/** The list of rooms and the switcher, without a page. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ListWindow } from "../../main/resources/web/model/list-window.js";
import { RoomList } from "../../main/resources/web/model/room-list.js";
import { callsOf, isHidden, isUnread, newsOf } from "../../main/resources/web/model/room-preferences.js";
import { Rooms } from "../../main/resources/web/model/rooms.js";
import { ranked } from "../../main/resources/web/model/switcher.js";

const ME = "alice";
const LONG = 1_000;
const NEAR = 50;
const HEIGHTS = { head: 30, row: 20 };

/** A client whose server gives scripted answers. */
class ScriptedClient extends EventTarget {
  userId = ME;
  state = "online";
  joined = [];
  requests = [];
  answers = [];
  rooms;
  preferences;
  api = {
    rooms: async () => [],
    roomsAndPreferences: async () => ({ rooms: this.rooms, preferences: this.preferences }),
    changePreferences: (changes) => this.#answer(changes),
    changeRoomPreferences: (room, changes) => this.#answer({ roomId: room, ...changes }),
  };

  constructor(rooms, preferences = { order: "recent", folded: ["archived"], revision: 0 }) {
    super();
    this.rooms = rooms;
    this.preferences = preferences;
  }

  on(type, listener) {
    this.addEventListener(type, (/** @type {any} */ { detail }) => listener(detail));
  }

  tell(type, detail) {
    this.dispatchEvent(Object.assign(new Event(type), { detail }));
  }

  join(room) {
    this.joined.push(room);
  }

  markRead(...marker) {
    this.marked = marker;
  }

  #answer(request) {
    this.requests.push(request);
    return new Promise((resolve, reject) => this.answers.push({ resolve, reject }));
  }
}

/** @type {any} all that rooms use of people */
const people = { know() {}, name: (user) => user };

/** @returns {any} all that is read of a room */
function room(roomId, minute, more = {}) {
  const lastMessage = minute === null ? undefined : { seq: 9, at: `2026-01-31T12:${String(minute).padStart(2, "0")}:00.000Z` };
  return {
    roomId,
    name: roomId,
    visibility: "public",
    archived: false,
    head: 9,
    membership: "joined",
    readTo: 9,
    unreadCount: 0,
    mentionCount: 0,
    lastMessage,
    ...more,
  };
}

/** The list of a user whose rooms are loaded. */
async function listOf(rooms, preferences) {
  const client = new ScriptedClient(rooms, preferences);
  const model = new Rooms(/** @type {any} all that rooms use of a client */ (client), people);
  const list = new RoomList(/** @type {any} */ (client), model);
  client.tell("state", { state: "online" });
  await settled();
  return { client, rooms: model, list };
}

async function settled() {
  for (let turn = 0; turn < 20; turn++) {
    await Promise.resolve();
  }
}

const shown = (list) => list.sections.map(({ id, rooms }) => [id, ...rooms.map(({ roomId }) => roomId)].join(" "));
const message = (seq, minute, more = {}) => ({
  seq,
  stamp: `s${seq}`,
  kind: "message",
  sender: "bob",
  at: `2026-01-31T12:${minute}:00.000Z`,
  ...more,
});
const preferences = (more, revision = 1) => ({ starred: false, notifications: "all", hiddenTo: 0, revision, ...more });

test("orders rooms by their newest message, and moves one up with the next", async () => {
  const { client, list } = await listOf([
    room("a", 1),
    room("b", 3),
    room("c", 2),
    room("quiet", null),
    room("dm", 5, { visibility: "direct", peer: "bob" }),
  ]);
  assert.deepEqual(shown(list), ["rooms b c a quiet", "direct dm"]);
  client.tell("event", { roomId: "a", event: message(10, 9) });
  assert.deepEqual(shown(list), ["rooms a b c quiet", "direct dm"]);
  client.tell("event", { roomId: "c", event: { ...message(10, 10), kind: "reaction" } });
  assert.deepEqual(shown(list), ["rooms a b c quiet", "direct dm"]);
});

test("orders unread rooms first, and keeps the open one where it is while it is read", async () => {
  const order = { order: "unread", folded: [], revision: 5 };
  const { client, list, rooms } = await listOf(
    [
      room("old", 1, { readTo: 1, unreadCount: 2 }),
      room("call", 0, { readTo: 1, unreadCount: 1, mentionCount: 1 }),
      room("new", 9),
    ],
    order,
  );
  assert.deepEqual(shown(list), ["rooms call old new", "direct"]);
  list.opened("old");
  rooms.reading.read("old", 9, "s9");
  assert.deepEqual(shown(list), ["rooms call old new", "direct"]);
  list.opened("new");
  assert.deepEqual(shown(list), ["rooms call new old", "direct"]);
  client.tell("preferences", { order: "name", folded: [], revision: 6 });
  assert.deepEqual(shown(list), ["rooms call new old", "direct"]);
});

test("shows a starred room in its section, and unread or open rooms of a folded one", async () => {
  const { list, rooms } = await listOf(
    [
      room("a", 1, { preferences: preferences({ starred: true }) }),
      room("b", 2),
      room("c", 3, { readTo: 1, unreadCount: 1 }),
      room("d", 4, { archived: true }),
    ],
    { order: "recent", folded: ["rooms", "archived"], revision: 1 },
  );
  assert.deepEqual(shown(list), ["starred a", "rooms c", "direct", "archived"]);
  list.opened("b");
  assert.deepEqual(shown(list), ["starred a", "rooms c b", "direct", "archived"]);
  rooms.reading.read("c", 9, "s9");
  assert.deepEqual(shown(list), ["starred a", "rooms b", "direct", "archived"]);
});

test("hides a finished conversation until its next message", async () => {
  const { client, list, rooms } = await listOf([room("a", 1), room("b", 2, { preferences: preferences({ hiddenTo: 9 }) })]);
  assert.deepEqual(shown(list), ["rooms a", "direct"]);
  list.opened("b");
  assert.deepEqual(shown(list), ["rooms b a", "direct"]);
  list.opened(null);
  client.tell("event", { roomId: "b", event: message(10, 3) });
  assert.deepEqual(shown(list), ["rooms b a", "direct"]);
  assert.equal(isHidden(/** @type {Page.Room} */ (rooms.get("b"))), false);
});

test("counts by the user's notification level", async () => {
  const counts = { readTo: 1, unreadCount: 5, mentionCount: 2 };
  const levels = { all: [5, 2, true], mentions: [2, 2, true], none: [0, 0, false] };
  for (const [notifications, expected] of Object.entries(levels)) {
    const quiet = room("a", 1, { ...counts, preferences: preferences({ notifications }) });
    assert.deepEqual([newsOf(quiet), callsOf(quiet), isUnread(quiet)], expected);
    const direct = { ...quiet, visibility: "direct", peer: "bob" };
    assert.equal(callsOf(direct), expected[0]);
    const { rooms } = await listOf([quiet]);
    assert.deepEqual([rooms.unreadCount, rooms.calls], expected.slice(0, 2));
  }
  assert.equal(isUnread(room("a", 1, { mentionCount: 1 })), true, "an edit of a read message");
});

test("keeps the newest preferences in any order, and reverts those that the server refuses", async () => {
  const { client, list, rooms } = await listOf([room("a", 1, { preferences: preferences({ starred: true }, 7) })]);
  client.tell("preferences", { roomId: "a", ...preferences({}, 6) });
  assert.equal(rooms.get("a")?.preferences.starred, true);
  client.tell("preferences", { roomId: "a", ...preferences({}, 8) });
  assert.equal(rooms.get("a")?.preferences.starred, false);
  rooms.put(room("a", 1, { preferences: preferences({ starred: true }, 7) }));
  assert.equal(rooms.get("a")?.preferences.starred, false, "a list that was asked for before");

  const refused = rooms.prefer("a", { notifications: "none" });
  assert.equal(rooms.get("a")?.preferences.notifications, "none");
  await settled();
  client.answers.shift().reject(new Error("no"));
  await assert.rejects(refused);
  assert.equal(rooms.get("a")?.preferences.notifications, "all");

  const folding = list.toggle("rooms");
  assert.deepEqual([...list.folded], ["archived", "rooms"]);
  await settled();
  assert.deepEqual(client.requests.at(-1), { fold: ["rooms"] });
  client.answers.shift().resolve({ order: "recent", folded: ["archived", "rooms", "direct"], revision: 3 });
  await folding;
  assert.deepEqual([...list.folded], ["archived", "rooms", "direct"]);
  const refusedToo = list.setOrder("name");
  await settled();
  client.answers.shift().reject(new Error("no"));
  await assert.rejects(refusedToo);
  assert.equal(list.order, "recent");
});

test("sends changes of preferences one after the other", async () => {
  const { client, rooms } = await listOf([room("a", 1)]);
  const first = rooms.prefer("a", { starred: true });
  const second = rooms.prefer("a", { starred: false });
  await settled();
  assert.deepEqual(client.requests, [{ roomId: "a", starred: true }]);
  client.answers.shift().resolve(preferences({ starred: true }, 1));
  await first;
  await settled();
  assert.deepEqual(client.requests[1], { roomId: "a", starred: false });
  client.answers.shift().resolve(preferences({}, 2));
  await second;
  assert.equal(rooms.get("a")?.preferences.starred, false);
});

test("believes the server after a new connection, and forgets preferences with the membership", async () => {
  const { client, rooms } = await listOf([room("a", 1, { preferences: preferences({ starred: true }, 7) })]);
  client.rooms = [room("a", 1, { preferences: preferences({}, 3) })];
  client.tell("state", { state: "online" });
  await settled();
  assert.equal(rooms.get("a")?.preferences.starred, false, "a restored backup has older revisions");
  client.tell("preferences", { roomId: "a", ...preferences({ starred: true }, 9) });
  client.tell("left", { roomId: "a" });
  assert.equal(rooms.get("a")?.preferences.starred, false);
});

test("reads a room to its end by its newest event", async () => {
  const { client, rooms } = await listOf([room("a", 1, { readTo: 3, unreadCount: 2, headStamp: "s9" })]);
  client.tell("event", { roomId: "a", event: message(10, 2) });
  rooms.reading.readAll(/** @type {Page.Room} */ (rooms.get("a")));
  assert.deepEqual(client.marked, ["a", 10, "s10"]);
});

test("draws the rows near the screen, and finds rows beyond it", () => {
  const keys = Array.from({ length: LONG }, (_, index) => `r${index}`);
  const rows = new ListWindow(
    [
      { head: "#a", keys: [] },
      { head: "#b", keys },
    ],
    HEIGHTS,
  );
  assert.equal(rows.height, 2 * HEIGHTS.head + LONG * HEIGHTS.row);
  const [from, to] = rows.seen(10_000, 10_400);
  assert.ok(to - from < NEAR);
  assert.ok(rows.rows[from].top <= 10_000 && rows.rows[to - 1].top + HEIGHTS.row >= 10_400);
  const unread = new Set(["r3", "r5", "r900"]);
  assert.deepEqual(
    rows.beyond(10_000, 10_400, (key) => unread.has(key)),
    { above: "r5", below: "r900" },
  );
  assert.deepEqual(
    rows.beyond(0, rows.height, (key) => unread.has(key)),
    { above: null, below: null },
  );
  assert.deepEqual(rows.groups[1], { top: HEIGHTS.head, height: HEIGHTS.head + LONG * HEIGHTS.row, first: 1, size: LONG });
});

test("stays where it is when rows move, and follows none that goes elsewhere by itself", () => {
  const keys = Array.from({ length: 100 }, (_, index) => `r${index}`);
  const before = new ListWindow([{ head: "#a", keys }], HEIGHTS);
  const fromBelow = new ListWindow([{ head: "#a", keys: ["r99", ...keys.slice(0, 99)] }], HEIGHTS);
  assert.equal(fromBelow.movedSince(before, 500, 900), HEIGHTS.row);
  const fromSight = new ListWindow([{ head: "#a", keys: ["r25", ...keys.filter((key) => key !== "r25")] }], HEIGHTS);
  assert.equal(fromSight.movedSince(before, 500, 900), 0, "most of what is seen has not moved");
  const elsewhere = new ListWindow([{ head: "#b", keys: ["x"] }], HEIGHTS);
  assert.equal(elsewhere.movedSince(before, 500, 900), 0);
});

const choice = (title, more = {}) => ({ key: title, kind: "own", title, detail: "", ...more });
const found = (typed, choices) => ranked(choices, typed).map(({ title }) => title);

test("finds rooms and people by some of their letters, whatever the accents", () => {
  const choices = ["Zoë Müller", "Łódź", "Straße", "The garden", "garden-tools", "Großer Grund", "ﬁsh"].map((title) =>
    choice(title),
  );
  const cases = {
    zoe: "Zoë Müller",
    MULLER: "Zoë Müller",
    zm: "Zoë Müller",
    "z mu": "Zoë Müller",
    lodz: "Łódź",
    strasse: "Straße",
    grossg: "Großer Grund",
    gt: "garden-tools",
    fish: "ﬁsh",
    "The Garden": "The garden",
  };
  for (const [typed, title] of Object.entries(cases)) {
    assert.equal(found(typed, choices)[0], title, typed);
  }
  assert.deepEqual(found("xyz", choices), []);
  assert.deepEqual(found("edz", choices), []);
});

test("shows recent rooms first, in a choice of equals too", () => {
  const own = [choice("ops"), choice("dev"), choice("old", { isAtRest: true }), choice("operations")];
  const others = [
    choice("open", { kind: "open" }),
    choice("Olga", { kind: "person" }),
    choice("Open the settings", { kind: "command" }),
  ];
  assert.deepEqual(found("", [...own, ...others]), ["ops", "dev", "operations", "open"]);
  assert.deepEqual(found("op", [choice("opal"), choice("opus")]), ["opal", "opus"]);
  assert.deepEqual(found("op", [choice("opus"), choice("opal")]), ["opus", "opal"]);
  assert.deepEqual(found("old", [...own, ...others]), ["old"]);
  assert.deepEqual(found("settings", [...own, ...others]), ["Open the settings"]);
  assert.deepEqual(found("tomato", [choice("garden", { detail: "Tomatoes and more" })]), ["garden"]);
});

test("ranks a thousand rooms at every key, and only so many are shown", () => {
  const choices = Array.from({ length: LONG }, (_, index) => choice(`Project ${index} of the north`));
  assert.equal(found("pn", choices).length, 30);
  assert.equal(found("project 999", choices)[0], "Project 999 of the north");
});

test("remembers the rooms that were open lately", async () => {
  const { list } = await listOf([room("a", 1), room("b", 2), room("c", 3)]);
  ["a", "b", "a"].forEach((each) => list.opened(each));
  assert.deepEqual(
    list.byRecency.map(({ roomId }) => roomId),
    ["a", "b", "c"],
  );
});
