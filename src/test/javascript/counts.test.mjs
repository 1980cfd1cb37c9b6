/**
 * Unread counts of the page and those for the user, through seeded schedules: messages that are written, edited and
 * deleted, mentions that come and go by edits, markers of other devices, removals, archived rooms, lost connections and
 * resets, while answers and signals overtake events. In the end the counts equal the server's. SEED of the environment
 * is the first seed, to repeat a schedule.
 */
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { callsOf } from "../../main/resources/web/model/room-preferences.js";
import { Rooms } from "../../main/resources/web/model/rooms.js";
import { ScriptedRooms } from "./scripted-rooms.js";
import { chosen, seeded } from "./random.js";

const SCHEDULES = 500;
const STEPS = 70;
const FIRST = Number(process.env.SEED ?? 1);
/** Longer than any pause before a retry. */
const LONGEST_PAUSE_MS = 60_000;
/** Rounds without changes: a pause can follow a pause. */
const QUIET_ROUNDS = 4;
const MAX_ROUNDS = 200;

const pick = (next, all) => all[Math.floor(next() * all.length)];
const naming = (next) => (next() < 0.4 ? { mentions: ["me"] } : {});

/**
 * Possible actions, with their shares.
 *
 * @type {[number, (scene: {room: import("./scripted-rooms.js").ScriptedRoom, rooms: Rooms, server: ScriptedRooms, next: () => number}) => unknown][]}
 */
const ACTIONS = [
  [6, ({ room, next }) => room.archived || room.append({ kind: "message", text: "hi", ...naming(next) })],
  [1, ({ room, server }) => room.archived || !room.member || room.append({ kind: "message", text: "hi", sender: server.userId })],
  [3, ({ room, next }) => change(room, next, (target) => room.append({ kind: "edit", target, text: "hi", ...naming(next) }))],
  [2, ({ room, next }) => change(room, next, (target) => room.append({ kind: "delete", target }))],
  [1, ({ room, next }) => change(room, next, (target) => room.append({ kind: "reaction", target, emoji: "🎉" }))],
  [2, ({ room, next, server }) => room.member && server.readElsewhere(room, Math.floor(next() * (room.head + 1)))],
  [1, ({ room }) => setArchived(room)],
  [
    1,
    ({ room, server }) =>
      room.visibility === "direct" || (room.member ? server.remove(room) : room.archived || server.admit(room)),
  ],
  [1, ({ server }) => (server.state === "online" ? server.disconnect() : server.connect())],
  [0.3, ({ room, next, server }) => room.member && server.restore(room, 1 + Math.floor(next() * 5))],
  [3, ({ room, rooms, server }) => readHere(room, rooms, server)],
  [1, ({ rooms }) => void rooms.load()],
  [1, () => mock.timers.tick(300)],
];

function change(room, next, act) {
  const target = pick(
    next,
    room.messages(({ sender }) => sender === "bob"),
  );
  if (target !== undefined && !room.archived) {
    act(target);
  }
}

function setArchived(room) {
  if (room.visibility !== "direct") {
    room.append({ kind: "room", change: room.archived ? "unarchived" : "archived" });
  }
}

/** Marks the newest event of the page as shown. */
function readHere(room, rooms, server) {
  const place = server.followed.get(room.roomId);
  if (place) {
    rooms.reading.read(room.roomId, place.seq, place.stamp);
  }
}

function act(scene) {
  chosen(scene.next, ACTIONS)({ ...scene, room: pick(scene.next, [...scene.server.rooms.values()]) });
}

/** Lets promises settle. */
async function rest() {
  for (let turn = 0; turn < 12; turn++) {
    await null;
  }
}

/** Runs until nothing is pending. */
async function settle(server) {
  if (server.state !== "online") {
    server.connect();
  }
  let quiet = 0;
  for (let round = 0; quiet < QUIET_ROUNDS; round++) {
    assert.ok(round < MAX_ROUNDS, "the page comes to no rest");
    let moved = false;
    while (server.step()) {
      moved = true;
      await rest();
    }
    quiet = moved ? 0 : quiet + 1;
    mock.timers.tick(LONGEST_PAUSE_MS);
    await rest();
  }
}

const sum = (rooms, of) => rooms.reduce((total, room) => total + of(room), 0);

/** Checks that the page's counts equal those of a fresh answer of the server. */
function compare(server, rooms, seed) {
  const joined = [...server.rooms.values()].filter((room) => room.member).map((room) => room.view());
  for (const { roomId, archived, unreadCount, mentionCount } of joined) {
    const known = rooms.get(roomId);
    assert.deepEqual(
      [known.membership, known.archived, known.unreadCount, known.mentionCount],
      ["joined", archived, unreadCount, mentionCount],
      `${roomId}, SEED=${seed}`,
    );
  }
  assert.equal(
    rooms.unreadCount,
    sum(joined, (room) => room.unreadCount),
    `sum of unread, SEED=${seed}`,
  );
  assert.equal(rooms.calls, sum(joined, callsOf), `sum of calls, SEED=${seed}`);
}

async function play(seed) {
  const next = seeded(seed);
  const server = new ScriptedRooms(next);
  const rooms = new Rooms(
    /** @type {any} all that rooms use of a client */ (server),
    /** @type {any} */ ({ know() {}, name: (user) => user }),
  );
  void rooms.load();
  for (let step = 0; step < STEPS; step++) {
    act({ next, server, rooms });
    for (let count = Math.floor(next() * 4); count > 0; count--) {
      server.step();
      await rest();
    }
  }
  await settle(server);
  compare(server, rooms, seed);
}

test("counts as the server does, once all has come", async (context) => {
  context.mock.method(Math, "random", seeded(FIRST));
  mock.timers.enable({ apis: ["setTimeout"] });
  for (let seed = FIRST; seed < FIRST + SCHEDULES; seed++) {
    await play(seed);
  }
  mock.timers.reset();
});
