/** State of the page, when answers and live events overtake each other. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Drafts } from "../../main/resources/web/model/drafts.js";
import { Notifications } from "../../main/resources/web/model/notifications.js";
import { People } from "../../main/resources/web/model/people.js";
import { Rooms } from "../../main/resources/web/model/rooms.js";
import { permalink } from "../../main/resources/web/model/route.js";
import { Thread } from "../../main/resources/web/model/thread.js";
import { Threads } from "../../main/resources/web/model/threads.js";
import { Timelines } from "../../main/resources/web/model/timelines.js";
import { Toasts } from "../../main/resources/web/model/toasts.js";
import { Writing } from "../../main/resources/web/model/writing.js";
import { inNewRoom, loggedIn, next, soon } from "./clients.js";
import { seeded } from "./random.js";

const LISTS = /[/]rooms[?]/;

/** Requests whose answers can be held back. */
class Answers {
  #holds = new Set();

  fetch = async (url, init) => {
    const answer = await globalThis.fetch(url, init);
    for (const hold of this.#holds) {
      if (hold.of.test(url)) {
        hold.came();
        await hold.released.promise;
      }
    }
    return answer;
  };

  /** @param {RegExp} of URLs of the requests */
  hold(of) {
    const arrived = Promise.withResolvers();
    const released = Promise.withResolvers();
    const hold = { of, released, came: () => arrived.resolve() };
    this.#holds.add(hold);
    return {
      arrived: arrived.promise,
      release: () => {
        this.#holds.delete(hold);
        released.resolve();
      },
    };
  }
}

/** A network that can be cut, and that can hold events back. */
function network() {
  const state = { away: false, sockets: new Set(), kept: null };
  class Through extends WebSocket {
    constructor(...target) {
      super(...(state.away ? ["ws://127.0.0.1:9"] : target));
      state.sockets.add(this);
    }

    addEventListener(type, listener) {
      super.addEventListener(type, (event) => {
        if (state.kept && type === "message" && /"type":"events?"/.test(event.data)) {
          state.kept.push(() => listener(event));
        } else {
          listener(event);
        }
      });
    }
  }
  return {
    WebSocket: Through,
    leave() {
      state.away = true;
      state.sockets.forEach((socket) => socket.close());
    },
    comeBack() {
      state.away = false;
    },
    keepEvents() {
      state.kept = [];
    },
    passEvents() {
      const { kept } = state;
      state.kept = null;
      kept.forEach((pass) => pass());
    },
  };
}

/** A user in a room of another one, and the models of that user's page. */
async function inRoomOf(owner, user, options) {
  const room = await inNewRoom(owner);
  return { room, ...(await pageIn(room, user, options)) };
}

/** The models of a member's page, loaded. */
async function pageIn(room, user, options) {
  const client = await loggedIn(user, { ...options, settings: { retryBaseMs: 10, pageAtMost: 0 } });
  await client.api.becomeMember(room, user);
  const people = new People(client);
  const rooms = new Rooms(client, people);
  const joined = next(client, "joined", (detail) => detail.roomId === room);
  await rooms.load();
  await joined;
  return { client, people, rooms };
}

/** Sends a frame, and waits for its acknowledgement. @returns {Promise<number>} its seq */
async function send(client, room, type, fields) {
  const sent = next(client, "request", ({ request }) => request.state === "sent");
  client.send(room, type, fields);
  return (await sent).request.seq;
}

async function say(client, room, ...texts) {
  for (const text of texts) {
    await send(client, room, "post", { text });
  }
}

async function readElsewhere(user, room, seq) {
  const other = await loggedIn(user);
  const read = next(other, "readMarker");
  other.markRead(room, seq);
  await read;
  other.close();
}

function change(model) {
  return soon("change", (changed) => model.addEventListener("change", changed, { once: true }));
}

/** Waits until all events of the room have arrived. */
async function current(rooms, room, head) {
  while (rooms.get(room).head < head) {
    await change(rooms);
  }
}

test("keeps live events when an older list arrives after them", async () => {
  const owner = await loggedIn("page-owner");
  const answers = new Answers();
  const { room, client, rooms } = await inRoomOf(owner, "page-late", { fetch: answers.fetch });
  const left = await inNewRoom(owner);
  await rooms.join(left);
  const invited = `invited-${process.pid}`;
  await owner.api.createRoom({ roomId: invited, visibility: "private" });

  const { arrived, release } = answers.hold(LISTS);
  const loading = rooms.load();
  await arrived;
  const live = [
    next(client, "event", ({ event }) => event.change === "archived"),
    next(client, "event", ({ event }) => event.change === "topic"),
    next(client, "room", (detail) => detail.room.roomId === invited),
  ];
  await owner.api.changeRoom(room, { topic: "tomatoes" });
  await owner.api.changeRoom(room, { archived: true });
  await owner.api.invite(invited, client.userId);
  await rooms.leave(left);
  await Promise.all(live);
  release();
  await loading;

  assert.equal(rooms.get(room).archived, true);
  assert.equal(rooms.get(room).topic, "tomatoes");
  assert.equal(rooms.get(left).membership, undefined);
  assert.equal(rooms.get(invited)?.membership, "invited");
  owner.close();
  client.close();
});

for (const order of [
  ["list", "events"],
  ["events", "list"],
]) {
  for (const elsewhere of [true, false]) {
    test(`counts what came meanwhile, ${elsewhere ? "" : "not "}read elsewhere: ${order.join(", ")}`, async () => {
      const owner = await loggedIn("page-owner");
      const answers = new Answers();
      const net = network();
      const user = "page-away";
      const { room, client, rooms } = await inRoomOf(owner, user, { fetch: answers.fetch, WebSocket: net.WebSocket });
      await say(owner, room, "before");
      await current(rooms, room, 3);
      const offline = next(client, "state", ({ state }) => state === "offline");
      net.leave();
      await offline;
      await say(owner, room, "one", `two @${user}`, "three");
      if (elsewhere) {
        await readElsewhere(user, room, 5);
      }
      net.keepEvents();
      const held = answers.hold(LISTS);
      net.comeBack();
      await held.arrived;
      await say(owner, room, "four");

      const steps = {
        list: async () => {
          const listed = change(rooms);
          held.release();
          await listed;
        },
        events: async () => {
          net.passEvents();
          await current(rooms, room, 7);
        },
      };
      for (const step of order) {
        await steps[step]();
      }
      const { readTo, unreadCount, mentionCount } = rooms.get(room);
      assert.deepEqual([readTo, unreadCount, mentionCount], elsewhere ? [5, 2, 0] : [1, 5, 1]);
      owner.close();
      client.close();
    });
  }
}

test("counts messages that a read marker overtook once, and adds later ones", async () => {
  const owner = await loggedIn("page-owner");
  const net = network();
  const user = "page-marked";
  const { room, client, people, rooms } = await inRoomOf(owner, user, { WebSocket: net.WebSocket });
  await say(owner, room, "before");
  await current(rooms, room, 3);
  net.keepEvents();
  await say(owner, room, "one", `two @${user}`);
  await owner.api.changeRoom(room, { topic: "tomatoes" });
  const marked = next(client, "readMarker");
  await readElsewhere(user, room, 4);
  assert.equal((await marked).head, 6);
  net.passEvents();
  await current(rooms, room, 6);
  const counts = ({ readTo, unreadCount, mentionCount }) => [readTo, unreadCount, mentionCount];
  assert.deepEqual(counts(rooms.get(room)), [4, 1, 1]);
  assert.equal(rooms.get(room).topic, "tomatoes");

  // A user who joins now has no events, and a marker from before the membership is late.
  const fresh = new Rooms(client, people);
  await fresh.load();
  client.dispatchEvent(
    new CustomEvent("readMarker", { detail: { roomId: room, readTo: 4, head: 4, unreadCount: 0, mentionCount: 0 } }),
  );
  assert.deepEqual(counts(fresh.get(room)), [4, 1, 1]);
  owner.close();
  client.close();
});

test("takes a reaction back that is not stored yet, or has not come by yet", async () => {
  const owner = await loggedIn("page-owner");
  const net = network();
  const { room, client } = await inRoomOf(owner, "page-reacts", { WebSocket: net.WebSocket });
  const seq = await send(owner, room, "post", { text: "What do you think?" });
  const timelines = new Timelines(client);
  await timelines.of(room).open();
  const writing = new Writing(client, timelines, new Toasts(), new Drafts(client));
  const react = () => writing.react(room, timelines.of(room).message(seq), "👍");
  const stored = (count) =>
    soon("answer", (answered) => {
      let left = count;
      const stop = client.on("request", ({ request }) => request.state === "sent" && --left === 0 && (stop(), answered()));
    });
  net.keepEvents();
  const both = stored(2);
  react();
  react();
  await both;
  const third = stored(1);
  react();
  await third;
  const fourth = stored(1);
  react();
  await fourth;
  const { events } = await owner.api.events(room, {});
  const reactions = events.filter((event) => event.kind === "reaction");
  assert.deepEqual(
    reactions.map((event) => event.removed ?? false),
    [false, true, false, true],
  );
  net.passEvents();
  assert.deepEqual([timelines.of(room).message(seq).reactions ?? {}, timelines.of(room).pendingChanges()], [{}, []]);
  owner.close();
  client.close();
});

test("forgets events that a server has lost", async () => {
  const owner = await loggedIn("page-owner");
  const { room, client, rooms } = await inRoomOf(owner, "page-rewound", {});
  await say(owner, room, "kept");
  await current(rooms, room, 3);
  const tell = (type, detail) => client.dispatchEvent(new CustomEvent(type, { detail: { roomId: room, ...detail } }));
  tell("event", { event: { seq: 4, kind: "room", change: "topic", text: "lost", sender: owner.userId } });
  tell("event", { event: { seq: 5, kind: "message", text: "lost", sender: owner.userId } });
  tell("readMarker", { readTo: 5, head: 5, unreadCount: 0, mentionCount: 0 });
  tell("reset", { since: 0, head: 3, next: 4 });
  while (rooms.get(room).topic === "lost") {
    await change(rooms);
  }
  const { head, readTo, unreadCount } = rooms.get(room);
  assert.deepEqual([head, readTo, unreadCount], [3, 1, 1]);
  owner.close();
  client.close();
});

test("takes nothing for news that was asked for before the history changed", async () => {
  const owner = await loggedIn("page-owner");
  const answers = new Answers();
  const { room, client, rooms } = await inRoomOf(owner, "page-stale", { fetch: answers.fetch });
  await say(owner, room, "kept");
  await current(rooms, room, 3);
  const { arrived, release } = answers.hold(LISTS);
  const loading = rooms.load();
  await arrived;
  // The pending answers have a head that the room no longer has.
  client.dispatchEvent(new CustomEvent("reset", { detail: { roomId: room, since: 0, head: 1, next: 2 } }));
  let seen = Infinity;
  rooms.addEventListener("change", () => (seen = Math.min(seen, rooms.get(room).head)));
  const again = answers.hold(LISTS);
  release();
  await again.arrived;
  assert.equal(rooms.get(room).head, 1);
  again.release();
  await loading;
  assert.deepEqual([seen, rooms.get(room).head], [1, 3]);
  owner.close();
  client.close();
});

test("has all members when some arrive during the load, and when events may be missed", async () => {
  const owner = await loggedIn("page-owner");
  const answers = new Answers();
  const { room, client, people } = await inRoomOf(owner, "page-people", { fetch: answers.fetch });
  const ids = () => people.members(room).map((member) => member.userId);
  const { arrived, release } = answers.hold(/[/]members[?]/);
  people.members(room);
  await arrived;
  const guest = await loggedIn("page-guest");
  const came = next(client, "event", ({ event }) => event.kind === "membership");
  await guest.api.becomeMember(room, guest.userId);
  await came;
  release();
  while (!ids().includes(guest.userId)) {
    await change(people);
  }

  const deaf = await loggedIn("page-deaf");
  const { dispatchEvent } = client;
  const lost = soon("event", (lose) => {
    client.dispatchEvent = ({ detail }) => detail.event?.kind !== "membership" || lose();
  });
  await deaf.api.becomeMember(room, deaf.userId);
  await lost;
  client.dispatchEvent = dispatchEvent;
  client.dispatchEvent(new CustomEvent("reset", { detail: { roomId: room } }));
  while (!ids().includes(deaf.userId)) {
    await change(people);
  }
  [owner, client, guest, deaf].forEach((each) => each.close());
});

test("has a thread with replies that arrived during its load", async () => {
  const owner = await loggedIn("page-owner");
  const answers = new Answers();
  const { room, client } = await inRoomOf(owner, "page-thread", { fetch: answers.fetch });
  const root = await send(owner, room, "post", { text: "root" });
  const reply = await send(owner, room, "post", { text: "reply", replyTo: root });
  const edit = async (seq, text) => {
    const came = next(client, "event", ({ event }) => event.kind === "edit");
    await send(owner, room, "edit", { seq, text });
    await came;
  };
  const ofRoot = answers.hold(/[/]messages[/][0-9]+$/);
  const ofReplies = answers.hold(/[/]replies[?]/);
  const thread = new Thread(client, room, { seq: root });
  await ofRoot.arrived;
  await edit(root, "root, edited");
  ofRoot.release();
  await ofReplies.arrived;
  await edit(reply, "reply, edited");
  const second = next(client, "event", ({ event }) => event.kind === "message");
  await send(owner, room, "post", { text: "second reply", replyTo: root });
  await second;
  ofReplies.release();
  while (!thread.loaded) {
    await change(thread);
  }
  assert.deepEqual(
    [thread.root, ...thread.replies].map((message) => message.text),
    ["root, edited", "reply, edited", "second reply"],
  );
  thread.close();
  owner.close();
  client.close();
});

test("recounts unread messages and mentions after an edit or a delete", async () => {
  const owner = await loggedIn("page-owner");
  const { room, client, rooms } = await inRoomOf(owner, "page-counts");
  const counted = async (unread, mentions) => {
    while (rooms.get(room).unreadCount !== unread || rooms.get(room).mentionCount !== mentions) {
      await change(rooms);
    }
  };
  const first = await send(owner, room, "post", { text: "one" });
  const second = await send(owner, room, "post", { text: "two @page-counts" });
  await counted(2, 1);
  await send(owner, room, "delete", { seq: first });
  await send(owner, room, "delete", { seq: second });
  await counted(0, 0);
  const third = await send(owner, room, "post", { text: "three @page-counts" });
  await counted(1, 1);
  await send(owner, room, "edit", { seq: third, text: "three" });
  await counted(1, 0);
  rooms.reading.read(room, rooms.get(room).head);
  await counted(0, 0);
  const edit = await send(owner, room, "edit", { seq: third, text: "three, @page-counts" });
  await counted(0, 1);
  rooms.reading.read(room, edit);
  await counted(0, 0);
  await send(owner, room, "edit", { seq: third, text: "three, once more" });
  await send(owner, room, "edit", { seq: third, text: "three, again @page-counts" });
  await counted(0, 1);
  await send(owner, room, "delete", { seq: third });
  await counted(0, 0);
  [owner, client].forEach((each) => each.close());
});

test("retries a failed recount", async (context) => {
  const owner = await loggedIn("page-owner");
  let refused = 0;
  const fetch = async (url, init) => {
    if (/[/]rooms[/][^/]+$/.test(url) && refused++ === 0) {
      throw new Error("no network");
    }
    return globalThis.fetch(url, init);
  };
  const { room, client, rooms } = await inRoomOf(owner, "page-recounts", { fetch });
  const seq = await send(owner, room, "post", { text: "one @page-recounts" });
  await current(rooms, room, seq);
  const { setTimeout } = globalThis;
  context.mock.method(globalThis, "setTimeout", (action, ms, ...given) => setTimeout(action, ms === 5_000 ? 0 : ms, ...given));
  await send(owner, room, "edit", { seq, text: "one" });
  while (rooms.get(room).mentionCount !== 0) {
    await change(rooms);
  }
  assert.equal(refused, 2);
  [owner, client].forEach((each) => each.close());
});

test("knows the names of partners and inviters by the lists of rooms", async () => {
  const asked = [];
  const fetch = (url, init) => (asked.push(url), globalThis.fetch(url, init));
  const partners = await Promise.all(
    ["page-partner-a", "page-partner-b"].map((user) => loggedIn(user, { name: `Name of ${user}` })),
  );
  const client = await loggedIn("page-names", { fetch });
  await Promise.all(partners.map((partner) => client.api.openDirect(partner.userId)));
  const invited = `names-${process.pid}`;
  await partners[0].api.createRoom({ roomId: invited, visibility: "private" });
  await partners[0].api.invite(invited, client.userId);
  const people = new People(client);
  const rooms = new Rooms(client, people);
  await rooms.load();
  assert.deepEqual(rooms.own.map((room) => rooms.title(room)).sort(), ["Name of page-partner-a", "Name of page-partner-b"]);
  assert.equal(people.name(rooms.invitations[0].invitedBy), "Name of page-partner-a");
  assert.deepEqual(
    asked.filter((url) => url.includes("/users?")),
    [],
  );
  [client, ...partners].forEach((each) => each.close());
});

test("shows the id beside a name that looks like another's", async () => {
  const owner = await loggedIn("page-owner");
  const { room, client, people } = await inRoomOf(owner, "page-looks");
  const twin = await loggedIn("page-twin", { name: "p\u0430ge-looks" });
  await twin.api.becomeMember(room, twin.userId);
  await people.load(room);
  assert.equal(people.name("page-twin"), "p\u0430ge-looks (@page-twin)");
  assert.equal(people.name(owner.userId), owner.userId);
  [owner, client, twin].forEach((each) => each.close());
});

/** A page behind another window, and the desktop notifications of it. */
function pageWithNotifications({ client, people, rooms }) {
  const page = { shown: [], opened: [] };
  globalThis.window = { focus() {} };
  globalThis.document = Object.assign(new EventTarget(), { visibilityState: "hidden", hasFocus: () => false, title: "" });
  globalThis.Notification = class extends EventTarget {
    constructor(title, { body }) {
      super();
      page.shown.push(body);
      page.click = () => this.dispatchEvent(new Event("click"));
    }

    close() {}
  };
  const open = (...target) => page.opened.push(permalink(...target));
  const threads = new Threads(client);
  const chat = { client, people, rooms, threads, preferences: { notify: true }, room: null, current: null, open };
  chat.notifications = new Notifications(chat);
  chat.timelines = new Timelines(client);
  return Object.assign(page, { timelines: chat.timelines, notifications: chat.notifications });
}

test("tells of an edit that names the user first as of a new message, and once", async () => {
  const owner = await loggedIn("page-owner");
  const user = "page-told";
  const first = await inRoomOf(owner, user);
  const { room } = first;
  const page = pageWithNotifications(first);
  const told = async ({ rooms }, { shown }, type, fields) => {
    shown.length = 0;
    const seq = await send(owner, room, type, fields);
    await current(rooms, room, seq);
    return { seq, shown: [...shown] };
  };
  const post = (text) => told(first, page, "post", { text });
  const edit = async (seq, text) => (await told(first, page, "edit", { seq, text })).shown;

  const plain = await post("one");
  assert.deepEqual(plain.shown, []);
  assert.deepEqual(await edit(plain.seq, "one, edited"), []);
  assert.deepEqual(await edit(plain.seq, `one, @${user}`), [`one, @${user}`]);
  page.click();
  assert.deepEqual(page.opened, [`#${room}/${plain.seq}`]);
  assert.deepEqual(await edit(plain.seq, `one more, @${user}`), []);
  assert.deepEqual(await edit(plain.seq, "one"), []);
  assert.deepEqual(await edit(plain.seq, `one again, @${user}`), []);
  const naming = await post(`two, @${user}`);
  assert.deepEqual(naming.shown, [`two, @${user}`]);
  assert.deepEqual(await edit(naming.seq, `two, edited, @${user}`), []);
  const own = await send(first.client, room, "post", { text: "mine" });
  page.shown.length = 0;
  await current(first.rooms, room, await send(first.client, room, "edit", { seq: own, text: `mine, @${user}` }));
  assert.deepEqual(page.shown, []);
  const before = await post("three");
  first.client.close();

  // Of messages from before its load a page knows those of its timelines.
  const second = await pageIn(room, user);
  const loaded = pageWithNotifications(second);
  await loaded.timelines.of(room).open();
  const editLater = async (seq, text) => (await told(second, loaded, "edit", { seq, text })).shown;
  assert.deepEqual(await editLater(naming.seq, `two, edited again, @${user}`), []);
  assert.deepEqual(await editLater(before.seq, `three, @${user}`), [`three, @${user}`]);
  second.client.close();

  // An edit of a message outside all timelines is no new mention, because the message may have named the user before.
  const third = await pageIn(room, user);
  const blind = pageWithNotifications(third);
  const onThird = (type, fields) => told(third, blind, type, fields);
  assert.deepEqual((await onThird("edit", { seq: naming.seq, text: `two, once more, @${user}` })).shown, []);
  const later = await onThird("post", { text: "four" });
  assert.deepEqual((await onThird("edit", { seq: naming.seq, text: `two at last, @${user}` })).shown, []);
  assert.deepEqual((await onThird("edit", { seq: later.seq, text: `four, @${user}` })).shown, [`four, @${user}`]);
  [owner, third.client].forEach((each) => each.close());
});

/** Waits until the page's counts equal those of a fresh answer of the server. */
async function countsAsTheServer({ client, rooms }, room, seed) {
  const deadline = Date.now() + 15_000;
  for (;;) {
    const { unreadCount, mentionCount, membership, archived } = await client.api.room(room);
    const known = rooms.get(room);
    // Nothing is reported about a room that the user is not in.
    const isMember = membership === "joined";
    const expected = isMember ? [archived, unreadCount, mentionCount] : [undefined];
    const counted = isMember ? [known.archived, known.unreadCount, known.mentionCount] : [known.membership];
    if (JSON.stringify(counted) === JSON.stringify(expected)) {
      return;
    }
    assert.ok(Date.now() < deadline, `the page has ${counted} and the server ${expected}, SEED=${seed}`);
    await Promise.race([change(rooms), new Promise((waited) => setTimeout(waited, 100))]);
  }
}

test("counts as the server does through a random history", async () => {
  const seed = Number(process.env.SEED ?? 14);
  const random = seeded(seed);
  const user = "page-history";
  const owner = await loggedIn("page-owner");
  const net = network();
  const page = await inRoomOf(owner, user, { WebSocket: net.WebSocket });
  const { room, client, rooms } = page;
  const other = await loggedIn(user);
  const sent = [];
  let archived = false;
  const text = () => (random() < 0.4 ? `hi @${user}` : "hi");
  const target = () => sent[Math.floor(random() * sent.length)];
  const actions = [
    async () => archived || sent.push(await send(owner, room, "post", { text: text() })),
    async () => archived || sent.push(await send(owner, room, "post", { text: text() })),
    async () => archived || (sent.length > 0 && send(owner, room, "edit", { seq: target(), text: text() })),
    async () =>
      archived ||
      (sent.length > 0 && send(owner, room, "delete", { seq: sent.splice(Math.floor(random() * sent.length), 1)[0] })),
    async () => (await client.api.room(room)).membership === "joined" && other.markRead(room, target() ?? 1),
    async () => rooms.get(room).membership === "joined" && rooms.reading.read(room, rooms.get(room).head),
    async () => (await client.api.room(room)).membership === "joined" && owner.api.removeMember(room, user).catch(() => {}),
    async () => archived || rooms.join(room).catch(() => {}),
    async () => owner.api.changeRoom(room, { archived: (archived = !archived) }),
    async () => (random() < 0.5 ? net.leave() : net.comeBack()),
  ];
  for (let round = 0; round < 4; round++) {
    for (let step = 0; step < 15; step++) {
      await actions[Math.floor(random() * actions.length)]();
    }
    net.comeBack();
    await countsAsTheServer(page, room, seed);
  }
  [owner, other, client].forEach((each) => each.close());
});
