/**
 * The page's window onto a room, through seeded schedules: answers that are late or fail, live events that arrive
 * meanwhile, a user who scrolls, resets, and a server whose database goes back, which it reports at once or later. SEED
 * of the environment is the first seed, to repeat a schedule.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { answered, apply, isChange } from "../../main/resources/web/model/message-state.js";
import { NO_COPIES, keptRun } from "../../main/resources/web/model/kept-run.js";
import { Timeline } from "../../main/resources/web/model/timeline.js";
import { chosen, seeded } from "./random.js";

const SCHEDULES = 2000;
const STEPS = 120;
const FIRST = Number(process.env.SEED ?? 1);
const EVENTS_BEFORE = 400;
const SHOWN = ["message", "membership", "room"];

/** A room of a server. */
class Room {
  events = [];
  #states = new Map();

  #stamps = 0;

  constructor(next) {
    this.next = next;
  }

  append() {
    const seq = this.events.length + 1;
    const messages = this.events.filter((event) => event.kind === "message").slice(-30);
    const target = messages[Math.floor(this.next() * messages.length)];
    const stamp = `stamp-${++this.#stamps}`;
    const event = { seq, stamp, sender: "alice", id: `id-${this.next()}`, ...this.#body(target, this.next()) };
    this.#add(event);
    return event;
  }

  /** Loses the newest events of its database. */
  rewind(lost) {
    const left = this.events.slice(0, Math.max(1, this.events.length - lost));
    this.events = [];
    this.#states.clear();
    left.forEach((event) => this.#add(event));
  }

  #add(event) {
    const { seq } = event;
    this.events.push(event);
    if (isChange(event)) {
      this.#states.set(event.target, apply(this.#states.get(event.target), event));
    } else {
      this.#states.set(seq, { ...event, asOf: 0 });
      if (event.thread !== undefined) {
        this.#states.set(event.thread, answered(this.#states.get(event.thread), event));
      }
    }
  }

  #body(target, kind) {
    if (!target || kind < 0.5) {
      return { kind: "message", text: "hi" };
    }
    if (kind < 0.6) {
      return { kind: "message", text: "yes", thread: target.thread ?? target.seq, ...(kind < 0.55 && { alsoToRoom: true }) };
    }
    if (kind < 0.7) {
      return { kind: "membership", userId: "bob" };
    }
    if (kind < 0.8) {
      return { kind: "reaction", target: target.seq, emoji: "🎉", removed: this.next() < 0.3 };
    }
    return kind < 0.9
      ? { kind: "edit", target: target.seq, text: `edited ${this.events.length}` }
      : { kind: "delete", target: target.seq };
  }

  /** Page of the REST API. */
  page({ before, after, stamp, around, limit }) {
    const head = this.events.length;
    if (stamp !== undefined && this.events[after - 1]?.stamp !== stamp) {
      throw Object.assign(new Error("another history"), { code: "history.changed" });
    }
    let from = Math.max(0, head - limit);
    if (before !== undefined) {
      from = Math.max(0, before - 1 - limit);
    } else if (after !== undefined) {
      from = after;
    } else if (around !== undefined) {
      from = Math.max(0, around - 1 - limit / 2);
    }
    const to = before === undefined ? from + limit : before - 1;
    return { events: this.events.slice(from, to).map((event) => this.state(event.seq)), head };
  }

  /** An event in its present state. */
  state(seq) {
    const { asOf, ...event } = this.#states.get(seq) ?? this.events[seq - 1];
    return event;
  }
}

/** A user at a page, whose answers and live events wait until the schedule delivers them. */
class Visit {
  hasMissed = false;
  /** Events from before the database went back, while that is not reported. @type {any[] | null} */
  before = null;
  #answers = [];
  #live = [];
  #reads = 0;

  /** @param {{events: any[], head: number, at: number} | null} copy the browser's copy of the room */
  constructor(room, next, copy) {
    this.room = room;
    this.next = next;
    this.copied = copy && copy.events.filter((event) => SHOWN.includes(event.kind)).map((event) => event.stamp);
    const api = { events: (_, range) => this.#ask(range) };
    const copies = { ...NO_COPIES, of: () => this.#read(copy) };
    this.timeline = timelineOver(api, copies);
  }

  /** The browser's storage may be slower than the server. */
  async #read(copy) {
    this.#reads++;
    for (let turns = Math.floor(this.next() * 4); turns > 0; turns--) {
      await settled();
    }
    this.#reads--;
    return copy;
  }

  #ask(range) {
    return new Promise((answer, fail) => this.#answers.push({ range, answer, fail }));
  }

  said(event) {
    this.#live.push(event);
  }

  hear() {
    if (this.#live.length > 0) {
      this.timeline.take(this.#live.shift());
    }
  }

  /** Drops pending events at a reset. */
  reset(since) {
    this.#live = [];
    this.hasMissed = true;
    this.timeline.reset({ since, head: this.room.events.length });
  }

  /** The database goes back, which is not reported before `notice`. */
  rewind(lost) {
    if (this.before === null) {
      this.before = this.room.events;
      this.#live = [];
      this.room.rewind(lost);
    }
  }

  notice() {
    if (this.before !== null) {
      this.before = null;
      this.reset(0);
    }
  }

  /** The server answers one of the requests; the answer reaches the page at once or never. */
  async answer(fails) {
    const [asked] = this.#answers.splice(Math.floor(this.next() * this.#answers.length), 1);
    if (asked) {
      const { range, answer, fail } = asked;
      try {
        fails ? fail(new Error("lost")) : answer(this.room.page(range));
      } catch (refused) {
        fail(refused);
      }
      await settled();
    }
  }

  async calm() {
    while (this.#answers.length + this.#live.length + this.#reads > 0) {
      await this.answer(false);
      this.hear();
      await settled();
    }
  }

  /** Checks that the items have no gap and no duplicate, unless they are about to be replaced. */
  check() {
    const { timeline } = this;
    if (!timeline.loaded) {
      return;
    }
    const stamps = timeline.items.map((item) => item.stamp);
    if (timeline.copiedAt !== null && this.copied !== null) {
      // Older events may be put before the copy, because they are of the same history.
      assert.deepEqual(stamps.slice(-this.copied.length), this.copied);
      return;
    }
    const expected = (events) =>
      events
        .slice(Math.max(0, timeline.first - 1), timeline.last)
        .filter((event) => SHOWN.includes(event.kind) && (event.thread === undefined || event.alsoToRoom))
        .map((event) => event.stamp);
    // The run is of one history; until the change is reported, of the old or the new one.
    if (this.before === null || stamps.join() !== expected(this.before).join()) {
      assert.deepEqual(stamps, expected(this.room.events));
    }
  }

  /** Checks that the items have their present state. */
  checkStates() {
    for (const { asOf, ...item } of this.timeline.items) {
      assert.deepEqual(item, this.room.state(item.seq));
    }
  }
}

/** A timeline over an API of history. @param {{events: (_: string, range: any) => Promise<any>}} api */
function timelineOver(api, copies = NO_COPIES) {
  return new Timeline("garden", /** @type {any} all that it uses of a client */ ({ unsent: () => [], api }), copies);
}

function settled() {
  return new Promise((turn) => setImmediate(turn));
}

/** Copy of the room in a browser from some time ago, which may be of another history. */
async function copyOf(room, next) {
  if (next() < 0.4) {
    return null;
  }
  const timeline = timelineOver({ events: async (_, range) => room.page(range) });
  await timeline.open();
  const run = keptRun(timeline);
  for (let i = next() * 100; i > 0; i--) {
    room.append();
  }
  if (next() < 0.4) {
    room.rewind(next() * 150);
    for (let i = next() * 100; i > 0; i--) {
      room.append();
    }
  }
  return run && { at: 1, ...run };
}

async function run(seed) {
  const next = seeded(seed);
  const room = new Room(next);
  for (let i = 1 + Math.floor(next() * EVENTS_BEFORE); i > 0; i--) {
    room.append();
  }
  const visit = new Visit(room, next, await copyOf(room, next));
  const { timeline } = visit;
  /** @type {[number, () => unknown][]} */
  const steps = [
    [4, () => (visit.before === null ? visit.said(room.append()) : room.append())],
    [5, () => visit.hear()],
    [3, () => visit.answer(next() < 0.1)],
    [1, () => void timeline.older()],
    [1, () => void timeline.newer()],
    [0.3, () => void timeline.latest()],
    [0.2, () => void timeline.open({ seq: 1 + Math.floor(next() * room.events.length) })],
    [0.2, () => void timeline.open({ readTo: 1 + Math.floor(next() * room.events.length) })],
    [0.3, () => (timeline.followed = timeline.atEnd && next() < 0.7)],
    [0.2, () => timeline.again()],
    [0.1, () => visit.reset(visit.before === null ? 1 : 0)],
    [0.1, () => visit.rewind(next() * 50)],
    [0.3, () => visit.notice()],
  ];
  void timeline.open();
  for (let i = 0; i < STEPS; i++) {
    await chosen(next, steps)();
    visit.check();
  }
  visit.notice();
  await visit.calm();
  timeline.again();
  await visit.calm();
  assert.ok(timeline.loaded);
  assert.equal(timeline.copiedAt, null);
  visit.check();
  if (!visit.hasMissed) {
    visit.checkStates();
  }
  void timeline.latest();
  await visit.calm();
  visit.check();
  visit.checkStates();
  assert.equal(timeline.last, room.events.length);
}

test("is a run of the room without a gap, in its present state", async () => {
  for (let seed = FIRST; seed < FIRST + SCHEDULES; seed++) {
    await run(seed).catch((failure) => {
      failure.message = `seed ${seed}: ${failure.message}`;
      throw failure;
    });
  }
});

/** A timeline with immediate answers. */
function shown(events) {
  const room = new Room(() => 0.1);
  for (let i = 0; i < events; i++) {
    room.append();
  }
  return { room, timeline: timelineOver({ events: async (_, range) => room.page(range) }) };
}

test("keeps the place that is read when the message there is still the same, and else shows the newest", async () => {
  const { room, timeline } = shown(300);
  await timeline.open({ seq: 150 });
  timeline.place = () => room.events[149];
  for (const [lost, isThere] of [
    [100, true],
    [100, false],
  ]) {
    room.rewind(lost);
    const before = timeline.history;
    timeline.reset({ since: 0, head: room.events.length });
    assert.ok(timeline.items.length > 0, "nothing is taken away before there is something else");
    await settled();
    assert.deepEqual([timeline.history, timeline.followed], [before + 1, !isThere]);
    assert.equal(timeline.message(150) !== undefined, isThere);
    assert.equal(timeline.last, isThere ? 179 : 100);
  }
});

test("drops own messages that were stored and lost, and moves the line of the read marker", async () => {
  const { room, timeline } = shown(20);
  await timeline.open({ readTo: 18 });
  timeline.requestChanged(
    /** @type {any} a part of a request */ ({ id: "lost", type: "post", state: "sent", seq: 21, fields: { text: "lost" } }),
  );
  assert.deepEqual(
    timeline.pending().map(({ id }) => id),
    ["lost"],
  );
  room.rewind(5);
  timeline.reset({ since: 0, head: 15 });
  await settled();
  assert.deepEqual([timeline.pending(), timeline.readBefore, timeline.last], [[], 15, 15]);
});

test("does not show another message for the one that is asked for", async () => {
  const { room, timeline } = shown(200);
  const { seq, stamp } = room.events[99];
  assert.equal(await timeline.open({ seq, stamp }), true);
  assert.equal(timeline.target, 100);
  assert.equal(await timeline.open({ seq, stamp: "stamp-of-old" }), false);
  assert.deepEqual([timeline.target, timeline.last], [null, 200]);
});
