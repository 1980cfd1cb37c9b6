/** The page's list of rooms, when what it asks for and what comes live pass each other. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { People } from "../../main/resources/web/model/people.js";
import { Rooms } from "../../main/resources/web/model/rooms.js";
import { inNewRoom, loggedIn, next, soon } from "./clients.js";

const LISTS = 3;

/** Answers to requests for lists of rooms, which can be kept back after the server has given them. */
class Lists {
  #held = null;

  fetch = async (url, init) => {
    const answer = await globalThis.fetch(url, init);
    const held = this.#held;
    if (held && url.includes("/rooms?")) {
      held.count += 1;
      if (held.count === LISTS) {
        held.arrived.resolve();
      }
      await held.released.promise;
    }
    return answer;
  };

  /** @returns {{arrived: Promise<void>, release: () => void}} */
  hold() {
    const held = { count: 0, arrived: Promise.withResolvers(), released: Promise.withResolvers() };
    this.#held = held;
    return {
      arrived: held.arrived.promise,
      release: () => {
        this.#held = null;
        held.released.resolve();
      },
    };
  }
}

/** A network that can be away, and that can keep events back. */
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

/** Somebody in a room of somebody else's, and the rooms as the page of the one has them. */
async function inRoomOf(owner, user, options) {
  const room = await inNewRoom(owner);
  const client = await loggedIn(user, { ...options, settings: { retryBaseMs: 10, pageAtMost: 0 } });
  await client.api.becomeMember(room, user);
  const rooms = new Rooms(client, new People(client));
  const joined = next(client, "joined", (detail) => detail.room === room);
  await rooms.load();
  await joined;
  return { room, client, rooms };
}

async function say(client, room, ...texts) {
  for (const text of texts) {
    const sent = next(client, "request", ({ request }) => request.state === "sent");
    client.post(room, text);
    await sent;
  }
}

async function readElsewhere(user, room, seq) {
  const other = await loggedIn(user);
  const read = next(other, "read");
  other.markRead(room, seq);
  await read;
  other.close();
}

function change(rooms) {
  return soon("change", (changed) => rooms.addEventListener("change", changed, { once: true }));
}

/** Until all of the room has come. */
async function current(rooms, room, head) {
  while (rooms.get(room).head < head) {
    await change(rooms);
  }
}

test("keeps what came live when a list that is older comes after it", async () => {
  const owner = await loggedIn("rooms-owner");
  const lists = new Lists();
  const { room, client, rooms } = await inRoomOf(owner, "rooms-late", { fetch: lists.fetch });
  const left = await inNewRoom(owner);
  await rooms.join(left);
  const invited = `invited-${process.pid}`;
  await owner.api.createRoom({ roomId: invited, visibility: "private" });

  const { arrived, release } = lists.hold();
  const loading = rooms.load();
  await arrived;
  const live = [
    next(client, "event", ({ event }) => event.change === "archived"),
    next(client, "event", ({ event }) => event.change === "topic"),
    next(client, "room", (detail) => detail.room === invited),
  ];
  await owner.api.changeRoom(room, { topic: "tomatoes" });
  await owner.api.changeRoom(room, { archived: true });
  await owner.api.invite(invited, client.user);
  await rooms.leave(left);
  await Promise.all(live);
  release();
  await loading;

  assert.equal(rooms.get(room).archived, true);
  assert.equal(rooms.get(room).topic, "tomatoes");
  assert.equal(rooms.get(left).member, false);
  assert.equal(rooms.get(invited)?.membership, "invited");
  owner.close();
  client.close();
});

for (const order of [["list", "events"], ["events", "list"]]) {
  for (const elsewhere of [true, false]) {
    test(`counts what came meanwhile, ${elsewhere ? "" : "not "}read elsewhere: ${order.join(", ")}`, async () => {
      const owner = await loggedIn("rooms-owner");
      const lists = new Lists();
      const net = network();
      const user = "rooms-away";
      const { room, client, rooms } = await inRoomOf(owner, user, { fetch: lists.fetch, WebSocket: net.WebSocket });
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
      const held = lists.hold();
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
      const { read, unread, mentions } = rooms.get(room);
      assert.deepEqual([read, unread, mentions], elsewhere ? [5, 2, 0] : [1, 5, 1]);
      owner.close();
      client.close();
    });
  }
}
