/** Renewal of access tokens by many clients, on a clock that the test moves. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ParlanceClient } from "../../main/resources/web/parlance-client/index.js";
import { seeded } from "./random.js";

const LIFE_S = 600;
const RENEW_BEFORE_S = 60;
/** Earliest renewal as a part of the time until the last moment. */
const EARLIEST = 0.75;
const CLIENTS = 200;
const LIVES = 6;

const storage = () => {
  const items = new Map();
  return { getItem: (key) => items.get(key) ?? null, setItem: (key, value) => void items.set(key, value) };
};

/** Waits for all promises that wait for promises alone. */
const settle = async () => {
  for (let i = 0; i < 20; i++) {
    await new Promise((turn) => setImmediate(turn));
  }
};

/** A server of sessions that records when it issued tokens, and how long before their expiry they were replaced. */
class Server {
  renewals = [];
  leastLeftS = LIFE_S;
  #made = 0;
  #endsAt = new Map();

  get options() {
    const server = this;
    class WebSocket extends EventTarget {
      readyState = 1;

      constructor() {
        super();
        setImmediate(() => this.dispatchEvent(new Event("open")));
      }

      send(text) {
        const frame = JSON.parse(text);
        if (frame.type === "auth") {
          server.prove(frame.token);
        }
        const data = JSON.stringify({ type: frame.type === "auth" ? "welcome" : "pong", ref: frame.ref });
        setImmediate(() => this.dispatchEvent(Object.assign(new Event("message"), { data })));
      }

      close() {
        this.readyState = 3;
      }
    }
    return /** @type {any} all that a client uses of them */ ({
      origin: "http://scripted",
      WebSocket,
      fetch: async (url) => server.#give(String(url)),
    });
  }

  prove(token) {
    assert.ok(this.#endsAt.get(token) > Date.now(), "a token that has ended");
  }

  #give(url) {
    if (url.endsWith("/refresh")) {
      this.renewals.push(Date.now() / 1000);
    }
    const accessToken = `access-${this.#made++}`;
    this.#endsAt.set(accessToken, Date.now() + LIFE_S * 1000);
    const body = { userId: "alice", accessToken, refreshToken: `refresh-${this.#made}`, expiresInMs: LIFE_S * 1000 };
    return { ok: true, status: 200, text: async () => JSON.stringify(body) };
  }
}

/** Moves the clock a second at a time. */
const pass = async (context, seconds) => {
  for (let second = 0; second < seconds; second++) {
    context.mock.timers.tick(1000);
    await settle();
  }
};

test("spreads the renewals of clients that got their tokens at once, each within its token's life", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const server = new Server();
  const random = seeded(20261130);
  const clients = Array.from({ length: CLIENTS }, () => new ParlanceClient({ ...server.options, random, storage: storage() }));
  await Promise.all(clients.map((client) => client.logIn("alice", "tomato-soup-7")));
  await settle();
  assert.ok(clients.every((client) => client.state === "online"));
  const latest = LIFE_S - RENEW_BEFORE_S;
  await pass(context, latest + 1);
  const first = server.renewals.slice(0, CLIENTS);
  assert.equal(server.renewals.length, CLIENTS);
  assert.ok(Math.min(...first) >= latest * EARLIEST - 1, `${Math.min(...first)}`);
  assert.ok(Math.max(...first) <= latest + 1, `${Math.max(...first)}`);
  // In step, all of them are in the same second; evenly spread, one or two are.
  const mostInASecond = Math.max(...first.map((at) => first.filter((other) => Math.floor(other) === Math.floor(at)).length));
  assert.ok(mostInASecond <= CLIENTS / 20, `${mostInASecond}`);
  clients.forEach((client) => client.close());
});

test("renews once a life for all tabs of one session", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const server = new Server();
  const random = seeded(7);
  const shared = storage();
  const tabs = Array.from({ length: 8 }, () => new ParlanceClient({ ...server.options, random, storage: shared }));
  await tabs[0].logIn("alice", "tomato-soup-7");
  tabs.slice(1).forEach((tab) => assert.ok(tab.restore()));
  await settle();
  await pass(context, LIVES * LIFE_S);
  assert.ok(tabs.every((tab) => tab.state === "online" && tab.userId === "alice"));
  // The earliest of eight random times is near the lower bound.
  const most = Math.ceil(LIFE_S / ((LIFE_S - RENEW_BEFORE_S) * EARLIEST)) * LIVES;
  assert.ok(server.renewals.length >= LIVES && server.renewals.length <= most, `${server.renewals.length}`);
  tabs.forEach((tab) => tab.close());
});
