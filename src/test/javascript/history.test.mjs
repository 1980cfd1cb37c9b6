/**
 * The library against a server whose database goes back. The standard input may name another `library`, the number of
 * `schedules` and the patience, and end the tests at the first failure; SEED of the environment is the first schedule.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { text } from "node:stream/consumers";
import { endAtFirstFailure } from "./first-failure.js";
import { chosen, seeded } from "./random.js";
import { ScriptedServer } from "./scripted-server.js";

const input = JSON.parse((process.stdin.isTTY ? "" : await text(process.stdin)) || "{}");
const RIGHT = new URL("../../main/resources/web/parlance-client/index.js", import.meta.url).href;
const { ParlanceClient } = await import(input.library ?? RIGHT);

if (input.untilFailure) {
  endAtFirstFailure();
}

const SCHEDULES = input.schedules ?? 300;
const STEPS = 60;
const FIRST = Number(process.env.SEED ?? 1);
const SETTINGS = { retryBaseMs: 1, retryCapMs: 4, answerTimeoutMs: 2000, pageSize: 7, readIntervalMs: 1 };
const PATIENCE_MS = input.patienceMs ?? 20_000;

/** An application with a copy of the room, which survives reloads. */
class Reader {
  copy = [];
  refused = [];
  sent = [];
  #from;
  #next = 1;
  #server;
  #options;

  constructor(server, { since, pageAtMost, random }) {
    this.#server = server;
    this.#from = since;
    this.pageAtMost = pageAtMost;
    const items = new Map([
      ["parlance.session", JSON.stringify({ userId: "alice", accessToken: "token", expiresAt: Date.now() + 3_600_000 })],
    ]);
    const storage = { getItem: (key) => items.get(key) ?? null, setItem: (key, value) => void items.set(key, value) };
    this.#options = { ...server.options, storage, random, settings: SETTINGS };
    this.#open();
  }

  get last() {
    return this.copy.at(-1);
  }

  reload() {
    this.client.close();
    this.#open();
  }

  #open() {
    const client = new ParlanceClient(this.#options);
    this.client = client;
    client.on("event", ({ event }) => this.#take(event));
    client.on("reset", (reset) => this.#reset(reset));
    client.on("request", ({ request }) => this.#noted(request));
    client.restore();
    const cursor = this.last
      ? { since: this.last.seq, stamp: this.last.stamp, first: this.copy[0].seq }
      : this.#from === null
        ? {}
        : { since: this.#from };
    client.join(this.#server.room, { ...cursor, pageAtMost: this.pageAtMost });
  }

  #take(event) {
    if (this.last) {
      assert.equal(event.seq, this.last.seq + 1, "the next event of the copy");
    }
    this.copy.push(event);
  }

  /** Handles a reset. This application skips the events before `next`. */
  #reset({ since, next }) {
    if (since === 0 || next !== since + 1) {
      this.copy = [];
      this.#from = null;
      this.#next = next;
    }
  }

  #noted(request) {
    if (request.state === "sent") {
      this.sent.push(request);
    } else if (request.state === "failed") {
      this.refused.push(request);
    }
  }

  isCurrent() {
    return this.client.state === "online" && (this.last?.seq ?? this.#next - 1) === this.#server.head && this.isEqual();
  }

  isEqual() {
    const first = this.copy[0]?.seq ?? this.#server.head + 1;
    const there = this.#server.events.slice(first - 1);
    return there.length === this.copy.length && there.every((event, i) => event.stamp === this.copy[i].stamp);
  }
}

async function until(reached) {
  for (const begin = Date.now(); Date.now() - begin < PATIENCE_MS && !reached();) {
    await new Promise((later) => setTimeout(later, 1));
  }
  return reached();
}

const pause = () => new Promise((later) => setTimeout(later, 0));

/** A reader of a room with some events. */
async function setUp({
  events = 10,
  since = /** @type {number | null} */ (0),
  pageAtMost = 10_000,
  random = () => 0.5,
  catchUpLimit = 12,
} = {}) {
  const server = new ScriptedServer(random, { catchUpLimit });
  for (let i = 0; i < events; i++) {
    server.append();
  }
  const reader = new Reader(server, { since, pageAtMost, random });
  assert.ok(await until(() => reader.isCurrent()), "the reader comes to the head");
  return { server, reader };
}

for (const stays of [true, false]) {
  test(`has the room as the database has it after a restored backup, ${stays ? "told on its connection" : "reconnecting"}`, async () => {
    const { server, reader } = await setUp({ events: 30 });
    const resets = [];
    reader.client.on("reset", (reset) => resets.push(reset));
    server.restore(12, { cut: !stays });
    server.append();
    assert.ok(await until(() => reader.isCurrent()));
    assert.equal(reader.copy[0].seq, 1);
    assert.deepEqual(
      resets.map(({ since, next }) => [since, next]),
      [[0, 1]],
    );
    reader.client.close();
  });
}

test("notices another history when the head has passed its place while it was away", async () => {
  const { server, reader } = await setUp({ events: 20 });
  server.setAway(true);
  server.restore(10, { cut: true });
  for (let i = 0; i < 30; i++) {
    server.append();
  }
  server.setAway(false);
  assert.ok(await until(() => reader.isCurrent()));
  reader.client.close();
});

test("notices it after a reload, too, and gets the room from the first event that it had", async () => {
  const { server, reader } = await setUp({ events: 20, since: null });
  server.append();
  assert.ok(await until(() => reader.isCurrent()));
  const first = reader.copy[0].seq;
  reader.client.close();
  server.restore(10, { cut: true });
  for (let i = 0; i < 30; i++) {
    server.append();
  }
  reader.reload();
  assert.ok(await until(() => reader.isCurrent()));
  assert.equal(reader.copy[0].seq, first);
  reader.client.close();
});

test("begins anew when the history changes while it is paged", async () => {
  const { server, reader } = await setUp({ events: 60 });
  const resets = [];
  reader.client.on("reset", (reset) => resets.push(reset));
  let changes = 0;
  reader.client.on("event", ({ event }) => {
    if (event.seq === 40 && changes++ < 2) {
      server.restore(30, { cut: false });
      Array.from({ length: 25 }, () => server.append());
    }
  });
  server.restore(5, { cut: false });
  assert.ok(await until(() => reader.isCurrent()));
  assert.equal(changes, 3);
  assert.equal(reader.copy[0].seq, 1);
  assert.ok(resets.length >= 3);
  reader.client.close();
});

test("proves each page by the one before, for no node may have noticed yet", async () => {
  const { server, reader } = await setUp({ events: 60, catchUpLimit: 5 });
  reader.client.close();
  reader.copy.length = 10;
  reader.reload();
  let changed = false;
  reader.client.on("event", () => {
    if (!changed) {
      changed = true;
      server.events = server.events.slice(0, 12);
      Array.from({ length: 40 }, () => server.append());
    }
  });
  assert.ok(await until(() => reader.isCurrent()));
  assert.ok(changed);
  reader.client.close();
});

test("goes on at the newest when the history changes again and again", async () => {
  const { server, reader } = await setUp({ events: 60 });
  reader.client.on("event", ({ event }) => {
    if (event.seq === 40) {
      server.restore(30, { cut: false });
      Array.from({ length: 25 }, () => server.append());
    }
  });
  server.restore(5, { cut: false });
  assert.ok(await until(() => reader.isCurrent()));
  assert.ok(reader.copy.length < 40);
  reader.client.close();
});

test("hands a changed history over to an application that wants it, and proves its place afterwards", async () => {
  const { server, reader } = await setUp({ pageAtMost: 0, events: 10 });
  const resets = [];
  reader.client.on("reset", (reset) => resets.push(reset));
  server.restore(4, { cut: false });
  assert.ok(await until(() => resets.length === 1));
  assert.deepEqual(resets, [{ roomId: server.room, since: 0, head: 6, next: 7 }]);
  server.cutAll();
  server.append();
  assert.ok(await until(() => reader.isCurrent()));
  assert.equal(resets.length, 1);
  assert.equal(reader.copy[0].seq, 7);
  reader.client.close();
});

test("is sure of nothing that it is given without a stamp", async () => {
  const { server, reader } = await setUp({ events: 10 });
  reader.client.close();
  const bare = new ParlanceClient({ ...server.options, storage: storageOf(), settings: SETTINGS });
  const told = [];
  bare.on("reset", ({ since, next }) => told.push([since, next]));
  bare.on("event", ({ event }) => told.push(event.seq));
  bare.restore();
  bare.join(server.room, { since: 8 });
  assert.ok(await until(() => told.length === 3));
  assert.deepEqual(told, [[0, 9], 9, 10]);
  bare.close();
});

test("does not take another event for one that it has under the same seq", async () => {
  const { server, reader } = await setUp({ events: 10 });
  // A server that has gone back without detecting it.
  server.events = server.events.slice(0, 9);
  server.append();
  assert.ok(await until(() => reader.isCurrent()));
  reader.client.close();
});

test("drops requests whose event no longer exists, gives the reason, and sends the others", async () => {
  const { server, reader } = await setUp({ events: 10 });
  const seen = reader.copy[8];
  server.setAway(true);
  server.restore(5, { cut: true });
  Array.from({ length: 8 }, () => server.append());
  reader.client.send(server.room, "edit", { seq: seen.seq, stamp: seen.stamp, text: "mended" });
  reader.client.send(server.room, "post", { replyTo: seen.seq, stamp: seen.stamp, text: "I agree" });
  reader.client.post(server.room, "good morning");
  reader.reload();
  server.setAway(false);
  assert.ok(await until(() => reader.sent.length === 1 && reader.isCurrent()));
  assert.deepEqual(
    reader.refused.map(({ type, error, fields }) => [type, error.code, fields.text]),
    [
      ["edit", "history.changed", "mended"],
      ["post", "history.changed", "I agree"],
    ],
  );
  assert.deepEqual(reader.client.unsent(server.room), []);
  assert.deepEqual(
    server.events.filter(({ sender }) => sender === "alice").map(({ text: said }) => said),
    ["good morning"],
  );
  reader.client.close();
});

test("does not resend acknowledged requests that are lost", async () => {
  const { server, reader } = await setUp({ events: 10 });
  const request = reader.client.post(server.room, "lost");
  assert.ok(await until(() => request.state === "sent" && reader.isCurrent()));
  assert.deepEqual([request.seq, request.stamp], [11, reader.last.stamp]);
  server.restore(3, { cut: true });
  assert.ok(await until(() => reader.isCurrent()));
  assert.equal(server.head, 8);
  reader.client.close();
});

test("says how far the user has read with the stamp, and again from lower seqs in another history", async () => {
  const { server, reader } = await setUp({ events: 10 });
  const marks = [];
  const { receive } = server;
  server.receive = (socket, frame) => {
    if (frame.type === "markRead") {
      marks.push([frame.seq, frame.stamp === server.events[frame.seq - 1]?.stamp]);
    }
    return receive.call(server, socket, frame);
  };
  const read = ({ seq, stamp }) => reader.client.markRead(server.room, seq, stamp);
  read(reader.last);
  assert.ok(await until(() => marks.length === 1));
  server.restore(5, { cut: false });
  assert.ok(await until(() => reader.isCurrent()));
  read(reader.last);
  assert.ok(await until(() => marks.length === 2));
  assert.deepEqual(marks, [
    [10, true],
    [5, true],
  ]);
  reader.client.close();
});

/** Restores, cuts, reloads, sends and other clients' events in random order. */
async function run(seed) {
  const random = seeded(seed);
  const server = new ScriptedServer(random, { catchUpLimit: 5 + Math.floor(random() * 20) });
  for (let i = 1 + Math.floor(random() * 40); i > 0; i--) {
    server.append();
  }
  const reader = new Reader(server, {
    since: random() < 0.7 ? 0 : null,
    pageAtMost: random() < 0.8 ? 10_000 : Math.floor(random() * 20),
    random,
  });
  /** @type {[number, () => unknown][]} */
  const steps = [
    [6, () => server.append()],
    [2, () => Array.from({ length: Math.floor(random() * 25) }, () => server.append())],
    [2, () => reader.client.post(server.room, `said in ${seed}`)],
    [2, () => server.restore(Math.floor(random() * 30), { cut: random() < 0.5 })],
    [2, () => server.cutAll()],
    [1, () => server.setAway(random() < 0.5)],
    [1, () => reader.reload()],
    [8, pause],
  ];
  for (let i = 0; i < STEPS; i++) {
    await chosen(random, steps)();
  }
  server.setAway(false);
  server.append();
  assert.ok(
    await until(() => reader.isCurrent() && reader.client.unsent(server.room).length === 0),
    "the copy equals the database",
  );
  const ids = server.events.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length, "nothing is stored twice");
  reader.client.close();
}

test("has the room as the database has it, whatever happens", async () => {
  for (let seed = FIRST; seed < FIRST + SCHEDULES; seed++) {
    await run(seed).catch((failure) => {
      failure.message = `seed ${seed}: ${failure.message}`;
      throw failure;
    });
  }
});

function storageOf() {
  const kept = JSON.stringify({ userId: "alice", accessToken: "token", expiresAt: Date.now() + 3_600_000 });
  return { getItem: (key) => (key === "parlance.session" ? kept : null), setItem: () => {} };
}
