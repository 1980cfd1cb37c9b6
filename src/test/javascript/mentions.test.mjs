/**
 * Mentions in the page: with the test vectors of the server's grammar, and with random texts of RandomMarkdown.java.
 * Standard input has marked, and the random texts with the mentions found by the server.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { reading } from "../../main/resources/web/view/markdown-reading.js";
import { subsetOf } from "../../main/resources/web/view/markdown-subset.js";
import { markMentions } from "../../main/resources/web/view/mentions.js";

const { marked, texts } = JSON.parse(readFileSync(0, "utf8"));
const { Marked } = await import(`data:text/javascript;base64,${marked}`);
const vectors = JSON.parse(readFileSync(new URL("../vectors/mentions.json", import.meta.url), "utf8"));
const subset = subsetOf(Marked);

/**
 * Limits for the random texts, which are odd: the share of mentions that the page does not draw, and of names that it
 * reads differently.
 */
const UNSEEN = 0.01;
const READ_OTHERWISE = 0.06;

const MARK = /<span class="mention( mine)?">([^<]*)<\/span>/g;
const folded = (name) => name.normalize("NFKC").toLowerCase().slice(1);

/** A text as drawn by the page, with mentions in brackets. */
const drawn = (text, users) => markMentions(subset.parse(text), users, "").replace(MARK, "[$2]").trim();

/** Users that the page marks, each once. */
function marks(text, users) {
  return [...new Set([...markMentions(subset.parse(text), users, "").matchAll(MARK)].map(([, , name]) => folded(name)))];
}

/** Names that the page reads in prose: it does not mark them in the code that follows. */
function read(html, names) {
  const drawn = markMentions(html + names.map((name) => `<code>@${name}</code>`).join(""), names, "");
  return names.filter((name) => !drawn.includes(`<code><span class="mention">@${name}</span></code>`));
}

const NAME = /@(?![a-z0-9._-]*xn--)([a-z0-9][a-z0-9_]{1,31}(?:[.-][a-z0-9_]+)*)(?![a-z0-9])/gi;

/** Possible names in a text, and those found by the server. */
const names = ({ text, mentions }) => new Set([...mentions, ...[...text.matchAll(NAME)].map(([, name]) => name.toLowerCase())]);

/** Names that only one of page and server reads as prose. */
function disagreements(vector) {
  const all = [...names(vector)];
  const seen = read(subset.parse(vector.text), all);
  return all
    .filter((name) => seen.includes(name) !== vector.mentions.includes(name))
    .map((name) => ({ text: vector.text, name }));
}

test("reads each vector as the server does", () => {
  assert.deepEqual(vectors.flatMap(disagreements), []);
  assert.ok(vectors.length > 170);
});

test("marks exactly the users that the server lists as mentioned", () => {
  let mentioned = 0;
  let unseen = 0;
  for (const { text, mentions } of [...vectors, ...texts]) {
    const marked = marks(text, mentions);
    assert.deepEqual(
      marked.filter((user) => !mentions.includes(user)),
      [],
      text,
    );
    const shown = subset.parse(text).replace(/<[^>]*>/g, "\n");
    const missing = mentions.filter((user) => !marked.includes(user));
    assert.deepEqual(
      missing.filter((user) => new RegExp(`(?<![\\w@])@${user}(?![\\w@])`).test(shown)),
      [],
      text,
    );
    mentioned += mentions.length;
    unseen += missing.length;
  }
  console.log(`${unseen} of ${mentioned} mentions cannot be seen`);
  assert.ok(mentioned > 10_000 && unseen <= UNSEEN * mentioned, `${unseen}`);
});

test("reads random texts as the server does, but for a known rest", () => {
  const all = texts.reduce((sum, vector) => sum + names(vector).size, 0);
  const differing = texts.flatMap(disagreements).length;
  console.log(`${differing} of ${all} names are read in another way`);
  assert.ok(differing <= READ_OTHERWISE * all, `${differing}`);
});

test("marks each mention of these users where it stands, as it was written", () => {
  assert.equal(
    drawn("**@Bob** and ＠alice, `@bob` @nobody", ["bob", "alice"]),
    "<p><strong>[@Bob]</strong> and [＠alice], <code>@bob</code> @nobody</p>",
  );
  assert.equal(drawn("- @bob, [@bob](https://x.example) https://x.example/@bob", ["bob"]).match(/\[@bob\]/g)?.length, 2);
  assert.equal(drawn("| @bob |\n|---|\n| \\@bob @bob |", ["bob"]).match(/\[@bob\]/g)?.length, 2);
  assert.equal(drawn("![@bob](x) <@bob>", ["bob"]), '<p><span class="image">![@bob](x)</span> &lt;[@bob]&gt;</p>');
  assert.match(drawn("![@bob](https://x.example) @bob", ["bob"]), /<a [^>]*>\S+ @bob<\/a><\/span> \[@bob\]/);
  assert.match(
    markMentions(subset.parse("@bob @alice"), ["bob", "alice"], "bob"),
    /<span class="mention mine">@bob<\/span> <span class="mention">@alice<\/span>/,
  );
});

test("marks a mention that only code or an address shows there", () => {
  assert.equal(drawn("`@bob`", ["bob"]), "<p><code>[@bob]</code></p>");
  assert.match(
    drawn("https://x.example/@bob", ["bob"]),
    /<a href="https:\/\/x.example\/@bob">https:\/\/x.example\/\[@bob\]<\/a>/,
  );
  assert.equal(drawn("\\@bob", ["bob"]), "<p>&#64;bob</p>");
});

test("prepares and marks 8 KiB of anything in a bounded time", () => {
  for (const part of [
    "- + ",
    "- ",
    "1. ",
    "\t",
    "> ",
    ">",
    "|",
    "|\n",
    "-",
    "a\n|",
    "```\n",
    "- ```\n",
    "-\t~~~\n\t",
    "@bob ",
    "@bob<b>",
    "a.",
    "`",
  ]) {
    const text = part.repeat(8192 / part.length);
    const html = text.replaceAll("\n", "<br>");
    const begin = process.cpuUsage();
    reading.hooks.preprocess(text);
    markMentions(html, ["bob", "alice"], "bob");
    const { user, system } = process.cpuUsage(begin);
    assert.ok(user + system < 300_000, `${JSON.stringify(part)} ${user + system} us`);
  }
  for (const part of ["|", "-", "a|\n", "-|\n", "a\n|-\n"]) {
    const begin = process.cpuUsage();
    subset.parse(`a\n${part.repeat(8192 / part.length)}`);
    const { user, system } = process.cpuUsage(begin);
    assert.ok(user + system < 1_000_000, `${JSON.stringify(part)} ${user + system} us`);
  }
});

test("draws every text as it does without mentions, but for the marks", () => {
  const users = vectors.flatMap(({ mentions }) => mentions);
  for (const { text, mentions } of [...vectors, ...texts]) {
    const html = subset.parse(text);
    assert.equal(markMentions(html, [...users, ...mentions], "").replace(MARK, "$2"), html);
  }
});
