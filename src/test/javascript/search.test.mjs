/**
 * The search of the page: chips and typed filters are one query, which a scripted server reads; and marks in drawn
 * Markdown are only at the server's matches. Standard input has marked.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { mock, test } from "node:test";
import { placesOf } from "../../main/resources/web/model/found-places.js";
import { Search } from "../../main/resources/web/model/search.js";
import { Emitter } from "../../main/resources/web/parlance-client/emitter.js";
import { subsetOf } from "../../main/resources/web/view/markdown-subset.js";
import { seeded } from "./random.js";

const { marked } = JSON.parse(readFileSync(0, "utf8"));
const { Marked } = await import(`data:text/javascript;base64,${marked}`);
const subset = subsetOf(Marked);

const TEXTS = 3_000;
const FIRST = Number(process.env.SEED ?? 1);
const FILTER = /(?<=^|\s)(from|in|has|is|after):(\S+)/g;

/** A server that reads filters, and returns scripted hits. */
class ScriptedSearch extends Emitter {
  asked = [];
  hits = [];
  /** @type {Error | null} */
  failure = null;

  api = {
    search: async (q) => {
      this.asked.push(q);
      if (this.failure) {
        throw this.failure;
      }
      const filters = [...q.matchAll(FILTER)].map(({ 0: all, 1: name, 2: value, index }) => ({
        name,
        value,
        range: [index, index + all.length],
      }));
      return { hits: this.hits, filters };
    },
  };
}

async function settled() {
  mock.timers.tick(300);
  for (let turn = 0; turn < 10; turn++) {
    await null;
  }
}

/** @param {(scene: {server: ScriptedSearch, search: Search}) => Promise<void>} play */
const searching = (play) => async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const server = new ScriptedSearch();
  const search = new Search(/** @type {any} all that a search uses of a client */ (server));
  search.show();
  await play({ server, search });
  search.close();
  mock.timers.reset();
};

const chips = (search) => search.chips.map((chip) => chip.text);

test(
  "makes chips of typed filters that are finished",
  searching(async ({ server, search }) => {
    search.type("from:bob");
    await settled();
    assert.deepEqual([search.text, chips(search)], ["from:bob", []]);
    search.type("from:bob tom");
    await settled();
    assert.deepEqual([search.text, chips(search)], ["tom", ["from:bob"]]);
    search.type("tom has:link ");
    await settled();
    assert.deepEqual([search.text, chips(search)], ["tom ", ["from:bob", "has:link"]]);
    assert.deepEqual(server.asked, ["from:bob", "from:bob tom", "from:bob tom has:link "]);
    // The blank ended the filter, not the word; further typing starts another word.
    search.again();
    await settled();
    assert.equal(server.asked.at(-1), "from:bob has:link tom");
    search.type("tom r");
    await settled();
    assert.equal(server.asked.at(-1), "from:bob has:link tom r");
    search.type("tom is:pinned");
    search.submit();
    await settled();
    assert.deepEqual([search.text.trim(), chips(search)], ["tom", ["from:bob", "has:link", "is:pinned"]]);
  }),
);

test(
  "keeps text typed during a request",
  searching(async ({ search }) => {
    search.type("from:bob t");
    mock.timers.tick(300);
    search.type("from:bob tom");
    await settled();
    assert.deepEqual([search.text, chips(search)], ["tom", ["from:bob"]]);
  }),
);

test(
  "takes a chip back for text, and a filter of the form for a chip",
  searching(async ({ server, search }) => {
    search.add("from", "bob");
    search.add("after", "2026-01-31", { only: true });
    search.add("after", "2026-02-01", { only: true });
    search.type("tom");
    await settled();
    assert.equal(server.asked.at(-1), "from:bob after:2026-02-01 tom");
    assert.equal(search.valueOf("after"), "2026-02-01");
    search.add("after", "", { only: true });
    search.type("");
    search.unfold();
    assert.deepEqual([search.text, chips(search)], ["from:bob", []]);
  }),
);

test(
  "asks nothing of rooms alone, and nothing while it is not shown",
  searching(async ({ server, search }) => {
    search.add("in", "garden");
    await settled();
    assert.deepEqual([server.asked, search.isAsked], [[], false]);
    search.type("tom");
    search.hide();
    await settled();
    assert.deepEqual(server.asked, []);
    search.show();
    await settled();
    assert.deepEqual(server.asked, ["in:garden tom"]);
  }),
);

test(
  "shows the failure, and retries a retryable one",
  searching(async ({ server, search }) => {
    server.failure = Object.assign(new Error("before: needs a day"), { retryable: false });
    search.type("before:x tom");
    await settled();
    assert.deepEqual([search.failure?.message, search.answered], ["before: needs a day", false]);
    mock.timers.tick(60_000);
    await settled();
    assert.equal(server.asked.length, 1);
    server.failure = Object.assign(new Error("no network"), { retryable: true });
    search.type("tom");
    await settled();
    server.failure = null;
    mock.timers.tick(60_000);
    await settled();
    assert.deepEqual([search.failure, search.answered], [null, true]);
  }),
);

// Marks

/** Texts of a drawn message, as nodes of its document. */
function drawn(source) {
  const ENTITIES = { "&lt;": "<", "&gt;": ">", "&amp;": "&", "&quot;": '"', "&#39;": "'" };
  return subset
    .parse(source)
    .split(/<[^>]*>/)
    .map((part) => part.replace(/&(?:lt|gt|amp|quot|#39);/g, (entity) => ENTITIES[entity]));
}

/** Drawn text with the places in brackets. @param {string} source @param {[number, number][]} ranges */
function marks(source, ranges) {
  const parts = drawn(source);
  for (const { part, start, end } of placesOf(source, ranges, parts)?.toReversed() ?? []) {
    parts[part] = `${parts[part].slice(0, start)}[${parts[part].slice(start, end)}]${parts[part].slice(end)}`;
  }
  return parts.join("").trim();
}

/** Ranges of a text that has them in brackets. @returns {[string, [number, number][]]} the text without brackets, and the ranges */
function ranged(text) {
  /** @type {[number, number][]} */
  const ranges = [];
  let source = "";
  for (const part of text.split(/([⟦⟧])/)) {
    if (part === "⟦") {
      ranges.push([source.length, source.length]);
    } else if (part === "⟧") {
      ranges[ranges.length - 1][1] = source.length;
    } else {
      source += part;
    }
  }
  return [source, ranges];
}

for (const [written, expected] of [
  ["two ⟦tomatoes⟧ and a tomato", "two [tomatoes] and a tomato"],
  ["⟦green tom⟧ and tom", "[green tom] and tom"],
  ["**⟦tom⟧**ato", "[tom]ato"],
  ["a ⟦5⟧ of 15", "a [5] of 15"],
  ["@⟦bob⟧ and bob", "@[bob] and bob"],
  ["see ⟦https://example.org/x⟧", "see [https://example.org/x]"],
  ["[tom](https://x.example/⟦tom⟧) or ⟦tom⟧", "tom or [tom]"],
  ["[⟦tom⟧](https://x.example/⟦tom⟧)", "[tom]"],
  ["1. ⟦one⟧\n2. 2", "[one]\n2"],
  ["⟦東京⟧タワー", "[東京]タワー"],
  ["nice ⟦🎉⟧", "nice [🎉]"],
  ["`⟦code⟧` & <⟦b⟧>", "[code] & <[b]>"],
  ["⟦green **tomatoes**⟧", "[green] [tomatoes]"],
]) {
  test(`marks ${written}`, () => {
    assert.equal(marks(...ranged(written)), expected);
  });
}

test("marks nothing that the server has not found, in any text", () => {
  const next = seeded(FIRST);
  const pick = (all) => all[Math.floor(next() * all.length)];
  let found = 0;
  for (let i = 0; i < TEXTS; i++) {
    // The same text with repeated words, and with words that are all different, which reveal the source of a word.
    const pieces = Array.from({ length: 3 + Math.floor(next() * 9) }, () =>
      pick([
        "W",
        "W",
        "[W](https://W.example/W)",
        "**W W**",
        "`W`",
        "\n- W",
        "\n1. W",
        "> W",
        "~~W~~",
        "*W*",
        "https://W.example",
        "W\\_W",
        "&amp; W",
        "@W",
      ]),
    );
    const text = pieces.join(pick([" ", " ", "\n"]));
    const words = [];
    const source = text.replaceAll("W", () => words[words.push(pick(["tom", "red", "a"])) - 1]);
    let count = 0;
    const numbered = text.replaceAll("W", () => `word${count++}x`);
    const visible = (
      drawn(numbered)
        .join("\n")
        .match(/word\d+x/g) ?? []
    ).map((word) => Number(word.slice(4, -1)));
    const wanted = new Set(words.map((_, index) => index).filter(() => next() < 0.4));
    const starts = [...text.matchAll(/W/g)].map(
      ({ index }, k) => index + words.slice(0, k).reduce((sum, word) => sum + word.length - 1, 0),
    );
    const ranges = [...wanted].map((k) => /** @type {[number, number]} */ ([starts[k], starts[k] + words[k].length]));
    const parts = drawn(source);
    const places = placesOf(source, ranges, parts);
    if (places === null) {
      continue;
    }
    const flat = parts.flatMap((part, index) =>
      [...part.matchAll(/(?<![a-z])(?:tom|red|a)(?![a-z])/g)].map((match) => ({ index, start: match.index })),
    );
    assert.equal(flat.length, visible.length, `seed ${FIRST}, ${JSON.stringify(source)}`);
    for (const { part, start } of places) {
      const at = flat.findIndex((word) => word.index === part && word.start === start);
      assert.ok(wanted.has(visible[at]), `seed ${FIRST}, ${JSON.stringify(source)}`);
      found++;
    }
  }
  assert.ok(found > TEXTS, `${found} marks`);
});
