/** Tests of the library beside the schedules. longRoom of the input is further ahead than a node's catch-up. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Backoff } from "../../main/resources/web/parlance-client/backoff.js";
import { ParlanceClient, ParlanceError } from "../../main/resources/web/parlance-client/index.js";
import { inNewRoom, input, loggedIn, next, storage } from "./clients.js";

const { origin, password, longRoom } = input;

const settled = ({ request }) => request.state === "sent" || request.state === "failed";

test("refreshes once for all clients that share a storage", async () => {
  const shared = storage();
  const first = await loggedIn("library-tabs", { storage: shared });
  first.close();
  const session = JSON.parse(shared.getItem("parlance.session"));
  shared.setItem("parlance.session", JSON.stringify({ ...session, expiresAt: 0 }));
  let refreshes = 0;
  const fetch = (url, init) => {
    refreshes += url.endsWith("/sessions/refresh") ? 1 : 0;
    return globalThis.fetch(url, init);
  };
  const tabs = Array.from({ length: 4 }, () => new ParlanceClient({ origin, storage: shared, fetch }));
  const online = tabs.map((tab) => next(tab, "state", ({ state }) => state === "online"));
  assert.ok(tabs.every((tab) => tab.restore()));
  await Promise.all(online);
  assert.equal(refreshes, 1);
  tabs.forEach((tab) => tab.close());
});

test("gives clients the same tokens that refresh at once without a lock, if they share a storage", async () => {
  const shared = storage();
  const first = await loggedIn("library-unlocked", { storage: shared });
  first.close();
  const session = JSON.parse(shared.getItem("parlance.session"));
  // Each has read the storage before the other wrote to it.
  const tabs = async (kept) => {
    const copies = [storage(), storage()];
    copies.forEach((copy) => copy.setItem("parlance.session", JSON.stringify({ ...kept, expiresAt: 0 })));
    const [one, two] = copies.map((copy) => new ParlanceClient({ origin, storage: copy }));
    const outcomes = [one, two].map((tab) =>
      Promise.race([
        next(tab, "state", ({ state }) => state === "online").then(() => "online"),
        next(tab, "signedout").then(() => "signed out"),
      ]),
    );
    assert.ok(one.restore() && two.restore());
    const told = await Promise.all(outcomes);
    [one, two].forEach((tab) => tab.close());
    return { told, tokens: copies.map((copy) => JSON.parse(copy.getItem("parlance.session") || "{}")) };
  };
  const { told, tokens } = await tabs(session);
  assert.deepEqual(told, ["online", "online"]);
  assert.equal(tokens[0].refreshToken, tokens[1].refreshToken);
  assert.equal(tokens[0].clientId, session.clientId);
  const { clientId: _, ...unnamed } = tokens[0];
  assert.deepEqual((await tabs(unnamed)).told, ["online", "signed out"]);
});

test("asks again at once when the answer of a refresh is lost", async () => {
  const kept = storage();
  const first = await loggedIn("library-lost", { storage: kept });
  first.close();
  kept.setItem("parlance.session", JSON.stringify({ ...JSON.parse(kept.getItem("parlance.session")), expiresAt: 0 }));
  const asked = [];
  const fetch = async (url, init) => {
    const answer = await globalThis.fetch(url, init);
    if (url.endsWith("/sessions/refresh") && asked.push(init.body) === 1) {
      throw new TypeError("lost");
    }
    return answer;
  };
  const client = new ParlanceClient({ origin, storage: kept, fetch });
  const online = next(client, "state", ({ state }) => state === "online");
  client.on("signedout", () => assert.fail("signed out"));
  client.restore();
  await online;
  assert.equal(asked.length, 2);
  assert.equal(asked[0], asked[1]);
  client.close();
});

test("takes the tokens that another tab was given before its own were refused", async () => {
  const shared = storage();
  const first = await loggedIn("library-refused", { storage: shared });
  first.close();
  const newer = shared.getItem("parlance.session");
  shared.setItem("parlance.session", JSON.stringify({ ...JSON.parse(newer), expiresAt: 0 }));
  const fetch = async () => {
    shared.setItem("parlance.session", newer);
    return Response.json({ code: "auth.invalid_token", detail: "The token is not valid" }, { status: 401 });
  };
  const client = new ParlanceClient({ origin, storage: shared, fetch });
  const online = next(client, "state", ({ state }) => state === "online");
  client.on("signedout", () => assert.fail("signed out"));
  client.restore();
  await online;
  assert.equal(client.userId, "library-refused");
  client.close();
});

test("signs a tab out when another one has logged out", async () => {
  const shared = storage();
  const first = await loggedIn("library-out", { storage: shared });
  const second = new ParlanceClient({ origin, storage: shared });
  const online = next(second, "state", ({ state }) => state === "online");
  second.restore();
  await online;
  const signedOut = next(second, "signedout");
  await first.logOut();
  await signedOut;
  assert.equal(second.userId, null);
  assert.throws(() => second.post("anywhere", "text"), { code: "client.signed_out" });
});

test("pages events that a reset skips, in order and before live ones", async () => {
  const client = await loggedIn("library-pager");
  const seen = [];
  client.on("event", ({ event }) => seen.push(event.seq));
  client.on("reset", () => assert.fail("handed over"));
  const { head } = await client.api.events(longRoom, {});
  const last = next(client, "event", ({ event }) => event.seq > head && event.kind === "message");
  const joined = next(client, "joined");
  client.join(longRoom, { since: 0 });
  await joined;
  client.post(longRoom, "live");
  await last;
  assert.deepEqual(
    seen,
    Array.from(seen, (_, i) => i + 1),
  );
  client.close();
});

test("hands a reset over to an application that wants it", async () => {
  const client = await loggedIn("library-handed");
  const { head } = await client.api.events(longRoom, {});
  const { events } = await client.api.events(longRoom, { after: 0, limit: 1 });
  const reset = next(client, "reset");
  client.join(longRoom, { since: 1, stamp: events[0].stamp, pageAtMost: 100 });
  const told = await reset;
  assert.equal(told.since, 1);
  assert.ok(told.head >= head);
  assert.equal(told.next, told.head + 1);
  const live = next(client, "event");
  client.post(longRoom, "live");
  assert.equal((await live).event.seq, told.head + 1);
  client.close();
});

test("says so when the server has less than was shown", async () => {
  const client = await loggedIn("library-rewound");
  const room = `library-rewound-${process.pid}`;
  const { head } = await client.api.createRoom({ roomId: room });
  const reset = next(client, "reset");
  client.join(room, { since: head + 10, stamp: "AAAAAAAB" });
  assert.deepEqual(await reset, { roomId: room, since: 0, head, next: head + 1 });
  client.close();
});

test("sends a stored request once, when the answer is lost with a reload", async () => {
  const kept = storage();
  class Deaf extends WebSocket {
    addEventListener(type, listener) {
      super.addEventListener(type, (event) => /"ack"|"kind":"message"/.test(event.data) || listener(event));
    }
  }
  const before = await loggedIn("library-reload", { storage: kept, WebSocket: Deaf });
  const room = await inNewRoom(before);
  const { id } = before.post(room, "once");
  const stored = async () => (await before.api.events(room, {})).events.filter((event) => event.id === id);
  for (let i = 0; i < 100 && (await stored()).length === 0; i++) {
    await new Promise((later) => setTimeout(later, 50));
  }
  before.close();
  const after = new ParlanceClient({ origin, storage: kept });
  const sent = next(after, "request", settled);
  const found = next(after, "request");
  after.restore();
  assert.deepEqual((({ request }) => [request.id, request.state])(await found), [id, "waiting"]);
  assert.equal(after.unsent(room).length, 1);
  after.join(room);
  assert.equal((await sent).request.state, "sent");
  assert.equal((await after.api.events(room, {})).events.filter((event) => event.kind === "message").length, 1);
  assert.deepEqual(after.unsent(room), []);
  after.close();
});

test("fails a refused request, keeps it, and sends the others", async () => {
  const client = await loggedIn("library-refused");
  const room = await inNewRoom(client);
  for (const size of [9_000, 20_000]) {
    const failed = next(client, "request", ({ request }) => request.state === "failed");
    const request = client.post(room, "x".repeat(size));
    const sent = next(client, "request", (detail) => detail.request.state === "sent");
    client.post(room, `after ${size}`);
    assert.equal((await failed).request, request);
    assert.ok(request.error?.code);
    await sent;
    assert.deepEqual(client.unsent(room), [request]);
    client.discard(request.id);
    assert.deepEqual(client.unsent(room), []);
  }
  client.close();
});

test("refuses requests beyond the queue", async () => {
  const client = await loggedIn("library-full", { settings: { maxQueued: 2 } });
  client.post("nowhere-joined", "one");
  client.post("nowhere-joined", "two");
  assert.throws(() => client.post("nowhere-joined", "three"), { code: "client.queue_full" });
  assert.equal(client.unsent("nowhere-joined").length, 2);
  client.close();
});

test("sends requests that do not fit into the storage, and reports it", async () => {
  const { setItem, ...roomy } = storage();
  const tight = {
    ...roomy,
    setItem: (key, value) => {
      if (key === "parlance.store") {
        throw new Error("quota");
      }
      setItem(key, value);
    },
  };
  const client = await loggedIn("library-tight", { storage: tight });
  const room = await inNewRoom(client);
  const told = next(client, "unkept");
  const sent = next(client, "request", settled);
  client.post(room, "one");
  assert.equal((await told).reason.message, "quota");
  assert.equal((await sent).request.state, "sent");
  client.close();
});

test("ends a session, of which it has logged out without a connection, when the server can be reached", async () => {
  const other = await loggedIn("library-ending");
  for (const expired of [false, true]) {
    const shared = storage();
    let away = false;
    const fetch = (/** @type {Parameters<typeof globalThis.fetch>} */ ...request) =>
      away ? Promise.reject(new TypeError("away")) : globalThis.fetch(...request);
    const client = await loggedIn("library-ending", { storage: shared, fetch, settings: { retryBaseMs: 10, retryCapMs: 20 } });
    const there = async () => (await other.api.sessions()).length;
    const before = await there();
    away = true;
    const over = next(client, "signedout");
    assert.equal(await client.logOut(), false);
    assert.deepEqual(await over, { reason: "logout", unsent: 0 });
    assert.equal(client.userId, null);
    assert.equal(shared.getItem("parlance.session"), "");
    assert.equal(await there(), before);
    client.close();
    if (expired) {
      const [ending] = JSON.parse(shared.getItem("parlance.endings"));
      shared.setItem("parlance.endings", JSON.stringify([{ ...ending, expiresAt: 0 }]));
    }
    away = false;
    const later = new ParlanceClient({ origin, storage: shared, fetch });
    const ended = next(later, "sessionended");
    assert.equal(later.restore(), false);
    assert.deepEqual(await ended, { userId: "library-ending" });
    assert.equal(await there(), before - 1);
    assert.equal(shared.getItem("parlance.endings"), "");
    later.close();
  }
  other.close();
});

test("reports a session ended elsewhere, and keeps its user's unsent requests", async () => {
  const shared = storage();
  const client = await loggedIn("library-revoked", { storage: shared });
  const room = await inNewRoom(client);
  client.post("nowhere-joined", "later");
  const elsewhere = await loggedIn("library-revoked");
  const over = next(client, "signedout");
  await elsewhere.logOutEverywhere();
  assert.deepEqual(await over, { reason: "ended", unsent: 1 });
  assert.deepEqual(client.unsent(), []);
  const back = new ParlanceClient({ origin, storage: shared });
  const found = next(back, "request");
  await back.logIn("library-revoked", password);
  assert.equal((await found).request.fields.text, "later");
  back.join(room);
  await back.logOut();
  const again = new ParlanceClient({ origin, storage: shared });
  await again.logIn("library-revoked", password);
  await again.store.update("", () => {});
  assert.deepEqual(again.unsent(), []);
  [client, back, again].forEach((each) => each.close());
});

test("leaves a silent server, also when the clock is set back", async (context) => {
  let deaf = true;
  class Hearing extends WebSocket {
    addEventListener(type, listener) {
      super.addEventListener(type, (event) => {
        if (type !== "message" || !deaf || event.data.includes('"welcome"')) {
          listener(event);
        }
      });
    }
  }
  const settings = { silenceMs: 100, answerTimeoutMs: 2000, retryBaseMs: 10 };
  const client = await loggedIn("library-silent", { WebSocket: Hearing, settings });
  const { now } = Date;
  context.mock.method(Date, "now", () => now() - 300_000);
  await next(client, "state", ({ state }) => state === "offline");
  deaf = false;
  await next(client, "state", ({ state }) => state === "online");
  client.close();
});

test("comes back soon when it hears of the network during a try in vain, after many", async () => {
  const network = { away: false, sockets: /** @type {WebSocket[]} */ ([]), tried: () => {} };
  class Through extends WebSocket {
    constructor(url, ...more) {
      super(network.away ? "ws://127.0.0.1:9" : url, ...more);
      network.sockets.push(this);
      network.tried();
    }
  }
  let part = 0;
  const settings = { retryBaseMs: 1, retryCapMs: 3_600_000 };
  const client = await loggedIn("library-network", { WebSocket: Through, random: () => part, settings });
  let tries = 0;
  network.tried = () => {
    if (++tries === 20) {
      // The bound has doubled up to a quarter of an hour.
      part = 1;
      network.away = false;
      client.connect();
    }
  };
  network.away = true;
  network.sockets[0].close();
  await next(client, "state", ({ state }) => state === "online");
  assert.equal(tries, 21);
  client.close();
});

test("reports failures by codes", async () => {
  const client = new ParlanceClient({ origin });
  const refused = await client.logIn("library-nobody", "wrong password").catch((failure) => failure);
  assert.ok(refused instanceof ParlanceError);
  assert.deepEqual([refused.code, refused.retryable], ["auth.invalid_credentials", false]);
  const nowhere = new ParlanceClient({ origin: "http://127.0.0.1:9" });
  const unreachable = await nowhere.logIn("library-nobody", password).catch((failure) => failure);
  assert.deepEqual([unreachable.code, unreachable.retryable], ["network", true]);
});

test("waits a random part of a bound that doubles up to a cap", () => {
  const settings = { retryBaseMs: 250, retryCapMs: 1000 };
  const most = new Backoff(() => 1, settings);
  assert.deepEqual(
    [1, 2, 3, 4].map(() => most.next()),
    [250, 500, 1000, 1000],
  );
  most.reset();
  assert.equal(most.next(), 250);
  assert.equal(new Backoff(() => 0, settings).next(), 0);
});

test("says how far the user has read on all of its clients, and once for many messages that scroll by", async () => {
  const said = [];
  class Overheard extends globalThis.WebSocket {
    send(frame) {
      said.push(JSON.parse(frame));
      super.send(frame);
    }
  }
  const reader = await loggedIn("library-reads", { WebSocket: Overheard });
  const elsewhere = await loggedIn("library-reads");
  const room = await inNewRoom(reader);
  for (let i = 0; i < 20; i++) {
    const sent = next(reader, "request", settled);
    reader.post(room, `message ${i}`);
    await sent;
  }
  const told = next(elsewhere, "readMarker", (read) => read.readTo === 20);
  for (let seq = 1; seq <= 20; seq++) {
    reader.markRead(room, seq);
  }
  assert.deepEqual((({ head, unreadCount, mentionCount }) => ({ head, unreadCount, mentionCount }))(await told), {
    head: 21,
    unreadCount: 0,
    mentionCount: 0,
  });
  assert.deepEqual(
    said.filter((frame) => frame.type === "markRead").map((frame) => frame.seq),
    [1, 20],
  );
  reader.close();
  elsewhere.close();
});

test("sends read markers from without a connection when it is back", async () => {
  const reader = await loggedIn("library-offline");
  const room = await inNewRoom(reader);
  const session = storage();
  const late = new ParlanceClient({ origin, storage: session });
  late.markRead(room, 1);
  const read = next(late, "readMarker");
  await late.logIn("library-offline", password);
  assert.equal((await read).readTo, 1);
  reader.close();
  late.close();
});

test("sends typing notices to the others in a room, once for many keys", async () => {
  const typist = await loggedIn("library-typist");
  const other = await loggedIn("library-other");
  const room = await inNewRoom(typist);
  const joined = next(other, "joined");
  other.join(room);
  await joined;
  const heard = [];
  other.on("userTyping", (typing) => heard.push(typing));
  const first = next(other, "userTyping");
  for (let key = 0; key < 5; key++) {
    typist.typing(room);
  }
  await first;
  const event = next(other, "event", ({ event }) => event.text === "done");
  typist.post(room, "done");
  await event;
  assert.deepEqual(
    heard.map(({ roomId, userId }) => [roomId, userId]),
    [[room, "library-typist"]],
  );
  typist.close();
  other.close();
});

test("knows the users present in a room, as they come and go", async () => {
  const first = await loggedIn("library-host");
  const room = await inNewRoom(first);
  const guest = await loggedIn("library-guest");
  const told = next(first, "presence", ({ userIds }) => userIds?.length === 2);
  guest.join(room);
  assert.deepEqual(await told, { roomId: room, count: 2, userIds: ["library-guest", "library-host"] });
  const alone = next(first, "presence", ({ count }) => count === 1);
  guest.close();
  assert.deepEqual((await alone).userIds, ["library-host"]);
  assert.deepEqual(first.present(room), ["library-host"]);
  first.close();
  assert.equal(first.present(room), null);
});
