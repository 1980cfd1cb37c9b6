/** Texts in the composer: what Enter does, formats, commands and lengths, without a browser. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { openFence } from "../../main/resources/web/model/fences.js";
import { asTyped, mayBeKept, passwordLine, readSlash } from "../../main/resources/web/model/slash.js";
import {
  continuation,
  link,
  toggleCode,
  toggleCodeBlock,
  toggleList,
  toggleMark,
  toggleQuote,
} from "../../main/resources/web/model/text-edits.js";
import { lengthOf, withoutBlankEnds } from "../../main/resources/web/model/text-limit.js";

/** A text with its selection between [ and ], or its caret at |. */
function read(marked) {
  const start = marked.search(/[[|]/);
  const value = marked.replace(/[[\]|]/g, "");
  return { value, start, end: marked.includes("]") ? marked.indexOf("]") - 1 : start };
}

/** Result of an edit of a marked text, marked too. */
function edited(marked, edit, ...more) {
  const { value, start, end } = read(marked);
  const { from, to, text, select } = edit(value, start, end, ...more);
  const after = value.slice(0, from) + text + value.slice(to);
  const [one, other] = select;
  return one === other
    ? `${after.slice(0, one)}|${after.slice(one)}`
    : `${after.slice(0, one)}[${after.slice(one, other)}]${after.slice(other)}`;
}

test("knows whether a fence is open at the caret", () => {
  const open = [
    "```",
    "```js",
    "text\n```\ncode",
    "~~~\n```",
    "````\n```",
    "> ```\n> code",
    "- ```\n  code",
    "1. ~~~",
    "```\na\n```\n\n```\nb",
    "  ```",
  ];
  const closed = [
    "",
    "text",
    "``",
    "```\ncode\n```",
    "```\ncode\n````",
    "```code```",
    "```a`b",
    "~~~\ncode\n~~~ ",
    "> ```\n> ```",
    "a ``` b",
  ];
  open.forEach((text) => assert.notEqual(openFence(text), null, text));
  closed.forEach((text) => assert.equal(openFence(text), null, text));
});

test("puts marks around words, and takes them away again", () => {
  const pairs = [
    ["a [word] b", "a **[word]** b", "**"],
    ["a [word] b", "a *[word]* b", "*"],
    ["**[word]**", "***[word]***", "*"],
    ["*[word]*", "***[word]***", "**"],
    ["[two words]", "~~[two words]~~", "~~"],
    ["|", "**|**", "**"],
    ["a |b", "a *|*b", "*"],
  ];
  for (const [plain, marked, mark] of pairs) {
    assert.equal(edited(plain, toggleMark, mark), marked);
    assert.equal(edited(marked, toggleMark, mark), plain);
  }
  assert.equal(edited("[ a ]b", toggleMark, "**"), " **[a]** b");
  assert.equal(edited("[**word**]", toggleMark, "**"), "[word]");
  assert.equal(edited("[**word**]", toggleMark, "*"), "*[**word**]*");
  assert.equal(edited("[one\n\n- two\n> three]", toggleMark, "**"), "[**one**\n\n- **two**\n> **three**]");
  assert.equal(edited("[**one**\n- **two**]", toggleMark, "**"), "[one\n- two]");
});

test("makes code of a line, and a block of several", () => {
  assert.equal(edited("a [b] c", toggleCode), "a `[b]` c");
  assert.equal(edited("a `[b]` c", toggleCode), "a [b] c");
  assert.equal(edited("[a`b]", toggleCode), "`` [a`b] ``");
  assert.equal(edited("x [a\n  b] y", toggleCode), "x \n```\n[a\n  b]\n```\n y");
  assert.equal(edited("|", toggleCodeBlock), "```\n|\n```");
  assert.equal(edited("```\n|\n```", toggleCodeBlock), "|");
  assert.equal(edited("x\n[a]", toggleCodeBlock), "x\n```\n[a]\n```");
  assert.equal(edited("x\n```js\n[a\nb]\n```\ny", toggleCodeBlock), "x\n[a\nb]\ny");
  assert.equal(edited("[a\n```\nb]", toggleCodeBlock), "````\n[a\n```\nb]\n````");
});

test("makes links, quotes and lists", () => {
  const edits = (value, start, end) => link(value, start, end);
  const at = (value, start, end) => ({ ...edits(value, start, end) });
  assert.deepEqual(at("see here", 4, 8), { from: 4, to: 8, text: "[here](https://)", select: [11, 19] });
  assert.deepEqual(at("https://x.example", 0, 17), { from: 0, to: 17, text: "[](https://x.example)", select: [1, 1] });
  assert.equal(edited("a\n[b\nc]", toggleQuote), "a\n[> b\n> c]");
  assert.equal(edited("[> b\n>c]", toggleQuote), "[b\nc]");
  assert.equal(edited("b|", toggleQuote), "> b|");
  assert.equal(edited("|", toggleList, false), "- |");
  assert.equal(edited("a|", toggleList, true), "1. a|");
  assert.equal(edited("[a\n\nb]", toggleList, true), "[1. a\n\n2. b]");
  assert.equal(edited("[- a\n- b]", toggleList, true), "[1. a\n2. b]");
  assert.equal(edited("[1. a\n2. b]", toggleList, true), "[a\nb]");
  assert.equal(edited("[- a\n  - b]", toggleList, false), "[a\n  b]");
});

test("goes on with a list, a quote or code, and ends after an empty item", () => {
  const go = (marked) => {
    const { value, start } = read(marked);
    const edit = continuation(value, start);
    return edit && edited(marked, () => edit);
  };
  assert.equal(go("- a|"), "- a\n- |");
  assert.equal(go("x\n  * a|\ny"), "x\n  * a\n  * |\ny");
  assert.equal(go("9) a|"), "9) a\n10) |");
  assert.equal(go("- a|b"), "- a\n- |b");
  assert.equal(
    edited("- (x) a|", (value, at) => continuation(value.replace("(x)", "[x]"), at)).replace("(x)", "[x]"),
    "- [x] a\n- [ ] |",
  );
  assert.equal(go("> a|"), "> a\n> |");
  assert.equal(go("> - a|"), "> - a\n> - |");
  assert.equal(go("- a\n- |"), "- a\n|");
  assert.equal(go("> a\n> |"), "> a\n|");
  assert.equal(go("> - |"), "> |");
  assert.equal(go("```\n    a|"), "```\n    a\n    |");
  assert.equal(go("```\n- a|"), null);
  assert.equal(go("a|"), null);
  assert.equal(go("-a|"), null);
  assert.equal(go("|- a"), null);
});

test("takes nothing that begins with one slash for a message", () => {
  const command = (text) => readSlash(text)?.kind === "command";
  [
    "/",
    "/x",
    "/ password a b",
    " \t/password a b",
    "\n\n/password a b",
    "\u200b/password a b",
    "\ufeff/me",
    "／password 旧 新",
    "/etc/hosts",
  ].forEach((text) => assert.ok(command(text), text));
  ["", "a", "a/b", "a /password x", "//etc", "///", "／／x", "http://x"].forEach((text) => assert.ok(!command(text), text));
  assert.deepEqual(readSlash("  //etc/hosts is long"), { kind: "said", text: "  /etc/hosts is long" });
  assert.deepEqual(readSlash("/Topic\u00a0 All that"), {
    kind: "command",
    name: "Topic",
    typed: "\u00a0 All that",
    isWide: false,
  });
  for (const text of ["/etc", "//x", "  /a", "／x", "plain", ""]) {
    const typed = asTyped(text);
    const read = readSlash(typed);
    assert.equal(read?.kind === "said" ? read.text : typed, text);
  }
});

test("keeps no draft that may have a password in it, and finds one in a later line", () => {
  const isHarmless = (name) => name === "me";
  const kept = (text) => mayBeKept(text, isHarmless);
  ["hello", "//password a b", "/me waters", "a\n/me b", "```\n/password a b\n```", "a /password b c", "a\n/password"].forEach(
    (text) => assert.ok(kept(text), text),
  );
  [
    "/password a b",
    "/pasword a b",
    "/Password",
    "/",
    "／login a b",
    "hello\n/password a b",
    "x\n ／LOGIN a b",
    "/me x\n/register a b",
    "```\n```\n/login a b",
  ].forEach((text) => assert.ok(!kept(text), text));
  assert.deepEqual(passwordLine("one\n\n/Login joe secret"), { number: 3, name: "login" });
});

test("counts a text as the server does", () => {
  const limits = { textBytes: 8192, frameBytes: 16384 };
  const left = (text) => lengthOf(text, limits).left;
  assert.equal(left("a".repeat(8192)), 0);
  assert.equal(left("a".repeat(8193)), -1);
  assert.equal(left("é".repeat(4097)), -2);
  assert.equal(left("🍅".repeat(2048)), 0);
  assert.equal(left("中".repeat(2731)), -1);
  assert.ok(left('"'.repeat(8100)) < 0, "a frame of quotation marks is too long before its text is");
  assert.ok(left("\n".repeat(8100)) < 0);
  assert.ok(left("\u0001".repeat(2700)) < 0);
  assert.deepEqual(lengthOf("a".repeat(7000), limits).isNear, false);
  assert.deepEqual(lengthOf("a".repeat(7400), limits), { left: 792, limit: 8192, isNear: true });
  assert.deepEqual(lengthOf("a".repeat(1e6), null), { left: Infinity, limit: Infinity, isNear: false });
  assert.equal(lengthOf("é".repeat(8), { textBytes: 10, frameBytes: 16384 }).left, -6);
});

test("keeps the indentation of sent texts", () => {
  assert.equal(withoutBlankEnds("\n  \n    def f():\n\treturn 1\n\n"), "    def f():\n\treturn 1");
  assert.equal(withoutBlankEnds("a\n\n  b  "), "a\n\n  b");
  assert.equal(withoutBlankEnds(" \n \n"), "");
});
