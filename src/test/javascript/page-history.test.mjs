/** Models of the page when the history of a room has changed, without a server. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { Drafts } from "../../main/resources/web/model/drafts.js";
import { isShown } from "../../main/resources/web/model/history-page.js";
import { apply, isChange, voted } from "../../main/resources/web/model/message-state.js";
import { Thread } from "../../main/resources/web/model/thread.js";
import { Timelines } from "../../main/resources/web/model/timelines.js";
import { Toasts } from "../../main/resources/web/model/toasts.js";
import { MemoryStore } from "../../main/resources/web/parlance-client/memory-store.js";
import { Writing } from "../../main/resources/web/model/writing.js";

const change = (model) => new Promise((changed) => model.addEventListener("change", changed, { once: true }));

/** A client without a server: the test decides its answers and events. */
function scripted(api) {
  /** @type {any} all that the models use of a client */
  const client = Object.assign(new EventTarget(), { userId: "alice", unsent: () => [], api, store: new MemoryStore() });
  client.on = (type, listener) => {
    client.addEventListener(type, ({ detail }) => listener(detail));
    return () => {};
  };
  client.tell = (type, detail) => client.dispatchEvent(new CustomEvent(type, { detail: { roomId: "garden", ...detail } }));
  return client;
}

test("keeps the text of requests whose message no longer exists, and says so", () => {
  const client = scripted({});
  const toasts = new Toasts();
  const drafts = new Drafts(client);
  const writing = new Writing(client, new Timelines(client), toasts, drafts);
  drafts.keep("garden", "half a sentence");
  writing.reply(/** @type {any} a part of a message */ ({ seq: 4, stamp: "stamp004" }));
  const error = { code: "history.changed", message: "" };
  const refuse = (type, fields) =>
    client.tell("request", { request: { roomId: "garden", type, fields, state: "failed", error } });
  refuse("edit", { seq: 3, stamp: "stamp003", text: "mended" });
  assert.equal(drafts.of("garden"), "mended\n\nhalf a sentence");
  refuse("react", { seq: 3, stamp: "stamp003", emoji: "🎉" });
  assert.equal(drafts.of("garden"), "mended\n\nhalf a sentence");
  assert.deepEqual(
    toasts.shown.map(({ text }) => text),
    [
      "The room’s history has changed. Your edit was not applied, its text is kept as a draft.",
      "The room’s history has changed. Your reaction was not applied.",
    ],
  );
});

test("names messages by their stamps in all that it asks for", () => {
  const sent = [];
  const client = Object.assign(scripted({ events: async () => ({ events: [], head: 0 }) }), {
    send: (_, type, fields) => sent.push([type, fields]),
  });
  const writing = new Writing(client, new Timelines(client), new Toasts(), new Drafts(client));
  /** @type {any} a part of a message */
  const message = { seq: 3, stamp: "stamp003", text: "hi", sender: "alice", kind: "message" };
  writing.react("garden", message, "🎉");
  writing.pin("garden", message);
  writing.remove("garden", message);
  writing.send("garden", "hello", { editing: message });
  writing.send("garden", "yes", { editing: null, thread: message });
  writing.reply(message);
  writing.send("garden", "no", { editing: null });
  const named = { seq: 3, stamp: "stamp003" };
  const answered = { replyTo: 3, stamp: "stamp003" };
  assert.deepEqual(sent, [
    ["react", { ...named, emoji: "🎉" }],
    ["pin", named],
    ["delete", named],
    ["edit", { ...named, text: "hello" }],
    ["post", { ...answered, text: "yes" }],
    ["post", { ...answered, text: "no", alsoToRoom: true }],
  ]);
});

test("shows the thread of the message that it was opened for, and no other under its number", async () => {
  let there = { seq: 3, stamp: "stamp003", text: "root" };
  let replies = [{ seq: 4, stamp: "stamp004", text: "lost" }];
  const client = scripted({ message: async () => there, replies: async () => ({ messages: replies, head: 9 }) });
  const thread = new Thread(client, "garden", there);
  await change(thread);
  assert.deepEqual(
    thread.replies.map(({ text }) => text),
    ["lost"],
  );
  replies = [{ seq: 4, stamp: "stamp014", text: "other" }];
  client.tell("reset", { since: 0, head: 4, next: 5 });
  // An event of the new history must not be applied to the old one, which is still shown.
  client.tell("event", { event: { seq: 5, stamp: "stamp015", kind: "edit", target: 4, text: "edited", sender: "bob" } });
  assert.deepEqual(
    thread.replies.map(({ text }) => text),
    ["lost"],
  );
  while (thread.replies.some(({ stamp }) => stamp !== "stamp014")) {
    await change(thread);
  }
  assert.deepEqual([thread.gone, thread.replies.length], [false, 1]);
  there = { seq: 3, stamp: "stamp013", text: "something else" };
  client.tell("reset", { since: 0, head: 4, next: 5 });
  while (!thread.gone) {
    await change(thread);
  }
  assert.equal(thread.root?.text, "root");
});

test("knows every kind of event: it is shown, or changes a message that is shown", async () => {
  const description = await readFile(new URL("../../main/resources/api/openapi.yaml", import.meta.url), "utf8");
  const kinds = [...description.matchAll(/kind: \{type: string, const: (\w+)\}/g)].map(([, kind]) => kind);
  assert.ok(kinds.includes("message") && kinds.includes("pin"));
  assert.deepEqual(
    kinds.map((kind) => /** @type {Page.RoomEvent} */ ({ kind })).filter((event) => !isShown(event) && !isChange(event)),
    [],
  );
});

test("counts the votes of a poll as the server does, pending ones of the user too", () => {
  /** @type {any} a part of a message */
  const poll = { kind: "message", seq: 3, stamp: "three333", asOf: 3, text: "Tea?", options: ["yes", "no", "__proto__"] };
  const vote = (seq, sender, options) => ({ kind: "vote", seq, target: 3, sender, ...(options && { options }) });
  const after = (...events) => events.reduce(apply, poll).votes;
  assert.deepEqual(after(vote(4, "bob", ["yes"]), vote(5, "alice", ["yes"])), { yes: { count: 2, userIds: ["bob", "alice"] } });
  assert.deepEqual(after(vote(4, "bob", ["yes"]), vote(5, "bob", ["no"])), { no: { count: 1, userIds: ["bob"] } });
  assert.deepEqual(after(vote(4, "bob", ["yes", "no"]), vote(5, "bob")), {});
  assert.deepEqual(Object.entries(after(vote(4, "bob", ["__proto__"]))), [["__proto__", { count: 1, userIds: ["bob"] }]]);
  /** @type {any[]} parts of requests */
  const pending = [{ type: "vote", fields: { seq: 3, stamp: "three333", options: ["no"] } }];
  assert.deepEqual(voted(apply(poll, vote(4, "alice", ["yes"])), pending, "alice").votes, {
    no: { count: 1, userIds: ["alice"] },
  });
  assert.equal(apply(poll, /** @type {Page.RoomEvent} */ ({ kind: "close", seq: 4, target: 3 })).closedSeq, 4);
  const deleted = apply(poll, /** @type {Page.RoomEvent} */ ({ kind: "delete", seq: 4, target: 3 }));
  assert.deepEqual([deleted.options, deleted.votes, deleted.deleted], [undefined, undefined, true]);
});
