/** Back on a phone: it closes the panel, then the conversation, then leaves the page. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Places } from "../../main/resources/web/model/places.js";

/** A window with its history, with the methods that the page uses; traversals take effect later, as in browsers. */
class Tab extends EventTarget {
  #entries;
  #at = 0;
  history = {
    go: (steps) => setImmediate(() => this.#go(steps)),
    back: () => this.history.go(-1),
    pushState: (state, _, address) => {
      this.#entries.splice(++this.#at, Infinity, { state, address: address ?? this.#entries[this.#at - 1].address });
    },
    replaceState: (state, _, address) => {
      this.#entries[this.#at] = { state, address: address ?? this.#address };
    },
  };
  location = {};
  /** True when Back has left the page. */
  left = false;

  constructor(address, state = null) {
    super();
    this.#entries = [{ state, address }];
    const tab = this;
    Object.defineProperty(this.history, "state", { get: () => tab.#entries[tab.#at].state });
    Object.defineProperty(this.location, "hash", { get: () => (tab.#address.startsWith("#") ? tab.#address : "") });
  }

  get #address() {
    return this.#entries[this.#at].address;
  }

  get depth() {
    return this.#at;
  }

  get address() {
    return this.#address;
  }

  /** Follows a clicked link, or a typed address. */
  follow(hash) {
    this.#entries.splice(++this.#at, Infinity, { state: null, address: hash });
    this.dispatchEvent(new Event("popstate"));
    this.dispatchEvent(new Event("hashchange"));
  }

  #go(steps) {
    const before = this.#address;
    if (this.#at + steps < 0) {
      this.left = true;
      return;
    }
    this.#at += steps;
    this.dispatchEvent(new Event("popstate"));
    if (this.#address !== before) {
      this.dispatchEvent(new Event("hashchange"));
    }
  }
}

/** A page in a tab: it shows its present place. */
function page(tab, panes = 1) {
  const seen = { room: /** @type {string | null} */ (null), panel: /** @type {Page.Panel | null} */ (null) };
  const screen = { panes };
  const places = new Places(screen, tab, {
    follow: () => void (seen.room = tab.location.hash || null),
    panel: (panel) => void (seen.panel = panel),
  });
  const panel = places.start();
  seen.room = tab.location.hash || null;
  seen.panel = panel;
  return {
    seen,
    screen,
    places,
    open: (hash) => places.go(hash),
    show(next) {
      places.show(next);
      seen.panel = next;
    },
  };
}

const turn = () => new Promise((done) => setImmediate(() => setImmediate(done)));

async function back(tab) {
  tab.history.back();
  await turn();
}

const WAYS = {
  "opened from the rooms": (_, { open, show }) => (open("#garden"), show({ kind: "members" })),
  "opened from another room": (_, { open, show }) => (open("#attic"), open("#garden"), show({ kind: "members" })),
  "after one panel took the place of another": (_, { open, show }) => (
    open("#garden"),
    show({ kind: "search" }),
    show({ kind: "members" })
  ),
  "after a panel was closed by its button": async (_, { open, show }) => {
    open("#garden");
    show({ kind: "pins" });
    show(null);
    await turn();
    show({ kind: "members" });
  },
  "after a message was opened from a panel": async (_, { open, show }) => {
    open("#attic");
    show({ kind: "search" });
    open("#garden");
    await turn();
    show({ kind: "members" });
  },
  "after a link in the page was followed": async (tab, { show }) => {
    tab.follow("#attic");
    tab.follow("#garden");
    await turn();
    show({ kind: "members" });
  },
};

for (const [way, go] of Object.entries(WAYS)) {
  test(`Back closes the panel, then the conversation, then leaves: ${way}`, async () => {
    const tab = new Tab("/");
    const shown = page(tab);
    await go(tab, shown);
    assert.deepEqual(shown.seen, { room: "#garden", panel: { kind: "members" } });
    await back(tab);
    assert.deepEqual(shown.seen, { room: "#garden", panel: null });
    await back(tab);
    assert.deepEqual(shown.seen, { room: null, panel: null });
    assert.equal(tab.left, false);
    await back(tab);
    assert.equal(tab.left, true);
  });
}

test("Back goes to the rooms from a conversation that the page was opened with, also after a reload", async () => {
  const tab = new Tab("#garden");
  page(tab).show({ kind: "thread", seq: 5 });
  const again = page(tab);
  assert.deepEqual(again.seen, { room: "#garden", panel: { kind: "thread", seq: 5 } });
  assert.equal(tab.depth, 2);
  await back(tab);
  await back(tab);
  assert.deepEqual(again.seen, { room: null, panel: null });
});

test("the button that leads to the rooms goes where Back goes", async () => {
  const tab = new Tab("/");
  const shown = page(tab);
  for (const panel of [null, { kind: "pins" }]) {
    shown.open("#garden");
    shown.show(panel);
    shown.places.leave();
    await turn();
    assert.deepEqual(shown.seen, { room: null, panel: null });
    assert.equal(tab.depth, 0);
  }
});

test("a room that is not there leaves no entry", async () => {
  const tab = new Tab("#nowhere");
  const shown = page(tab, 3);
  shown.places.leave();
  assert.deepEqual([shown.seen.room, tab.depth, tab.address], [null, 0, "/"]);
});

test("a panel over the rooms closes by Back, or gives way to a conversation", async () => {
  const tab = new Tab("/");
  const shown = page(tab);
  shown.show({ kind: "search" });
  await back(tab);
  assert.deepEqual([shown.seen, tab.depth], [{ room: null, panel: null }, 0]);
  shown.show({ kind: "search" });
  shown.open("#garden");
  assert.deepEqual([shown.seen, tab.depth], [{ room: "#garden", panel: null }, 1]);
  await back(tab);
  assert.deepEqual([shown.seen.room, tab.depth], [null, 0]);
});

test("on a wide screen Back goes through the rooms, and panels stay", async () => {
  const tab = new Tab("/");
  const shown = page(tab, 3);
  shown.open("#attic");
  shown.show({ kind: "members" });
  shown.open("#garden");
  await back(tab);
  assert.deepEqual(shown.seen, { room: "#attic", panel: { kind: "members" } });
  assert.equal(tab.depth, 1);
});

test("a panel of a phone closes when the screen has become wide", async () => {
  const tab = new Tab("/");
  const shown = page(tab);
  shown.open("#garden");
  shown.show({ kind: "members" });
  shown.screen.panes = 3;
  shown.show(null);
  await turn();
  assert.deepEqual(shown.seen, { room: "#garden", panel: null });
  assert.equal(tab.depth, 1);
});

/** What covers a page: it is closed by its button, or by Back. */
function cover({ places }) {
  const state = { isOpen: true };
  state.uncover = places.cover(() => {
    state.isOpen = false;
    state.uncover();
  });
  return state;
}

const UNDER = {
  "the rooms": { go: () => {}, seen: { room: null, panel: null }, depth: 0 },
  "a conversation": { go: ({ open }) => open("#garden"), seen: { room: "#garden", panel: null }, depth: 1 },
  "a panel": {
    go: ({ open, show }) => (open("#garden"), show({ kind: "pins" })),
    seen: { room: "#garden", panel: { kind: "pins" } },
    depth: 2,
  },
};

for (const [place, { go, seen, depth }] of Object.entries(UNDER)) {
  test(`Back closes what covers ${place}, the uppermost first, and goes no further`, async () => {
    const tab = new Tab("/");
    const shown = page(tab);
    go(shown);
    const covers = [cover(shown), cover(shown)];
    assert.equal(tab.depth, depth + 2);
    await back(tab);
    assert.deepEqual([covers[0].isOpen, covers[1].isOpen], [true, false]);
    await back(tab);
    assert.equal(covers[0].isOpen, false);
    assert.deepEqual([shown.seen, tab.depth, tab.left], [seen, depth, false]);
  });

  test(`a cover of ${place} that its button closes leaves no entry, also when another one follows at once`, async () => {
    const tab = new Tab("/");
    const shown = page(tab);
    go(shown);
    cover(shown).uncover();
    const next = cover(shown);
    await turn();
    assert.deepEqual([next.isOpen, tab.depth], [true, depth + 1]);
    next.uncover();
    await turn();
    assert.deepEqual([shown.seen, tab.depth], [seen, depth]);
  });

  test(`a way that leads from a cover of ${place} to a conversation leaves no entry of the cover`, async () => {
    for (const follow of [(_, { open }) => open("#attic"), (tab) => tab.follow("#attic")]) {
      const tab = new Tab("/");
      const shown = page(tab);
      go(shown);
      const covering = cover(shown);
      follow(tab, shown);
      await turn();
      await turn();
      assert.deepEqual([covering.isOpen, shown.seen, tab.depth], [false, { room: "#attic", panel: null }, 1]);
      await back(tab);
      assert.deepEqual([shown.seen.room, tab.depth], [null, 0]);
    }
  });
}

test("a reload closes a cover", async () => {
  const tab = new Tab("/");
  const shown = page(tab);
  shown.open("#garden");
  cover(shown);
  const again = page(tab);
  await turn();
  assert.deepEqual([again.seen, tab.depth], [{ room: "#garden", panel: null }, 1]);
});

test("on a wide screen a cover has no entry", async () => {
  const tab = new Tab("/");
  const shown = page(tab, 3);
  shown.open("#garden");
  const covering = cover(shown);
  assert.equal(tab.depth, 1);
  covering.uncover();
  await turn();
  assert.deepEqual([shown.seen.room, tab.depth], ["#garden", 1]);
});
