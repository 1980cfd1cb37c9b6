/** Stored values of the page and the library in a browser whose storage is blocked or full. */
import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Retries } from "../../main/resources/web/model/retries.js";
import { Timeline } from "../../main/resources/web/model/timeline.js";
import { FallbackStorage } from "../../main/resources/web/parlance-client/index.js";
import { exclusively } from "../../main/resources/web/parlance-client/locks.js";
import { loggedIn, storage } from "./clients.js";

/** A storage that refuses new values while it is full. */
function limited() {
  const items = storage();
  const state = { full: false };
  const setItem = (key, value) => {
    if (state.full) {
      throw new DOMException("full", "QuotaExceededError");
    }
    items.setItem(key, value);
  };
  return { state, items, taken: { ...items, setItem } };
}

/** @returns {never} */
function blocked() {
  throw new DOMException("blocked", "SecurityError");
}

test("keeps in memory values that a blocked storage refuses", () => {
  const kept = new FallbackStorage(blocked);
  kept.setItem("a", "1");
  assert.deepEqual([kept.getItem("a"), kept.getItem("b"), kept.blocked, kept.lasting], ["1", null, true, false]);
  kept.removeItem("a");
  assert.equal(kept.getItem("a"), null);
});

test("writes refused values of a full storage as soon as it accepts a value again", () => {
  const { state, items, taken } = limited();
  let changes = 0;
  const kept = new FallbackStorage(
    () => taken,
    () => changes++,
  );
  kept.setItem("a", "1");
  state.full = true;
  kept.setItem("a", "2");
  kept.setItem("b", "3");
  assert.deepEqual([kept.getItem("a"), kept.getItem("b"), items.getItem("a"), kept.lasting, changes], ["2", "3", "1", false, 1]);
  assert.equal(kept.writeAgain(), false);
  state.full = false;
  kept.setItem("c", "4");
  assert.deepEqual([items.getItem("a"), items.getItem("b"), items.getItem("c"), kept.lasting, changes], ["2", "3", "4", true, 2]);
});

test("uses values that another tab has written since", () => {
  const { state, items, taken } = limited();
  const kept = new FallbackStorage(() => taken);
  kept.setItem("a", "1");
  state.full = true;
  kept.setItem("a", "2");
  items.setItem("a", "of another tab");
  assert.equal(kept.getItem("a"), "of another tab");
  state.full = false;
  assert.equal(kept.writeAgain(), true);
  assert.equal(items.getItem("a"), "of another tab");
});

test("goes on with its session when the storage is full", async () => {
  const { state, taken } = limited();
  state.full = true;
  let refreshes = 0;
  // Tokens that are about to expire, so that each request renews them.
  const fetch = async (url, init) => {
    const answer = await globalThis.fetch(url, init);
    if (!/[/]sessions(?:[/]refresh)?$/.test(url) || init.method !== "POST") {
      return answer;
    }
    refreshes += url.endsWith("/refresh") ? 1 : 0;
    return Response.json({ ...(await answer.json()), expiresInMs: 1_000 }, { status: answer.status });
  };
  const client = await loggedIn("storage-full", { storage: taken, fetch });
  for (const renewed = refreshes; refreshes < renewed + 3;) {
    await client.api.sessions();
  }
  assert.equal(client.userId, "storage-full");
  client.close();
});

test("takes turns without locks where the browser blocks them", async () => {
  const { navigator } = globalThis;
  const request = async () => blocked();
  Object.defineProperty(globalThis, "navigator", { value: { locks: { request } }, configurable: true });
  try {
    const steps = [];
    const step = (name) =>
      exclusively("turns", async () => {
        steps.push(`${name} begins`);
        await Promise.resolve();
        steps.push(`${name} ends`);
      });
    await Promise.all([step("one"), step("other")]);
    assert.deepEqual(steps, ["one begins", "one ends", "other begins", "other ends"]);
  } finally {
    Object.defineProperty(globalThis, "navigator", { value: navigator, configurable: true });
  }
});

test("retries after growing, limited waits, except for final failures", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    let tries = 0;
    const retries = new Retries(
      () => tries++,
      () => 1,
    );
    const waits = Array.from({ length: 8 }, () => {
      retries.failed({ retryable: true, retryAfterMs: 0 });
      let waitedMs = 0;
      for (const before = tries; tries === before; waitedMs += 500) {
        mock.timers.tick(500);
      }
      return waitedMs;
    });
    assert.deepEqual(waits, [1_500, 2_500, 4_500, 8_500, 16_500, 30_500, 30_500, 30_500]);
    retries.failed({ retryable: false });
    assert.equal(retries.waiting, false);
  } finally {
    mock.timers.reset();
  }
});

test("asks a server that fails for a page again by and by, and not with each look at the list", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    let asked = 0;
    const failing = () => {
      asked++;
      return Promise.reject(Object.assign(new Error("no"), { retryable: true, retryAfterMs: 0 }));
    };
    const event = (seq) => ({ seq, stamp: `${seq}`, kind: "message", sender: "bob", id: `${seq}`, at: "2026-01-01T00:00:00Z" });
    const api = { events: async () => ({ events: [event(500)], head: 500 }) };
    const timeline = new Timeline("room", /** @type {any} all that it uses of a client */ ({ api, unsent: () => [] }));
    timeline.place = () => null;
    await timeline.open();
    api.events = failing;
    for (let look = 0; look < 100; look++) {
      await timeline.older();
    }
    assert.equal(asked, 1);
    let changes = 0;
    timeline.addEventListener("change", () => changes++);
    mock.timers.tick(2_000);
    await Promise.resolve();
    assert.equal(changes, 1);
    await timeline.older();
    assert.equal(asked, 2);
  } finally {
    mock.timers.reset();
  }
});
