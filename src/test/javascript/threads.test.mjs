/** Threads that a user follows, in any order of frames and answers. */
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Threads } from "../../main/resources/web/model/threads.js";

mock.timers.enable({ apis: ["setTimeout"] });

const ROOM = "garden";

/** A client whose server has scripted threads. */
class Client extends EventTarget {
  userId = "alice";
  state = "online";
  asked = [];
  page = { threads: /** @type {unknown[]} */ ([]), unreadThreadCount: 0, mentionCount: 0 };
  /** @type {unknown} */
  thread = null;
  /** Holds answers back. @type {Promise<void> | undefined} */
  held;
  api = {
    threads: (next) => this.#answer("threads", next, () => this.page),
    thread: (_, seq) => this.#answer("thread", seq, () => this.thread),
    followThread: (_room, _seq, following) => this.#answer("follow", following, () => this.thread),
    markThreadRead: (_room, _seq, last) => this.#answer("read", last.seq, () => this.thread),
  };

  on(type, listener) {
    this.addEventListener(type, (/** @type {any} */ { detail }) => listener(detail));
  }

  tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  say(event) {
    this.tell("event", { roomId: ROOM, event: { kind: "message", sender: "bob", at: "2026-01-31T12:00:00Z", ...event } });
  }

  async #answer(what, about, answer) {
    this.asked.push([what, about]);
    const given = structuredClone(answer());
    await this.held;
    return given;
  }
}

const settled = () => new Promise((turn) => setImmediate(turn));

const marker = (thread, unread = 0, more = {}) => ({
  roomId: ROOM,
  thread,
  following: true,
  readTo: 5,
  head: 9,
  unreadCount: unread,
  mentionCount: 0,
  ...more,
});

const listed = (thread, unread, more) => ({
  ...marker(thread, unread, more),
  first: { roomId: ROOM, seq: thread, stamp: `stamp${thread}`, kind: "message", sender: "alice", text: "who?", replyCount: 2 },
});

async function loaded(...threads) {
  const client = new Client();
  client.page = { threads, unreadThreadCount: threads.filter(({ unreadCount }) => unreadCount > 0).length, mentionCount: 0 };
  const model = new Threads(/** @type {any} all that threads use of a client */ (client));
  client.tell("state", { state: "online" });
  mock.timers.tick(1_000);
  await settled();
  return { client, model };
}

test("counts live replies after the head of the list", async () => {
  const { client, model } = await loaded(listed(3, 1), listed(4, 0));
  assert.deepEqual([model.unreadThreadCount, model.mentionCount], [1, 0]);
  client.say({ seq: 9, thread: 4 });
  assert.equal(model.unreadThreadCount, 1, "it is counted already");
  client.say({ seq: 10, thread: 4, mentions: ["alice"] });
  client.say({ seq: 11, thread: 4, mentions: ["alice"], alsoToRoom: true });
  assert.deepEqual([model.unreadThreadCount, model.mentionCount], [2, 1]);
  assert.deepEqual([model.of(ROOM, 4)?.unreadCount, model.of(ROOM, 4)?.first?.replyCount], [2, 4]);
  client.say({ seq: 12, thread: 4, sender: "alice" });
  assert.deepEqual([model.unreadThreadCount, model.mentionCount], [1, 0], "who replies has read the thread");
});

test("counts threads of pages that are not loaded, and those of a further page once", async () => {
  const { client, model } = await loaded();
  client.page = { threads: [listed(3, 1)], unreadThreadCount: 3, mentionCount: 0, nextPage: "further" };
  await model.load();
  assert.equal(model.unreadThreadCount, 3);
  client.page = { threads: [listed(4, 2), listed(5, 0)], unreadThreadCount: 3, mentionCount: 0 };
  await model.more();
  assert.equal(model.unreadThreadCount, 3);
  assert.deepEqual(
    model.list.map(({ thread }) => thread),
    [3, 4, 5],
  );
  assert.equal(model.nextPage, undefined);
});

test("prefers a frame to an answer to an earlier request", async () => {
  const { client, model } = await loaded(listed(3, 2));
  let release = () => {};
  client.held = new Promise((done) => (release = done));
  const loading = model.load();
  client.tell("thread", marker(3, 0, { readTo: 9 }));
  release();
  await loading;
  assert.equal(model.of(ROOM, 3)?.unreadCount, 0);
});

test("adds later replies to the counts of a frame", async () => {
  const { client, model } = await loaded(listed(3, 0));
  client.say({ seq: 10, thread: 3 });
  client.say({ seq: 11, thread: 3 });
  client.tell("thread", marker(3, 1, { head: 10 }));
  assert.equal(model.of(ROOM, 3)?.unreadCount, 2);
  client.tell("thread", marker(3, 0, { readTo: 11, head: 11 }));
  assert.equal(model.of(ROOM, 3)?.unreadCount, 0);
});

test("asks once how the user has a thread that it does not know", async () => {
  const { client, model } = await loaded();
  client.thread = marker(7, 1, { following: false, unreadCount: 0 });
  client.say({ seq: 10, thread: 7 });
  client.say({ seq: 11, thread: 7 });
  mock.timers.tick(500);
  await settled();
  client.say({ seq: 12, thread: 7 });
  mock.timers.tick(500);
  await settled();
  assert.deepEqual(
    client.asked.filter(([what]) => what === "thread"),
    [["thread", 7]],
  );
  assert.equal(model.unreadThreadCount, 0);
  client.tell("thread", marker(7, 1, { head: 13 }));
  assert.equal(model.unreadThreadCount, 1, "a mention makes the user follow it");
});

test("loads the list again when many threads are not known", async () => {
  const { client } = await loaded();
  for (let thread = 20; thread < 30; thread++) {
    client.say({ seq: thread + 20, thread });
  }
  mock.timers.tick(500);
  await settled();
  assert.deepEqual(
    client.asked.map(([what]) => what),
    ["threads", "threads"],
  );
});

test("says once that a thread is read, and nothing of one that is read or not followed", async () => {
  const { client, model } = await loaded(listed(3, 2), listed(4, 0));
  client.thread = marker(3, 0, { readTo: 9 });
  model.read(ROOM, 3, { seq: 9, stamp: "stamp009" });
  model.read(ROOM, 3, { seq: 9, stamp: "stamp009" });
  model.read(ROOM, 4, { seq: 9, stamp: "stamp009" });
  model.read(ROOM, 99, { seq: 9, stamp: "stamp009" });
  await settled();
  assert.deepEqual(
    client.asked.filter(([what]) => what === "read"),
    [["read", 9]],
  );
  assert.equal(model.unreadThreadCount, 0);
});

test("forgets the threads of a room whose history has changed, and all with the user", async () => {
  const { client, model } = await loaded(listed(3, 2));
  client.page = { threads: [], unreadThreadCount: 0, mentionCount: 0 };
  client.tell("reset", { roomId: ROOM, since: 0 });
  await settled();
  assert.equal(model.unreadThreadCount, 0);
  client.tell("thread", marker(3, 1));
  model.clear();
  assert.deepEqual([model.unreadThreadCount, model.list], [0, []]);
});
