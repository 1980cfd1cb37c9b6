/** The page's grammar of mentions, with the vectors that the server's is tested with. Standard input says where marked is. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { subsetOf } from "../../main/resources/web/view/markdown-subset.js";
import { markMentions, mentioned } from "../../main/resources/web/view/mentions.js";

const { marked } = JSON.parse(readFileSync(0, "utf8"));
const { Marked } = await import(`data:text/javascript;base64,${marked}`);
const vectors = JSON.parse(readFileSync(new URL("../vectors/mentions.json", import.meta.url), "utf8"));

/** A text as the page draws it, with mentions in brackets. */
function drawn(text, users) {
  const mention = { name: "mention", renderer: ({ raw }) => `[${raw}]` };
  return subsetOf(Marked, (tokens) => markMentions(tokens, users)).use({ extensions: [mention] }).parse(text);
}

test("finds who is named as the server does", () => {
  const subset = subsetOf(Marked);
  const wrong = vectors
    .map(({ text, mentions }) => ({ text, mentions, found: mentioned(subset.lexer(text)) }))
    .filter(({ mentions, found }) => mentions.join() !== found.join());
  assert.deepEqual(wrong, []);
  assert.ok(vectors.length > 100);
});

test("marks each mention of these users where it stands, as it was written", () => {
  assert.equal(drawn("**@Bob** and ＠alice, `@bob` @nobody", ["bob", "alice"]).trim(),
    "<p><strong>[@Bob]</strong> and [＠alice], <code>@bob</code> @nobody</p>");
  assert.equal(drawn("- @bob, [@bob](https://x.example) https://x.example/@bob", ["bob"]).match(/\[@bob\]/g).length, 2);
  assert.equal(drawn("| @bob |\n|---|\n| \\@bob @bob |", ["bob"]).match(/\[@bob\]/g).length, 2);
});

test("draws every text as it does without mentions, but for the marks", () => {
  const users = vectors.flatMap(({ mentions }) => mentions);
  const bare = (html) => html.replace(/<\/?mark>/g, "");
  for (const { text } of vectors) {
    const mention = { name: "mention", renderer: ({ raw }) => `<mark>${raw}</mark>` };
    const marked = subsetOf(Marked, (tokens) => markMentions(tokens, users)).use({ extensions: [mention] });
    assert.equal(bare(marked.parse(text)), subsetOf(Marked).parse(text));
  }
});
