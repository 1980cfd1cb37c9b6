/** Emoji by names, in the picker's grid, and drawn large. Standard input has the list's module, in Base64, and the server's names. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { EmojiChoices } from "../../main/resources/web/model/emoji-choices.js";
import { EmojiLayout } from "../../main/resources/web/model/emoji-layout.js";
import { EmojiList, inTone, TONES } from "../../main/resources/web/model/emoji-list.js";
import { memoryStorage } from "../../main/resources/web/parlance-client/storage.js";
import { completionAt } from "../../main/resources/web/view/completion.js";
import { isEmojiOnly } from "../../main/resources/web/view/emoji-only.js";

const { data, names } = JSON.parse(readFileSync(0, "utf8"));
const list = new EmojiList((await import(`data:text/javascript;base64,${data}`)).default);
const all = list.groups.flatMap((group) => group.emoji);
const known = (emoji) => /** @type {import("../../main/resources/web/model/emoji-list.js").Emoji} */ (list.of(emoji));
const pictures = (found, count) => found.slice(0, count).map(({ emoji }) => emoji);

test("resolves names like the server", () => {
  assert.ok(Object.keys(names).length > 15_000);
  const differing = Object.entries(names).filter(([name, emoji]) => (list.find(name) ?? "") !== emoji);
  assert.deepEqual(differing, []);
});

test("has the groups of Unicode, with flags, families and keycaps", () => {
  assert.deepEqual(
    list.groups.map(({ title }) => title),
    [
      "Smileys & Emotion",
      "People & Body",
      "Animals & Nature",
      "Food & Drink",
      "Travel & Places",
      "Activities",
      "Objects",
      "Symbols",
      "Flags",
    ],
  );
  assert.equal(list.groups.at(-1)?.emoji.length, 270);
  ["🇩🇪", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "🏳️‍🌈", "👨‍👩‍👧‍👦", "🧑‍🧑‍🧒", "👩‍🚀", "#️⃣", "❤️‍🔥"].forEach((emoji) => assert.equal(list.of(emoji)?.emoji, emoji));
});

test("finds the exact name first, then prefixes, then names that contain the text", () => {
  assert.deepEqual(pictures(list.search("heart"), 1), ["❤️"]);
  assert.deepEqual(pictures(list.search(":Thumbs-Up:"), 1), ["👍"]);
  assert.deepEqual(pictures(list.search("+1"), 1), ["👍"]);
  assert.deepEqual(pictures(list.search("-1"), 1), ["👎"]);
  assert.deepEqual(pictures(list.search("x"), 1), ["❌"]);
  assert.deepEqual(pictures(list.search("rock"), 2), ["🪨", "🚀"]);
  assert.deepEqual(pictures(list.search("rocke"), 1), ["🚀"]);
  const cats = list.search("cat");
  assert.equal(cats[0].emoji, "🐱");
  const rank = ({ names: own }) => (own.includes("cat") ? 0 : own.some((name) => name.startsWith("cat")) ? 1 : 2);
  assert.deepEqual(cats.map(rank), cats.map(rank).toSorted());
});

test("finds by keywords and by several words, and a pasted emoji in any skin tone", () => {
  assert.ok(pictures(list.search("party"), 8).includes("🎉"));
  assert.ok(pictures(list.search("germany")).includes("🇩🇪"));
  assert.equal(list.search("hand wav")[0].emoji, "👋");
  assert.equal(list.search("👍🏽")[0].emoji, "👍");
  assert.deepEqual(list.search("no such emoji"), []);
  assert.deepEqual(list.search("  "), []);
});

test("offers nothing for emoticons", () => {
  ["-d", "-p", "-)", "-/"].forEach((typed) => assert.deepEqual(pictures(list.search(typed), 3), [], typed));
});

test("puts recent emoji first among equals only", () => {
  assert.deepEqual(pictures(list.search("smile", ["😸"]), 1), ["😄"]);
  const faces = pictures(list.search("grin"), 5);
  assert.notEqual(faces[0], "😸");
  assert.equal(
    pictures(list.search("heart", ["💘"]), 2)[1],
    pictures(list.search("heart", ["💘"])).find((emoji) => emoji !== "❤️"),
  );
});

test("draws each emoji with skin tones in each, and no other", () => {
  assert.equal(inTone(known("👍"), 3), "👍🏽");
  assert.equal(inTone(known("🧑‍🤝‍🧑"), 5), "🧑🏿‍🤝‍🧑🏿");
  assert.equal(inTone(known("🕵️‍♀️"), 1), "🕵🏻‍♀️");
  assert.equal(inTone(known("👍"), 0), "👍");
  assert.equal(inTone(known("👨‍👩‍👧"), 3), "👨‍👩‍👧");
  assert.equal(list.find("wave", 4), "👋🏾");
  assert.equal(list.find("wave_tone1", 4), "👋🏻");
});

test("remembers recent emoji and the skin tone of each user, whatever is stored", () => {
  const storage = memoryStorage();
  const alice = new EmojiChoices(storage, "alice");
  ["👍", "🎉", "👍"].forEach((emoji) => alice.picked(emoji));
  alice.tone = 3;
  const inAnotherTab = new EmojiChoices(storage, "alice");
  assert.deepEqual([inAnotherTab.recent, inAnotherTab.tone], [["👍", "🎉"], 3]);
  assert.deepEqual([new EmojiChoices(storage, "bob").recent, new EmojiChoices(storage, "bob").tone], [[], 0]);
  pictures(all, 100).forEach((emoji) => alice.picked(emoji));
  assert.equal(alice.recent.length, 27);
  assert.equal(alice.tone, 3);
  for (const odd of ["", "no JSON", "null", "7", '{"recent":7,"tone":9}', '{"recent":[null,{}],"tone":-1}', '{"tone":"map"}']) {
    storage.setItem("parlance.emoji.alice", odd);
    assert.deepEqual([alice.recent, alice.tone], [[], 0], odd);
  }
  assert.equal(TONES.length, 6);
});

test("completes a name after a colon, not within words, times, addresses and code", () => {
  const at = (text) => completionAt(text, text.length);
  assert.deepEqual(at(":"), { sign: ":", prefix: "", start: 0, closed: false });
  assert.deepEqual(at("well (:+1"), { sign: ":", prefix: "+1", start: 6, closed: false });
  assert.deepEqual(at("a :Thumbs_Up:"), { sign: ":", prefix: "Thumbs_Up:", start: 2, closed: true });
  assert.deepEqual(at("a :wave::skin-tone-3:"), { sign: ":", prefix: "wave::skin-tone-3:", start: 2, closed: true });
  assert.deepEqual(at("好的:smile"), { sign: ":", prefix: "smile", start: 2, closed: false });
  assert.deepEqual(at("`a` :sm"), { sign: ":", prefix: "sm", start: 4, closed: false });
  assert.deepEqual(at("```\na\n```\n:sm"), { sign: ":", prefix: "sm", start: 10, closed: false });
  for (const none of [
    "10:30",
    "https:",
    "http://a:sm",
    "a::sm",
    "\\:smile:",
    "`:sm",
    "``a ` :sm",
    "```\n:sm",
    "~~~\n```\n:sm",
    ":a b",
    "::",
  ]) {
    assert.equal(at(none), null, none);
  }
});

test("draws a few emoji and nothing else large, whatever they are made of", () => {
  const small = all.flatMap((emoji) => TONES.map((_, tone) => inTone(emoji, tone))).filter((emoji) => !isEmojiOnly(emoji));
  assert.deepEqual(small, []);
  for (const large of ["👍 🎉\n❤️", "👨‍👩‍👧‍👦🇩🇪👍🏽", "❤", "🏳‍🌈", "1⃣", "👍".repeat(24), "👩🏻‍🤝‍👩🏿"]) {
    assert.ok(isEmojiOnly(large), large);
  }
  for (const text of [
    "",
    " ",
    "a",
    "1",
    "12",
    "#",
    "©",
    "™",
    "❤︎",
    "👍a",
    "a👍",
    "👍.",
    "🇩",
    ":+1:",
    "👍".repeat(25),
    "👍".repeat(9000),
    "‍",
    "👩‍",
  ]) {
    assert.ok(!isEmojiOnly(text), text.slice(0, 20));
  }
});

/** Groups of that many cells each, named by group and number. @returns {any} with names for emoji */
const groupsOf = (...sizes) =>
  sizes.map((size, group) => ({ title: `group ${group}`, emoji: Array.from({ length: size }, (_, at) => `${group}.${at}`) }));

test("moves through the cells of the grid by keys", () => {
  const layout = new EmojiLayout(groupsOf(5, 1, 0, 4), 3, 36);
  const to = (from, ...keys) => layout.at(keys.reduce((place, key) => place && layout.moved(place, key, 2), from)) ?? null;
  const first = layout.first();
  assert.equal(layout.at(first), "0.0");
  assert.equal(to(first, "ArrowRight"), "0.1");
  assert.equal(to(first, "End", "ArrowRight"), "0.3");
  assert.equal(to(first, "ArrowDown", "ArrowLeft"), "0.2");
  assert.equal(to(first, "End", "ArrowDown"), "0.4");
  assert.equal(to(first, "End", "ArrowDown", "ArrowDown"), "1.0");
  assert.equal(to(first, "ArrowDown", "ArrowDown", "ArrowDown"), "3.0");
  assert.equal(to(first, "Control+End"), "3.3");
  assert.equal(to(first, "Control+End", "Home", "ArrowUp"), "3.0");
  assert.equal(to(first, "PageDown"), "1.0");
  assert.equal(to(first, "PageDown", "PageDown", "PageDown"), "3.3");
  assert.equal(to(first, "PageDown", "PageUp"), "0.0");
  assert.equal(to(layout.last, "Control+Home"), "0.0");
  ["ArrowUp", "ArrowLeft", "a"].forEach((key) => assert.equal(to(first, key), null));
  ["ArrowDown", "ArrowRight"].forEach((key) => assert.equal(to(layout.last, key), null));
});

test("knows which lines are where", () => {
  const layout = new EmojiLayout(groupsOf(5, 1), 3, 36);
  assert.equal(layout.height, 30 + 36 + 36 + 30 + 36);
  assert.equal(layout.lineAt(-100), 0);
  assert.equal(layout.lineAt(29), 0);
  assert.equal(layout.lineAt(30), 1);
  assert.equal(layout.lineAt(10_000), 4);
  assert.equal(layout.headingOf(1), 3);
  assert.equal(new EmojiLayout([], 3, 36).first(), null);
  assert.equal(new EmojiLayout([], 3, 36).lineAt(0), -1);
});

test("searches all emoji within a frame", () => {
  const started = process.cpuUsage();
  const typed = ["s", "sm", "smi", "smil", "smile", "fl", "fla", "flag", "flag g", "zz"];
  typed.forEach((each) => list.search(each));
  const { user, system } = process.cpuUsage(started);
  assert.ok((user + system) / 1000 / typed.length < 50);
});
