/** Drafts of tabs that share a store, without a server. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Drafts } from "../../main/resources/web/model/drafts.js";
import { lostByLogOut } from "../../main/resources/web/model/lost-by-log-out.js";
import { Writing } from "../../main/resources/web/model/writing.js";
import { MemoryStore } from "../../main/resources/web/parlance-client/memory-store.js";

/** @param {MemoryStore} store */
const draftsOver = (store, user = "alice") =>
  new Drafts(/** @type {any} all that drafts use of a client */ ({ userId: user, store }));

/** Tabs of a browser, in which a user is logged in. */
async function tabs(count, user = "alice", storage = shared()) {
  const all = Array.from({ length: count }, () => draftsOver(new MemoryStore(storage), user));
  await Promise.all(all.map((drafts) => drafts.load()));
  return Object.assign(all, { storage });
}

function shared() {
  const items = new Map();
  return { getItem: (key) => items.get(key) ?? null, setItem: (key, value) => void items.set(key, value) };
}

/** Waits until all messages between tabs have arrived. */
const settle = () => new Promise((later) => setTimeout(later, 5));

test("has the same drafts in all tabs, and in the next one", async () => {
  const [one, two] = await tabs(2);
  one.keep("garden", "half a sentence");
  two.keep("attic", "another");
  await settle();
  assert.deepEqual([two.of("garden"), one.of("attic"), one.count], ["half a sentence", "another", 2]);
  two.keep("garden", "");
  await settle();
  assert.deepEqual([one.of("garden"), one.count], ["", 1]);
});

test("lets the last writer win, without a change of a text in a field with the focus", async () => {
  const all = await tabs(2);
  const [one, two] = all;
  one.enter("garden");
  one.keep("garden", "of one");
  two.keep("garden", "of two");
  await settle();
  assert.deepEqual([one.of("garden"), two.of("garden")], ["of one", "of two"]);
  const [next] = await tabs(1, "alice", all.storage);
  assert.equal(next.of("garden"), "of two");
  one.leave("garden");
  await settle();
  assert.deepEqual([one.of("garden"), two.of("garden"), next.of("garden")], ["of one", "of one", "of one"]);
});

test("deletes no text but its own when it sends, and shows the other's afterwards", async () => {
  const [one, two] = await tabs(2);
  one.enter("garden");
  one.keep("garden", "of one");
  two.keep("garden", "of two");
  await settle();
  one.keep("garden", "");
  await settle();
  assert.deepEqual([one.of("garden"), two.of("garden")], ["", "of two"]);
  one.leave("garden");
  await settle();
  assert.equal(one.of("garden"), "of two");
});

test("takes another tab's text when the focus leaves a field in which nothing was written", async () => {
  const [one, two] = await tabs(2);
  one.keep("garden", "together");
  await settle();
  one.enter("garden");
  two.keep("garden", "");
  await settle();
  assert.equal(one.of("garden"), "together");
  one.leave("garden");
  await settle();
  assert.equal(one.of("garden"), "");
});

test("puts a text that is given back before a draft once, in the field with the focus of another tab too", async () => {
  const [one, two] = await tabs(2);
  two.enter("garden");
  two.keep("garden", "draft");
  await settle();
  two.keep("garden", "draft that goes on");
  one.giveBack("garden", "given back");
  one.giveBack("garden", "given back");
  await settle();
  assert.deepEqual(
    [one.of("garden"), two.of("garden")].map((text) => text.split("\n\n")),
    [
      ["given back", "draft that goes on"],
      ["given back", "draft that goes on"],
    ],
  );
});

test("keeps texts written before the drafts were loaded", async () => {
  const all = await tabs(1);
  all[0].keep("garden", "old");
  all[0].keep("attic", "kept");
  await settle();
  const next = draftsOver(new MemoryStore(all.storage));
  const loading = next.load();
  next.keep("garden", "new");
  await loading;
  assert.deepEqual([next.of("garden"), next.of("attic")], ["new", "kept"]);
});

test("shows no drafts of one user to another, and deletes those of a user who logs out", async () => {
  const all = await tabs(1);
  all[0].keep("garden", "of alice");
  const [bob] = await tabs(1, "bob", all.storage);
  bob.keep("garden", "of bob");
  await settle();
  assert.deepEqual([all[0].of("garden"), bob.of("garden"), bob.count], ["of alice", "of bob", 1]);
  bob.forget();
  assert.equal(bob.of("garden"), "");
  bob.clear("bob");
  await settle();
  const [again, alice] = [...(await tabs(1, "bob", all.storage)), ...(await tabs(1, "alice", all.storage))];
  assert.deepEqual([again.count, alice.of("garden")], [0, "of alice"]);
});

/** Store that carries a transaction out when the test says so, as a slow database does. */
class SlowStore extends MemoryStore {
  #begun = [];

  async update(prefix, change) {
    await new Promise((carryOut) => this.#begun.push(carryOut));
    return super.update(prefix, change);
  }

  /** Carries out what was begun, in its order. @returns number of transactions */
  async next() {
    const begun = this.#begun.splice(0);
    begun.forEach((carryOut) => carryOut());
    await settle();
    return begun.length;
  }
}

/** A tab with a slow store and one with a fast store in the same browser, and the messages that a third gets. */
async function slowTab() {
  const storage = shared();
  const [other] = await tabs(1, "alice", storage);
  const store = new SlowStore(storage);
  const told = [];
  new MemoryStore(storage).listen((message) => told.push(message));
  const stored = async (place) => (await tabs(1, "alice", storage))[0].of(place);
  return { drafts: draftsOver(store), store, stored, told, other };
}

/** Writes a text as a keyboard does. */
const type = (drafts, place, text) => [...text].forEach((_, i) => drafts.keep(place, text.slice(0, i + 1)));

test("writes the newest text after the write under way, whatever was typed meanwhile", async () => {
  const { drafts, store, stored, told } = await slowTab();
  type(drafts, "garden", "water the beans");
  type(drafts, "attic", "dust");
  assert.equal(await store.next(), 2);
  assert.deepEqual([await stored("garden"), await stored("attic")], ["w", "d"]);
  assert.equal(await store.next(), 2);
  assert.deepEqual([await stored("garden"), await stored("attic"), told.length], ["water the beans", "dust", 4]);
  assert.equal(await store.next(), 0);
  type(drafts, "garden", "wait");
  assert.deepEqual([await store.next(), await store.next(), await store.next()], [1, 1, 0]);
  assert.equal(await stored("garden"), "wait");
});

test("deletes the text that a slow store has when the message is sent, and no text of another tab", async () => {
  const { drafts, store, stored, other } = await slowTab();
  type(drafts, "garden", "sent");
  drafts.keep("garden", "");
  await store.next();
  assert.equal(await stored("garden"), "s");
  await store.next();
  assert.equal(await stored("garden"), "");
  drafts.enter("garden");
  type(drafts, "garden", "sent");
  drafts.keep("garden", "");
  await store.next();
  other.keep("garden", "of another");
  await settle();
  await store.next();
  assert.equal(await stored("garden"), "of another");
});

test("stores texts that are given back while a write is under way with what is typed, and says so to other tabs", async () => {
  const { drafts, store, told, other } = await slowTab();
  type(drafts, "garden", "half");
  drafts.giveBack("garden", "first");
  drafts.giveBack("garden", "second");
  drafts.keep("garden", `${drafts.of("garden")} a sentence`);
  await store.next();
  await store.next();
  assert.deepEqual(
    [other.of("garden"), told.map(({ givenBack }) => givenBack)],
    ["second\n\nfirst\n\nhalf a sentence", [undefined, "second\n\nfirst"]],
  );
});

test("shows no older text than its own that waits for a slow store", async () => {
  const { drafts, store, stored, other } = await slowTab();
  type(drafts, "garden", "of this tab");
  other.keep("garden", "of another");
  await settle();
  await store.next();
  assert.equal(drafts.of("garden"), "of this tab");
  await store.next();
  assert.deepEqual([drafts.of("garden"), await stored("garden")], ["of this tab", "of this tab"]);
});

test("stores what waits when the session ends, and deletes it when the user logs out", async () => {
  const { drafts, store, stored } = await slowTab();
  type(drafts, "garden", "ended elsewhere");
  drafts.forget();
  await store.next();
  await store.next();
  assert.equal(await stored("garden"), "ended elsewhere");
  type(drafts, "garden", "logged out");
  drafts.clear("alice");
  await store.next();
  assert.deepEqual([await store.next(), await stored("garden")], [0, ""]);
});

test("names what a log-out would delete", () => {
  const [post, edit] = [{ type: "post" }, { type: "edit" }];
  for (const [requests, drafts, said] of /** @type {[{type: string}[], number, string | null][]} */ ([
    [[], 0, null],
    [[post], 0, "1 message that is not sent"],
    [[], 2, "2 drafts"],
    [[post, post], 1, "2 messages that are not sent and 1 draft"],
    [[post, edit], 1, "1 message that is not sent, 1 change that is not sent, and 1 draft"],
  ])) {
    assert.equal(lostByLogOut(requests, drafts), said);
  }
});

/** The writing model of a page whose client has these requests. */
async function writing(requests) {
  const [drafts] = await tabs(1);
  const left = [...requests];
  const said = [];
  const client = {
    userId: "alice",
    on: (type, told) => (client[type] = told),
    unsent: (room) => left.filter((request) => request.roomId === room),
    discard: (id) =>
      left.splice(
        left.findIndex((request) => request.id === id),
        1,
      ),
  };
  const question = { seq: 3, stamp: "three333", sender: "bob", text: "Who waters?" };
  const timeline = { message: (seq, stamp) => (seq === 3 && stamp === "three333" ? question : undefined), changed: () => {} };
  return {
    drafts,
    left,
    question,
    writing: new Writing(
      .../** @type {[any, any, any]} all that it uses of client, timelines and toasts */ ([
        client,
        { of: () => timeline },
        { error: (text) => said.push(text) },
      ]),
      drafts,
    ),
    client,
    said,
  };
}

const failed = (id, fields) => ({ id, roomId: "garden", type: "post", state: "failed", fields });

test("gives the text of a message that was not sent back to the field where it was written", async () => {
  const {
    drafts,
    left,
    question,
    writing: page,
  } = await writing([
    failed("plain", { text: "/etc/hosts is long" }),
    failed("answer", { text: "I do", replyTo: 3, stamp: "three333" }),
    failed("late", { text: "So do I", replyTo: 2, stamp: "two22222" }),
    { ...failed("waiting", { text: "soon" }), state: "waiting" },
  ]);
  drafts.keep("garden", "half a sentence");
  page.takeBack("garden", "plain", false);
  assert.equal(drafts.of("garden"), "//etc/hosts is long\n\nhalf a sentence");
  assert.equal(page.replyTo, null);
  drafts.keep("garden", "");
  page.takeBack("garden", "answer", false);
  assert.deepEqual([drafts.of("garden"), page.replyTo], ["I do", question]);
  page.takeBack("garden", "late", true);
  assert.deepEqual([drafts.of("garden/two22222"), drafts.of("garden"), page.replyTo], ["So do I", "I do", question]);
  page.takeBack("garden", "waiting", false);
  page.takeBack("garden", "nobody", false);
  assert.deepEqual([left.map(({ id }) => id), drafts.of("garden")], [["waiting"], "I do"]);
});

test("keeps an edit that is under way when a text is given back", async () => {
  const { drafts, writing: page } = await writing([failed("answer", { text: "I do", replyTo: 3, stamp: "three333" })]);
  const edited = { seq: 4, stamp: "four4444", text: "four" };
  page.edit(/** @type {any} a part of a message */ (edited));
  page.takeBack("garden", "answer", false);
  assert.deepEqual([page.editing, page.replyTo, drafts.of("garden")], [edited, null, "I do"]);
});

test("keeps the text of an edit that was refused as a draft", async () => {
  const edit = {
    ...failed("edit", { seq: 4, stamp: "four4444", text: "/four" }),
    type: "edit",
    error: { code: "bad_request", message: "The text is empty" },
  };
  const { drafts, left, client, said } = await writing([edit]);
  client.request({ request: edit });
  assert.deepEqual(
    [drafts.of("garden"), left, said],
    ["//four", [], ["The text is empty. Your edit was not applied, its text is kept as a draft."]],
  );
});
