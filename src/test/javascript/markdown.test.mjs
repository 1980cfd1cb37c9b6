/** Markdown of the page. Standard input has marked, in Base64, and the text of CommonMark's specification. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { BOUNDS } from "../../main/resources/web/view/markdown-bounds.js";
import { withNote } from "../../main/resources/web/view/markdown-note.js";
import { subsetOf } from "../../main/resources/web/view/markdown-subset.js";
import { hostileTexts } from "./hostile-texts.js";

const { marked, specification } = JSON.parse(readFileSync(0, "utf8"));
const { Marked } = await import(`data:text/javascript;base64,${marked}`);
const subset = subsetOf(Marked);

/** The server's limit of a text, in bytes. */
const LONGEST = 8192;
/**
 * CPU time of a text: within the limits the slowest one needs some 40 ms; without them it overflows the stack, or takes
 * more than ten seconds.
 */
const MAX_CPU_MS = 250;

function cpuMs(action) {
  const before = process.cpuUsage();
  action();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** A text drawn without the limits. */
function drawnWithoutBounds(text) {
  const kept = { ...BOUNDS };
  Object.keys(BOUNDS).forEach((bound) => (BOUNDS[bound] = Infinity));
  try {
    return subset.parse(text);
  } finally {
    Object.assign(BOUNDS, kept);
  }
}

/** Visible characters, without those of markup. */
const letters = (text) =>
  text
    .replace(/<[^>]*>/g, "")
    .replace(/&[a-z0-9#]+;/g, "")
    .replace(/[^\p{L}]/gu, "");

test("reads hostile texts of any length that the server takes in bounded time", () => {
  const texts = hostileTexts(LONGEST);
  assert.ok(texts.length > 140);
  for (const [name, text] of texts) {
    // The better of two, because the first one may be the first use of some code.
    const spentMs = Math.min(...[1, 2].map(() => cpuMs(() => subset.parse(text))));
    assert.ok(spentMs < MAX_CPU_MS, `${name}: ${spentMs} ms`);
  }
});

test("shows text beyond a limit as typed", () => {
  const rows = [
    [">".repeat(2050), ">".repeat(2050 - BOUNDS.depth).replaceAll(">", "&gt;")],
    ["**a**\n\n" + "[a](".repeat(2000), "<strong>a</strong>"],
    ["**a**\n\n" + "[a](".repeat(2000), "[a](".repeat(2000)],
    ["*a".repeat(BOUNDS.signs + 1) + "\nnext", "<br>next"],
    ["x".repeat(BOUNDS.length + 1) + " **a**", "**a**"],
    [`${"|a".repeat(40)}\n${"|-".repeat(40)}\n`, "|a|a"],
    ["> ".repeat(3) + "`a`", "<code>a</code>"],
  ];
  for (const [text, drawn] of rows) {
    assert.ok(subset.parse(text).includes(drawn), `${text.slice(0, 40)}: ${subset.parse(text).slice(0, 200)}`);
  }
});

test("loses no letter of a text that is beyond the bounds", () => {
  const texts = [
    ">".repeat(4000) + "\na".repeat(2000),
    "- ".repeat(2000) + "end",
    "漢字 *a* ".repeat(1000),
    "|a".repeat(2000) + "\n" + "|-".repeat(2000) + "\n|b",
  ];
  for (const text of texts) {
    assert.equal(letters(subset.parse(text)), letters(text));
  }
});

test("draws each example of CommonMark's specification as it does without bounds", () => {
  const examples = [...specification.matchAll(/^`{32} example\n([^]*?)^\.\n[^]*?^`{32}$/gm)].map(([, text]) =>
    text.replaceAll("→", "\t"),
  );
  assert.ok(examples.length > 600);
  for (const text of examples) {
    assert.equal(subset.parse(text), drawnWithoutBounds(text));
  }
  for (let start = 0; start < specification.length; start += LONGEST) {
    const text = specification.slice(start, start + LONGEST);
    assert.equal(subset.parse(text), drawnWithoutBounds(text));
  }
});

test("keeps the meaning of lists and tables", () => {
  const rows = [
    ["3. c\n4. d", '<ol start="3"><li>c</li><li>d</li></ol>'],
    ["0. zero", '<ol start="0"><li>zero</li></ol>'],
    ["1986. A good year", '<ol start="1986" class="digits-4"><li>A good year</li></ol>'],
    ["99. a\n100. b", '<ol start="99" class="digits-3"><li>a</li><li>b</li></ol>'],
    ["7) seven", '<ol start="7"><li>seven</li></ol>'],
    ["- [ ] a\n- [x] b\n- c", `<ul>${task("To do", "", "a")}${task("Done", " checked", "b")}<li>c</li></ul>`],
    ["1. [X] a", `<ol>${task("Done", " checked", "a")}</ol>`],
    ["a [ ] b", "<p>a [ ] b</p>"],
    [
      "|a|b|c|\n|:-|:-:|-:|\n|1|2|3|",
      `<table><thead>${row("th", "a", "b", "c")}</thead><tbody>${row("td", "1", "2", "3")}</tbody></table>`,
    ],
  ];
  for (const [text, drawn] of rows) {
    assert.equal(subset.parse(text).replaceAll("\n", ""), drawn);
  }
});

test("draws images as links with a sign, and code in a frame with its language", () => {
  const sign = "\u{1f5bc}\ufe0f";
  const picture = (href, text) => `<span class="image"><a href="${href}">${sign} ${text}</a></span>`;
  const rows = [
    ["![a **ripe** <b>](https://x.example/a.png)", `<p>${picture("https://x.example/a.png", "a ripe &lt;b&gt;")}</p>`],
    [
      '![](https://x.example/?a=1&b=2 "title")',
      `<p>${picture("https://x.example/?a=1&amp;b=2", "https://x.example/?a=1&amp;b=2")}</p>`,
    ],
    [
      "[![alt](https://x.example/i)](https://y.example) b",
      `<p><a href="https://y.example"><span class="image">${sign} alt</span></a> b</p>`,
    ],
    ["![one\ntwo](https://x.example)", `<p>${picture("https://x.example", "one two")}</p>`],
    ["![x](javascript:alert(1))", '<p><span class="image">![x](javascript:alert(1))</span></p>'],
    ["![x](a.png)", '<p><span class="image">![x](a.png)</span></p>'],
    ["```js title\nlet a = '<';\n```", `<div class="code"><pre><code class="language-js">let a = '&lt;';</code></pre></div>`],
    ['~~~a"b<c\nx', '<div class="code"><pre><code class="language-a&quot;b&lt;c">x</code></pre></div>'],
    ["```\nx\n```", '<div class="code"><pre><code>x</code></pre></div>'],
  ];
  for (const [text, drawn] of rows) {
    assert.equal(subset.parse(text).replaceAll("\n", ""), drawn);
  }
});

test("puts a note into the last line where a text has one", () => {
  const sign = '<span class="edited">edited</span>';
  const rows = [
    ["a\nb", `<p>a<br>b ${sign}</p>`],
    ["a\n\n- b\n- c", `<p>a</p><ul><li>b</li><li>c ${sign}</li></ul>`],
    ["1. a\n\n   b", `<ol><li><p>a</p><p>b ${sign}</p></li></ol>`],
    ["> a", `<blockquote><p>a ${sign}</p></blockquote>`],
    ["```\na\n```", `<div class="code"><pre><code>a</code></pre></div><p class="note">${sign}</p>`],
    ["a\n\n---", `<p>a</p><hr><p class="note">${sign}</p>`],
  ];
  for (const [text, drawn] of rows) {
    assert.equal(withNote(subset.parse(text), "edited").replaceAll("\n", ""), drawn);
    assert.equal(withNote(subset.parse(text), ""), subset.parse(text));
  }
});

const task = (label, checked, text) =>
  `<li class="task"><input type="checkbox" disabled${checked} aria-label="${label}"> ${text}</li>`;
const row = (tag, ...cells) =>
  `<tr>${cells.map((cell, column) => `<${tag} align="${["left", "center", "right"][column]}">${cell}</${tag}>`).join("")}</tr>`;
