/**
 * The outbox of a browser with several tabs, against a scripted server: tabs that are closed, crash, are frozen and
 * restart, two at once, and a storage that fails. The standard input may name another `library`, the number of
 * `schedules` and the patience, and end the tests at the first failure; SEED of the environment is the first schedule.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { text } from "node:stream/consumers";
import { endAtFirstFailure } from "./first-failure.js";
import { FlakyStore } from "./flaky-store.js";
import { chosen, seeded } from "./random.js";
import { ScriptedServer } from "./scripted-server.js";
import { breaches } from "./store-contract.js";
import { MemoryStore } from "../../main/resources/web/parlance-client/memory-store.js";

const input = JSON.parse((process.stdin.isTTY ? "" : await text(process.stdin)) || "{}");
const RIGHT = new URL("../../main/resources/web/parlance-client/index.js", import.meta.url).href;
const { ParlanceClient } = await import(input.library ?? RIGHT);

if (input.untilFailure) {
  endAtFirstFailure();
}

const SCHEDULES = input.schedules ?? 200;
const STEPS = 50;
const FIRST = Number(process.env.SEED ?? 1);
const PATIENCE_MS = input.patienceMs ?? 20_000;
const LEASE_MS = 40;
const SETTINGS = { retryBaseMs: 1, retryCapMs: 4, answerTimeoutMs: 2000, leaseMs: LEASE_MS, storageTimeoutMs: 10_000 };

/** Storage shared by all tabs of a browser. */
class SharedStorage {
  #items = new Map();

  constructor(user = "alice") {
    this.#items.set(
      "parlance.session",
      JSON.stringify({ userId: user, accessToken: "token", expiresAt: Date.now() + 3_600_000 }),
    );
  }

  getItem(key) {
    return this.#items.get(key) ?? null;
  }

  setItem(key, value) {
    this.#items.set(key, value);
  }

  /** Requests in the outbox. */
  get requests() {
    return JSON.parse(this.getItem("parlance.store") || "[]")
      .filter(([key]) => key.includes("/request/"))
      .map(([, request]) => request);
  }
}

/** A tab, with the texts that its user has written in it. */
class Tab {
  sent = [];
  failed = [];
  /** Ids of the texts written here, in order. */
  written = [];
  isUnkept = false;
  isJoined = false;

  /**
   * @param {ScriptedServer} server
   * @param {import("../../main/resources/web/parlance-client/storage.js").TextStorage} storage
   * @param {() => number} random
   * @param {Partial<import("../../main/resources/web/parlance-client/options.js").Options>} [given]
   */
  constructor(server, storage, random, { settings = {}, ...options } = {}) {
    this.room = server.room;
    this.store = new FlakyStore(storage, () => server.wait());
    this.client = new ParlanceClient({
      ...server.options,
      storage,
      store: this.store,
      random,
      settings: { ...SETTINGS, ...settings },
      ...options,
    });
    this.client.on("request", ({ request }) => this.#noted(request));
    this.client.on("unkept", () => (this.isUnkept = true));
    this.client.on("joined", () => (this.isJoined = true));
    this.client.restore();
    this.client.join(server.room);
  }

  get unsent() {
    return this.client.unsent(this.room).map(({ fields }) => fields.text);
  }

  write(text) {
    return this.send("post", { text });
  }

  send(type, fields) {
    const { id } = this.client.send(this.room, type, fields);
    this.written.push(id);
    return id;
  }

  close() {
    this.client.close();
  }

  crash() {
    this.store.kill();
    this.client.close();
  }

  #noted(request) {
    if (request.state === "sent") {
      this.sent.push(request.id);
    } else if (request.state === "failed") {
      this.failed.push(request);
    }
  }
}

/** A WebSocket that reaches no server. */
class Unreachable extends EventTarget {
  readyState = 0;

  close() {}
}

async function until(reached) {
  for (const begin = Date.now(); Date.now() - begin < PATIENCE_MS && !reached();) {
    await new Promise((later) => setTimeout(later, 1));
  }
  return reached();
}

function setUp() {
  const random = seeded(7);
  const server = new ScriptedServer(random, { catchUpLimit: 1000 });
  const storage = new SharedStorage();
  return { server, storage, tab: (options) => new Tab(server, storage, random, options) };
}

/** Waits until all tabs are in the room: a server that is replaced earlier does not answer their joins. */
const joined = (...tabs) => until(() => tabs.every(({ isJoined }) => isJoined));
const texts = (server) => server.events.filter(({ text }) => text !== undefined).map(({ text }) => text);

test("has a store in memory that keeps the contract of stores", async () => {
  const storage = new SharedStorage();
  assert.deepEqual(await breaches(() => new MemoryStore(storage)), []);
});

for (const end of ["close", "crash"]) {
  test(`sends at the next start what was written without a connection, after a ${end}, in order`, async () => {
    const { server, storage, tab } = setUp();
    server.setAway(true);
    const first = tab();
    const ids = ["one", "two", "three"].map((said) => first.write(said));
    assert.ok(await until(() => storage.requests.length === 3));
    first[end]();
    server.setAway(false);
    const second = tab();
    second.write("four");
    assert.ok(await until(() => texts(server).length === 4));
    assert.deepEqual(texts(server), ["one", "two", "three", "four"]);
    assert.deepEqual(
      server.events.slice(0, 3).map(({ id }) => id),
      ids,
    );
    assert.ok(await until(() => second.unsent.length === 0 && storage.requests.length === 0));
    second.close();
  });

  test(`takes over from another tab what it was sending, after a ${end}`, async () => {
    const { server, tab } = setUp();
    const [first, second] = [tab(), tab()];
    assert.ok(await joined(first, second));
    // The server stores the first message, without an answer.
    const { receive } = server;
    server.receive = (_, { id, text }) =>
      void server.events.push({ seq: server.head + 1, stamp: "untold00", kind: "message", sender: "alice", id, at: "", text });
    first.write("one");
    first.write("two");
    assert.ok(await until(() => texts(server).length === 1));
    assert.ok(await until(() => second.unsent.includes("two")));
    server.receive = receive;
    first[end]();
    assert.ok(await until(() => second.unsent.length === 0));
    assert.deepEqual(texts(server), ["one", "two"]);
    second.close();
  });
}

test("sends each request once, and in the order of writing, with two tabs at once", async () => {
  const { server, tab } = setUp();
  const tabs = [tab(), tab()];
  assert.ok(await joined(...tabs));
  const written = [];
  for (let i = 0; i < 20; i++) {
    written.push(tabs[i % 2].write(`text ${i}`));
    if (i % 5 === 0) {
      assert.ok(await until(() => tabs.every(({ unsent }) => unsent.length === 0)));
    }
  }
  assert.ok(await until(() => tabs.every((each) => each.written.every((id) => each.sent.includes(id)))));
  assert.deepEqual([...server.received].sort(), [...written].sort());
  const stored = server.events.map(({ id }) => id);
  tabs.forEach((each) =>
    assert.deepEqual(
      stored.filter((id) => each.written.includes(id)),
      each.written,
    ),
  );
  tabs.forEach((each) => each.close());
});

test("leaves requests that it cannot send to a tab that can, at once", async () => {
  const { server, storage, tab } = setUp();
  const here = tab({ settings: { leaseMs: 3_600_000 } });
  assert.ok(await joined(here));
  const lonely = new Tab(server, storage, seeded(1), {
    settings: { leaseMs: 3_600_000 },
    WebSocket: /** @type {any} without the constants */ (Unreachable),
  });
  lonely.write("one");
  assert.ok(await until(() => texts(server).includes("one") && lonely.sent.length === 1 && here.sent.length === 1));
  [lonely, here].forEach((each) => each.close());
});

test("continues after a freeze longer than its lease, without resending another tab's requests", async () => {
  const { server, tab } = setUp();
  const [frozen, other] = [tab(), tab()];
  assert.ok(await joined(frozen, other));
  const { receive } = server;
  const held = [];
  server.receive = (...frame) => void held.push(frame);
  frozen.write("one");
  frozen.write("two");
  assert.ok(await until(() => held.length === 1 && other.unsent.length === 2));
  frozen.store.freeze();
  server.receive = receive;
  other.write("three");
  assert.ok(await until(() => texts(server).length === 3 && other.unsent.length === 0));
  held.forEach((frame) => server.receive(...frame));
  frozen.write("four");
  frozen.store.thaw();
  assert.ok(await until(() => frozen.unsent.length === 0 && texts(server).length === 4));
  assert.deepEqual(texts(server), ["one", "two", "three", "four"]);
  assert.equal(server.received.length, 5);
  [frozen, other].forEach((each) => each.close());
});

test("keeps its lease while the server is slow to answer", async () => {
  const { server, tab } = setUp();
  const [slow, other] = [tab(), tab()];
  assert.ok(await joined(slow, other));
  const { receive } = server;
  const held = [];
  server.receive = (...frame) => void held.push(frame);
  slow.write("one");
  assert.ok(await until(() => held.length > 0 && other.unsent.length === 1));
  const begin = Date.now();
  assert.ok(await until(() => Date.now() - begin > 5 * LEASE_MS));
  server.receive = receive;
  held.forEach((frame) => server.receive(...frame));
  assert.ok(await until(() => slow.sent.length === 1 && other.unsent.length === 0));
  assert.equal(server.received.length, 1);
  [slow, other].forEach((each) => each.close());
});

test("takes a lease for expired that ends too late for the clock, which was set back", async () => {
  const { server, storage, tab } = setUp();
  storage.setItem(
    "parlance.store",
    JSON.stringify([["outbox/alice/garden/lease", { holder: "gone", until: Date.now() + 3_600_000 }]]),
  );
  const after = tab();
  after.write("one");
  assert.ok(await until(() => texts(server).length === 1));
  after.close();
});

test("shows in all tabs requests that were refused, retried and discarded in one", async () => {
  const { server, storage, tab } = setUp();
  const [one, two] = [tab(), tab()];
  assert.ok(await joined(one, two));
  const { receive } = server;
  server.receive = (socket, { ref, roomId }) =>
    socket.give({ ref, roomId, type: "error", code: "room.muted", detail: "You are muted", retryable: false });
  const [first, second] = [one.write("first"), one.write("second")];
  assert.ok(await until(() => two.failed.length === 2 && two.failed.every(({ error }) => error.code === "room.muted")));
  server.receive = receive;
  two.client.discard(first);
  assert.ok(await until(() => one.unsent.length === 1));
  two.client.retry(second);
  assert.ok(await until(() => one.sent.includes(second) && two.sent.includes(second)));
  assert.deepEqual(texts(server), ["second"]);
  assert.ok(await until(() => storage.requests.length === 0));
  [one, two].forEach((each) => each.close());
});

test("deletes from the storage requests that the application discards at their refusal", async () => {
  const { server, storage, tab } = setUp();
  const [one, two] = [tab(), tab()];
  one.client.on("request", ({ request }) => request.state === "failed" && one.client.discard(request.id));
  assert.ok(await joined(one, two));
  server.append();
  const { receive } = server;
  server.receive = (socket, { ref, roomId }) =>
    socket.give({ ref, roomId, type: "error", code: "room.muted", detail: "You are muted", retryable: false });
  one.send("edit", { seq: 1, stamp: server.events[0].stamp, text: "edit" });
  assert.ok(await until(() => one.failed.length > 0));
  server.receive = receive;
  assert.ok(await until(() => storage.requests.length === 0 && two.unsent.length === 0));
  one.write("afterwards");
  assert.ok(await until(() => one.sent.length === 1));
  assert.equal(one.failed.length, 1);
  [one, two].forEach((each) => each.close());
});

for (const failure of ["SecurityError", "QuotaExceededError", "UnknownError", "silence"]) {
  test(`goes on in memory, and says so, when the storage fails with ${failure}`, async () => {
    const { server, storage, tab } = setUp();
    const one = tab({ settings: { storageTimeoutMs: 100 } });
    assert.ok(await joined(one));
    server.setAway(true);
    one.write("kept");
    assert.ok(await until(() => storage.requests.length === 1));
    if (failure === "silence") {
      one.store.freeze();
    } else {
      one.store.fail(failure);
    }
    one.write("not kept");
    assert.ok(await until(() => one.isUnkept));
    assert.deepEqual(one.unsent, ["kept", "not kept"]);
    server.setAway(false);
    assert.ok(await until(() => texts(server).length === 2 && one.unsent.length === 0));
    assert.deepEqual(texts(server), ["kept", "not kept"]);
    one.close();
    // The next start may resend stored requests, with the same ids.
    const next = tab();
    assert.ok(await until(() => next.sent.length === 1 && storage.requests.length === 0));
    assert.deepEqual(texts(server), ["kept", "not kept"]);
    next.close();
  });
}

test("sees requests that another tab has sent when its own storage has failed", async () => {
  const { server, storage, tab } = setUp();
  const lonely = new Tab(server, storage, seeded(1), { WebSocket: /** @type {any} without the constants */ (Unreachable) });
  lonely.write("kept");
  assert.ok(await until(() => storage.requests.length === 1));
  lonely.store.fail("QuotaExceededError");
  lonely.write("not kept");
  assert.ok(await until(() => lonely.isUnkept));
  const other = tab();
  assert.ok(await until(() => lonely.sent.length === 1 && storage.requests.length === 0));
  await lonely.client.store.update("", () => {});
  assert.deepEqual([texts(server), lonely.unsent], [["kept"], ["not kept"]]);
  [lonely, other].forEach((each) => each.close());
});

test("shows nothing of one user to another, and keeps it for the first", async () => {
  const { server, storage, tab } = setUp();
  server.setAway(true);
  const alice = tab();
  alice.write("of alice");
  assert.ok(await until(() => storage.requests.length === 1));
  alice.close();
  const session = storage.getItem("parlance.session");
  storage.setItem("parlance.session", session.replace("alice", "bob"));
  server.setAway(false);
  const bob = tab();
  bob.write("of bob");
  assert.ok(await until(() => texts(server).length === 1 && bob.unsent.length === 0));
  assert.deepEqual(texts(server), ["of bob"]);
  bob.close();
  storage.setItem("parlance.session", session);
  const back = tab();
  assert.ok(await until(() => texts(server).includes("of alice")));
  back.close();
});

/** Tabs of one browser that write, are closed, crash, freeze and return, while the server disappears and returns. */
async function run(seed) {
  const random = seeded(seed);
  const server = new ScriptedServer(random, { catchUpLimit: 1000 });
  const storage = new SharedStorage();
  /** Ids of the written texts, a list for each tab. */
  const written = [];
  const seen = new Set();
  const open = () => {
    const tab = new Tab(server, storage, random);
    written.push(tab.written);
    return tab;
  };
  const tabs = [open(), open()];
  const any = () => Math.floor(random() * tabs.length);
  const note = () => storage.requests.forEach(({ id }) => seen.add(id));
  const replace = (end) => {
    const place = any();
    note();
    // A tab without a storage leaves only its sent requests to others.
    if (!tabs[place].isUnkept || tabs[place].unsent.length === 0) {
      tabs[place][end]();
      tabs[place] = open();
    }
  };
  /** @type {[number, () => unknown][]} */
  const steps = [
    [10, () => tabs[any()].write(`text of ${seed}`)],
    [3, () => server.head > 0 && tabs[any()].send("edit", { seq: 1, stamp: server.events[0].stamp, text: `edit of ${seed}` })],
    [2, () => replace("close")],
    [3, () => replace("crash")],
    [2, () => server.setAway(random() < 0.6)],
    [2, () => server.cutAll()],
    [1, () => tabs[any()].store.freeze()],
    [2, () => tabs.forEach(({ store }) => store.thaw())],
    [0.2, () => tabs[any()].store.fail("QuotaExceededError")],
    [8, () => new Promise((later) => setTimeout(later, random() * 10))],
  ];
  for (let i = 0; i < STEPS; i++) {
    await chosen(random, steps)();
    note();
  }
  tabs.forEach(({ store }) => store.thaw());
  server.setAway(false);
  await until(() => tabs.every(({ unsent }) => unsent.length === 0));
  // Stored requests that a tab without a storage does not know are for the next start.
  tabs.filter(({ isUnkept, unsent }) => isUnkept && unsent.length === 0).forEach((tab) => tab.close());
  const left = [...tabs.filter(({ isUnkept }) => !isUnkept), open()];
  const done = () => tabs.every(({ unsent }) => unsent.length === 0) && storage.requests.length === 0;
  assert.ok(
    await until(done),
    `everything is sent: ${JSON.stringify([tabs.map(({ client, unsent, isUnkept }) => ({ unsent, isUnkept, state: client.state })), storage.getItem("parlance.store")])}`,
  );
  const ids = server.events.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length, "nothing is stored twice");
  [...seen, ...tabs.flatMap((tab) => tab.written)].forEach((id) => assert.ok(ids.includes(id), "what was kept is stored"));
  written.forEach((own) =>
    assert.deepEqual(
      ids.filter((id) => own.includes(id)),
      own.filter((id) => ids.includes(id)),
      "the order of a tab",
    ),
  );
  left.forEach((tab) => tab.close());
}

test("keeps written requests and sends them once, whatever happens to the tabs", async () => {
  for (let seed = FIRST; seed < FIRST + SCHEDULES; seed++) {
    await run(seed).catch((failure) => {
      failure.message = `seed ${seed}: ${failure.message}`;
      throw failure;
    });
  }
});
