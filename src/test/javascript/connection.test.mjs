/**
 * The library's connection by a scripted clock: the time in which it detects that the network is gone, and that it is
 * back.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { DEFAULTS, ParlanceClient } from "../../main/resources/web/parlance-client/index.js";
import { ScriptedClock } from "./scripted-clock.js";
import { ScriptedNetwork } from "./scripted-network.js";

const MINUTE_MS = 60_000;
const PATIENCE_MS = DEFAULTS.pingTimeoutMs;

/** A connected client, and its events. */
async function connected(
  context,
  { random = () => 1, window = /** @type {null | undefined} */ (undefined), settings = {}, delayMs = 0, proofMs = 0 } = {},
) {
  const clock = new ScriptedClock(context);
  const network = new ScriptedNetwork();
  Object.assign(network, { delayMs, proofMs });
  const session = JSON.stringify({ userId: "alice", accessToken: "token", expiresAt: Date.now() + 24 * 60 * MINUTE_MS });
  const items = new Map([["parlance.session", session]]);
  const storage = { getItem: (key) => items.get(key) ?? null, setItem: (key, value) => void items.set(key, value) };
  const client = new ParlanceClient({
    origin: "http://scripted",
    storage,
    random,
    settings,
    WebSocket: /** @type {any} without the constants */ (network.WebSocket),
    window: window === null ? {} : network.window,
  });
  context.after(() => client.close());
  client.restore();
  await clock.advance(delayMs + proofMs);
  assert.equal(client.state, "online");
  return { client, clock, network };
}

/** Time until the state changes, in steps of a tenth of a second. */
async function changed({ client, clock }, withinMs) {
  const [before, beganMs] = [client.state, clock.nowMs];
  while (client.state === before && clock.nowMs - beganMs < withinMs) {
    await clock.advance(100);
  }
  return clock.nowMs - beganMs;
}

const HINTS = {
  "the browser says that it is offline": ({ network }) => network.tell("offline"),
  "the network has changed": ({ network }) => network.tell("online"),
  "the page comes back from the cache": ({ network }) => network.tell("pageshow"),
  "the page is shown": ({ network }) => network.show("visible"),
  "the machine wakes up": ({ clock }) => clock.sleep(MINUTE_MS),
  "somebody asks": ({ client }) => client.connect(),
};

for (const [name, hint] of Object.entries(HINTS)) {
  test(`asks at once and counts the connection lost after two seconds when ${name}`, async (context) => {
    const scene = await connected(context);
    scene.network.state = "swallows";
    await hint(scene);
    const tookMs = await changed(scene, MINUTE_MS);
    assert.notEqual(scene.client.state, "online");
    assert.ok(tookMs <= PATIENCE_MS + 200, `${tookMs} ms`);
    assert.ok(tookMs >= PATIENCE_MS - 200, `${tookMs} ms`);
  });

  test(`stays connected to a server that answers when ${name}`, async (context) => {
    const scene = await connected(context);
    const pings = () => scene.network.frames.filter((frame) => frame.type === "ping").length;
    const before = pings();
    await hint(scene);
    await scene.clock.advance(0);
    assert.equal(pings(), before + 1);
    await scene.clock.advance(PATIENCE_MS * 2);
    assert.equal(scene.client.state, "online");
    assert.equal(scene.network.tries, 1);
  });
}

for (const window of [undefined, null]) {
  test(`notices a silent server ${window === null ? "in Node.js" : "in a browser"} within its silence and two seconds`, async (context) => {
    const scene = await connected(context, { window });
    await scene.clock.advance(DEFAULTS.silenceMs * 1.5);
    scene.network.state = "swallows";
    const tookMs = await changed(scene, MINUTE_MS);
    assert.ok(tookMs <= DEFAULTS.silenceMs + PATIENCE_MS + 200, `${tookMs} ms`);
  });
}

test("pings seldom on a hidden page", async (context) => {
  const scene = await connected(context);
  scene.network.show("hidden");
  await scene.clock.advance(DEFAULTS.silenceMs);
  scene.network.frames.length = 0;
  await scene.clock.advance(10 * MINUTE_MS);
  const most = (10 * MINUTE_MS) / DEFAULTS.hiddenSilenceMs;
  assert.ok(scene.network.frames.length <= most + 1, `${scene.network.frames.length} pings`);
  assert.ok(scene.network.frames.length >= most - 2, `${scene.network.frames.length} pings`);
});

test("asks soon when a request has no answer, and says so when nothing comes", async (context) => {
  const scene = await connected(context);
  scene.client.join("garden");
  await scene.clock.advance(0);
  scene.network.state = "swallows";
  const request = scene.client.post("garden", "Is anybody here?");
  const tookMs = await changed(scene, MINUTE_MS);
  assert.ok(tookMs <= PATIENCE_MS * 1.5 + 200, `${tookMs} ms`);
  scene.network.heal();
  await scene.clock.advance(DEFAULTS.reconnectCapMs);
  assert.equal(scene.client.state, "online");
  assert.deepEqual(
    scene.network.frames.filter((frame) => frame.type === "post").map((frame) => frame.id),
    [request.id, request.id],
  );
});

test("takes a frame from before the silence for no answer to a ping", async (context) => {
  const scene = await connected(context);
  scene.client.join("garden");
  await scene.clock.advance(0);
  const [socket] = scene.network.sockets;
  scene.network.tell("online");
  scene.network.state = "swallows";
  scene.client.post("garden", "Is anybody here?");
  socket.deliver({ type: "heads", heads: {} });
  const tookMs = await changed(scene, MINUTE_MS);
  assert.notEqual(scene.client.state, "online");
  assert.ok(tookMs <= PATIENCE_MS + 200, `${tookMs} ms`);
});

test("keeps a slow connection whose answers take longer than two seconds", async (context) => {
  const scene = await connected(context, { delayMs: 2_500 });
  scene.network.tell("offline");
  await scene.clock.advance(MINUTE_MS);
  assert.equal(scene.network.tries, 1);
  assert.equal(scene.client.state, "online");
});

test("takes the slowness of a log-in for none of the network", async (context) => {
  const scene = await connected(context, { proofMs: 3_000 });
  scene.network.state = "swallows";
  scene.network.tell("offline");
  const tookMs = await changed(scene, MINUTE_MS);
  assert.ok(tookMs <= PATIENCE_MS + 200, `${tookMs} ms`);
});

test("does not take its own sleep for the server's silence", async (context) => {
  const scene = await connected(context);
  scene.network.delayMs = 100;
  scene.network.tell("offline");
  // The answer is unread while the timer is due as well.
  await scene.clock.sleep(MINUTE_MS);
  await scene.clock.advance(PATIENCE_MS * 2);
  assert.equal(scene.network.tries, 1);
});

for (const awayMs of [1_000, MINUTE_MS, 60 * MINUTE_MS]) {
  test(`is back within two seconds of a server that was away for ${awayMs / 1000} s`, async (context) => {
    const scene = await connected(context);
    scene.network.state = "refuses";
    scene.network.sockets[0].end(1006);
    await scene.clock.advance(awayMs);
    assert.notEqual(scene.client.state, "online");
    scene.network.state = "well";
    while (scene.client.state !== "online" && scene.clock.nowMs < awayMs + MINUTE_MS) {
      await scene.clock.advance(100);
    }
    assert.ok(scene.clock.nowMs - awayMs <= 2_000 + 100, `${scene.clock.nowMs - awayMs} ms`);
  });
}

test("waits longer while the page is hidden, and tries at once when it is shown", async (context) => {
  const scene = await connected(context);
  scene.network.show("hidden");
  scene.network.state = "refuses";
  scene.network.sockets[0].end(1006);
  await scene.clock.advance(10 * MINUTE_MS);
  const before = scene.network.tries;
  await scene.clock.advance(MINUTE_MS);
  assert.ok(scene.network.tries - before <= MINUTE_MS / DEFAULTS.retryCapMs + 1);
  scene.network.state = "well";
  scene.network.show("visible");
  await scene.clock.advance(0);
  assert.equal(scene.client.state, "online");
});

test("does not hurry to a server that has sent it away", async (context) => {
  const scene = await connected(context);
  const closesAtOnce = () => scene.network.sockets.at(-1).end(1013);
  for (let time = 0; time < 10; time++) {
    closesAtOnce();
    await scene.clock.advance(DEFAULTS.retryCapMs);
    assert.equal(scene.client.state, "online");
  }
  closesAtOnce();
  assert.ok(Number(scene.client.nextTryInMs) > DEFAULTS.reconnectCapMs, `${scene.client.nextTryInMs} ms`);
});

test("reports its next attempt, and tries at once on request", async (context) => {
  const scene = await connected(context);
  assert.equal(scene.client.nextTryInMs, null);
  scene.network.state = "refuses";
  scene.network.sockets[0].end(1006);
  await scene.clock.advance(MINUTE_MS);
  while (scene.client.state !== "offline") {
    await scene.clock.advance(10);
  }
  const inMs = Number(scene.client.nextTryInMs);
  assert.ok(inMs > 0 && inMs <= DEFAULTS.reconnectCapMs, `${inMs} ms`);
  scene.network.state = "well";
  scene.client.connect();
  assert.equal(scene.client.nextTryInMs, null);
  await scene.clock.advance(0);
  assert.equal(scene.client.state, "online");
});

test("gives up a hanging attempt when the network returns or on request", async (context) => {
  const scene = await connected(context);
  scene.network.state = "swallows";
  scene.network.sockets[0].end(1006);
  await scene.clock.advance(DEFAULTS.retryBaseMs);
  assert.equal(scene.client.state, "connecting");
  const { tries } = scene.network;
  scene.network.tell("online");
  await scene.clock.advance(0);
  assert.equal(scene.network.tries, tries, "a young try goes on");
  await scene.clock.advance(PATIENCE_MS);
  scene.network.state = "well";
  scene.network.tell("online");
  await scene.clock.advance(0);
  assert.equal(scene.client.state, "online");
});

test("hears of nothing once it is closed", async (context) => {
  const scene = await connected(context);
  scene.client.close();
  scene.network.frames.length = 0;
  for (const hint of Object.values(HINTS).slice(0, -1)) {
    await hint(scene);
  }
  await scene.clock.advance(MINUTE_MS);
  assert.equal(scene.network.tries, 1);
  assert.deepEqual(scene.network.frames, []);
});
