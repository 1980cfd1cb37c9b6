/** Threads that a user follows, in any order of frames and answers. */
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Threads } from "../../main/resources/web/model/threads.js";

mock.timers.enable({ apis: ["setTimeout"] });

const ROOM = "garden";

/** A client whose server has scripted threads. */
class Client extends EventTarget {
  user = "alice";
  state = "online";
  asked = [];
  page = { threads: [], unread: 0, mentions: 0 };
  thread = null;
  api = {
    threads: (next) => this.#answer("threads", next, () => this.page),
    thread: (room, seq) => this.#answer("thread", seq, () => this.thread),
    followThread: (room, seq, following) => this.#answer("follow", following, () => this.thread),
    markThreadRead: (room, seq, last) => this.#answer("read", last.seq, () => this.thread),
  };

  on(type, listener) {
    this.addEventListener(type, ({ detail }) => listener(detail));
  }

  tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }

  say(event) {
    this.tell("event", { room: ROOM, event: { kind: "message", sender: "bob", at: "2026-01-31T12:00:00Z", ...event } });
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
  room: ROOM,
  thread,
  following: true,
  seq: 5,
  head: 9,
  unread,
  mentions: 0,
  ...more,
});

const listed = (thread, unread, more) => ({
  ...marker(thread, unread, more),
  first: { room: ROOM, seq: thread, stamp: `stamp${thread}`, kind: "message", sender: "alice", text: "who?", replies: 2 },
});

async function loaded(...threads) {
  const client = new Client();
  client.page = { threads, unread: threads.filter(({ unread }) => unread > 0).length, mentions: 0 };
  const model = new Threads(client);
  client.tell("state", { state: "online" });
  mock.timers.tick(1_000);
  await settled();
  return { client, model };
}

test("counts live replies after the head of the list", async () => {
  const { client, model } = await loaded(listed(3, 1), listed(4, 0));
  assert.deepEqual([model.unread, model.mentions], [1, 0]);
  client.say({ seq: 9, thread: 4 });
  assert.equal(model.unread, 1, "it is counted already");
  client.say({ seq: 10, thread: 4, mentions: ["alice"] });
  client.say({ seq: 11, thread: 4, mentions: ["alice"], alsoToRoom: true });
  assert.deepEqual([model.unread, model.mentions], [2, 1]);
  assert.deepEqual([model.of(ROOM, 4).unread, model.of(ROOM, 4).first.replies], [2, 4]);
  client.say({ seq: 12, thread: 4, sender: "alice" });
  assert.deepEqual([model.unread, model.mentions], [1, 0], "who replies has read the thread");
});

test("counts threads of pages that are not loaded, and those of a further page once", async () => {
  const { client, model } = await loaded();
  client.page = { threads: [listed(3, 1)], unread: 3, mentions: 0, next: "further" };
  await model.load();
  assert.equal(model.unread, 3);
  client.page = { threads: [listed(4, 2), listed(5, 0)], unread: 3, mentions: 0 };
  await model.more();
  assert.equal(model.unread, 3);
  assert.deepEqual(
    model.list.map(({ thread }) => thread),
    [3, 4, 5],
  );
  assert.equal(model.next, undefined);
});

test("prefers a frame to an answer to an earlier request", async () => {
  const { client, model } = await loaded(listed(3, 2));
  let release;
  client.held = new Promise((done) => (release = done));
  const loading = model.load();
  client.tell("thread", marker(3, 0, { seq: 9 }));
  release();
  await loading;
  assert.equal(model.of(ROOM, 3).unread, 0);
});

test("adds later replies to the counts of a frame", async () => {
  const { client, model } = await loaded(listed(3, 0));
  client.say({ seq: 10, thread: 3 });
  client.say({ seq: 11, thread: 3 });
  client.tell("thread", marker(3, 1, { head: 10 }));
  assert.equal(model.of(ROOM, 3).unread, 2);
  client.tell("thread", marker(3, 0, { seq: 11, head: 11 }));
  assert.equal(model.of(ROOM, 3).unread, 0);
});

test("asks once how the user has a thread that it does not know", async () => {
  const { client, model } = await loaded();
  client.thread = marker(7, 1, { following: false, unread: 0 });
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
  assert.equal(model.unread, 0);
  client.tell("thread", marker(7, 1, { head: 13 }));
  assert.equal(model.unread, 1, "a mention makes the user follow it");
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
  client.thread = marker(3, 0, { seq: 9 });
  model.read(ROOM, 3, { seq: 9, stamp: "stamp009" });
  model.read(ROOM, 3, { seq: 9, stamp: "stamp009" });
  model.read(ROOM, 4, { seq: 9, stamp: "stamp009" });
  model.read(ROOM, 99, { seq: 9, stamp: "stamp009" });
  await settled();
  assert.deepEqual(
    client.asked.filter(([what]) => what === "read"),
    [["read", 9]],
  );
  assert.equal(model.unread, 0);
});

test("forgets the threads of a room whose history has changed, and all with the user", async () => {
  const { client, model } = await loaded(listed(3, 2));
  client.page = { threads: [], unread: 0, mentions: 0 };
  client.tell("reset", { room: ROOM, from: 0 });
  await settled();
  assert.equal(model.unread, 0);
  client.tell("thread", marker(3, 1));
  model.clear();
  assert.deepEqual([model.unread, model.list], [0, []]);
});
