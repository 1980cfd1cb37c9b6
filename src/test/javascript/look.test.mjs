/** Appearance of messages that needs no screen. Standard input has highlight.js, as a script, in Base64. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { mock, test } from "node:test";
import { CodeColours, LIMITS } from "../../main/resources/web/view/code-colours.js";
import { piecesOf } from "../../main/resources/web/view/code-pieces.js";
import { expectedMentions } from "../../main/resources/web/view/expected-mentions.js";
import { HUES, hueOf, initials } from "../../main/resources/web/view/initials.js";
import { rowsOf } from "../../main/resources/web/view/rows.js";
import { progressOf } from "../../main/resources/web/model/message-state.js";
import { Toasts } from "../../main/resources/web/model/toasts.js";

const { highlight } = JSON.parse(readFileSync(0, "utf8"));
const { default: library } = await import(
  `data:text/javascript;base64,${Buffer.from(`${Buffer.from(highlight, "base64")}\nexport default hljs;`).toString("base64")}`
);

const MIN_CONTRAST = 4.5;
const tokens = readFileSync(new URL("../../main/resources/web/style/tokens.css", import.meta.url), "utf8");

/** The colours of a token, in light and in dark. */
function colours(name) {
  const [, value] = new RegExp(`--${name}: ([^;]+);`).exec(tokens) ?? [];
  assert.ok(value, name);
  const found = value.match(/#[0-9a-f]{6}/g) ?? [];
  return [found[0], found[found.length - 1]];
}

/** Relative luminance of WCAG 2.2. */
function luminance(hex) {
  const [red, green, blue] = [1, 3, 5]
    .map((at) => parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

/** Contrasts in light and in dark. */
const contrasts = (text, ground) => [0, 1].map((mode) => contrast(colours(text)[mode], colours(ground)[mode]));

test("has colours that one can read in light and in dark", () => {
  const pairs = [
    ...Array.from({ length: HUES }, (_, hue) => ["on-person", `person-${hue}`]),
    ...["keyword", "title", "type", "value", "string", "comment", "added", "removed"].map((kind) => [`code-${kind}`, "sunken"]),
    ["own", "own-soft"],
    ["soft", "hover"],
    ["soft", "mark"],
  ];
  for (const [text, ground] of pairs) {
    assert.ok(Math.min(...contrasts(text, ground)) >= MIN_CONTRAST, `${text} on ${ground}: ${contrasts(text, ground)}`);
  }
  assert.throws(() => colours(`person-${HUES}`));
  for (const mode of [0, 1]) {
    assert.equal(new Set(Array.from({ length: HUES }, (_, hue) => colours(`person-${hue}`)[mode])).size, HUES);
    assert.notEqual(colours("own")[mode], colours("accent")[mode]);
  }
});

test("gives a person one or two initials and always the same hue", () => {
  const rows = [
    ["Alice", "AL"],
    ["Alice Baker", "AB"],
    ["alice van den berg", "AB"],
    ["Alice (@alice2)", "AL"],
    ["bob.two-three", "BT"],
    ["élodie", "ÉL"],
    ["e\u0301lodie", "E\u0301L"],
    ["x", "X"],
    ["guest 7", "G7"],
    ["7 of nine", "7"],
    ["王小明", "王"],
    ["علي رضا", "ع"],
    ["👩‍🔬 Alice", "👩‍🔬"],
    ["Alice 🌱", "A"],
    ["...", "."],
    ["", ""],
  ];
  for (const [name, shown] of rows) {
    assert.equal(initials(name), shown, name);
  }
  assert.equal(hueOf("alice"), hueOf("alice"));
  const used = new Set(Array.from({ length: 500 }, (_, i) => hueOf(`user-${i}`)));
  assert.equal(used.size, HUES);
});

test("finds the kinds of words in code, and loses nothing of it", () => {
  const kinds = (code, language) =>
    Object.fromEntries((piecesOf(library, code, language) ?? []).filter(([, kind]) => kind).map(([text, kind]) => [text, kind]));
  assert.deepEqual(kinds("const a = 1; // x\nf('b')", "js"), {
    const: "keyword",
    1: "value",
    "// x": "comment",
    f: "title",
    "'b'": "string",
  });
  assert.deepEqual(kinds("-a\n+b", "diff"), { "-a": "removed", "+b": "added" });
  assert.deepEqual(kinds("<style>a{color:red}</style>", "HTML"), { style: "keyword", a: "keyword", color: "type" });
  assert.equal(piecesOf(library, "a", "no-language"), null);
  assert.equal(piecesOf(library, "1 ".repeat(4_500), "js"), null);
  const code = readFileSync(new URL(import.meta.url), "utf8");
  for (const language of library.listLanguages()) {
    assert.equal(
      (piecesOf(library, code.slice(0, 4000), language) ?? []).map(([text]) => text).join(""),
      code.slice(0, 4000),
      language,
    );
  }
});

/** A worker whose script is played by the test. */
class ScriptedWorker {
  static started = [];
  asked = [];
  ended = false;
  /** @type {(message: {data: unknown}) => void} */
  onmessage = () => {};

  constructor() {
    ScriptedWorker.started.push(this);
  }

  postMessage(message) {
    this.asked.push(message.code);
  }

  say(data) {
    this.onmessage({ data });
  }

  terminate() {
    this.ended = true;
  }
}

const started = () => ScriptedWorker.started.splice(0);

test("asks the worker for one code block after the other, and each once", async () => {
  const colours = new CodeColours(() => /** @type {any} all that is used of a worker */ (new ScriptedWorker()));
  const found = [colours.pieces("a", "js"), colours.pieces("b", "js")];
  const [worker] = started();
  assert.deepEqual(worker.asked, []);
  worker.say("ready");
  assert.deepEqual(worker.asked, ["a"]);
  worker.say([["a", null]]);
  worker.say(null);
  assert.deepEqual(await Promise.all(found), [[["a", null]], null]);
  assert.deepEqual(await colours.pieces("a", "js"), [["a", null]]);
  assert.deepEqual(worker.asked, ["a", "b"]);
  assert.equal(colours.known("b", "js"), null);
  assert.equal(colours.known("b", "sh"), undefined);
});

test("leaves code as it is that takes too long, is too long, or has too much before it", async () => {
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  try {
    const colours = new CodeColours(() => /** @type {any} all that is used of a worker */ (new ScriptedWorker()));
    const slow = colours.pieces("slow", "js");
    const next = colours.pieces("next", "js");
    const [first] = started();
    first.say("ready");
    mock.timers.tick(LIMITS.blockMs);
    assert.equal(await slow, null);
    assert.equal(first.ended, true);
    const [second] = started();
    second.say("ready");
    second.say([["next", null]]);
    assert.deepEqual(await next, [["next", null]]);
    assert.deepEqual(await colours.pieces("slow", "js"), null);
    assert.deepEqual(second.asked, ["next"]);
    assert.equal(await colours.pieces("x".repeat(LIMITS.length + 1), "js"), null);
    const many = Array.from({ length: LIMITS.waiting + 2 }, (_, i) => colours.pieces(`${i}`, "js"));
    assert.equal(await many.at(-1), null);
  } finally {
    mock.timers.reset();
  }
});

test("tries a worker again that could not be loaded, after a while", async () => {
  mock.timers.enable({ apis: ["setTimeout", "Date"], now: 1 });
  try {
    const colours = new CodeColours(() => /** @type {any} all that is used of a worker */ (new ScriptedWorker()));
    const lost = [colours.pieces("a", "js"), colours.pieces("b", "js")];
    started()[0].onerror();
    assert.deepEqual(await Promise.all(lost), [null, null]);
    assert.equal(await colours.pieces("a", "js"), null);
    assert.deepEqual(started(), []);
    mock.timers.tick(LIMITS.retryMs);
    const again = colours.pieces("a", "js");
    const [worker] = started();
    worker.say("ready");
    worker.say([["a", null]]);
    assert.deepEqual(await again, [["a", null]]);
    mock.timers.tick(LIMITS.loadMs);
    assert.equal(worker.ended, false);
    const refused = new CodeColours(() => {
      throw new Error("no workers here");
    });
    assert.equal(await refused.pieces("a", "js"), null);
  } finally {
    mock.timers.reset();
  }
});

test("expects the mentions of members before the server has found them", () => {
  const members = new Set(["bob", "bob_2", "a.b"]);
  const expected = (text) => expectedMentions(text, (user) => members.has(user));
  assert.deepEqual(expected("@Bob, @bob. @nobody @a.b... @bob_2!"), ["bob", "a.b", "bob_2"]);
  assert.deepEqual(expected("no name @ all"), []);
  assert.equal(expectedMentions(Array.from({ length: 99 }, (_, i) => `@u${i}`).join(" "), () => true).length, 50);
});

test("shows the time of a message that follows another when it is another minute", () => {
  const said = (seq, at, sender = "bob") => ({ seq, id: `m${seq}`, kind: "message", sender, at: `2026-01-05T10:${at}Z` });
  const items = [said(1, "00:10"), said(2, "00:50"), said(3, "01:00"), said(4, "01:30", "alice"), said(5, "07:00", "alice")];
  const rows = rowsOf(/** @type {any} what is read of a message */ (items), [], "bob", null).flatMap((row) =>
    row.type === "message" ? [row] : [],
  );
  assert.deepEqual(
    rows.map(({ follows, quiet }) => [follows, quiet]),
    [
      [false, false],
      [true, true],
      [true, false],
      [false, false],
      [false, false],
    ],
  );
});

test("shows what a message or its change waits for", () => {
  assert.equal(progressOf({ state: "waiting" }, []), "waiting");
  assert.equal(progressOf({ state: "sending" }, []), "sending");
  for (const state of ["sent", "failed", undefined]) {
    assert.equal(progressOf({ state }, []), null);
  }
  assert.equal(progressOf({}, [{ type: "react" }]), null);
  assert.equal(progressOf({}, [{ type: "edit" }, { type: "react" }]), "edit");
});

test("shows few toasts, each for its time, and while the user reads them", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  try {
    const toasts = new Toasts();
    const texts = () => toasts.shown.map(({ text }) => text);
    ["a", "b", "a", "c", "d", "e"].forEach((text) => toasts.info(text));
    assert.deepEqual(texts(), ["a", "c", "d", "e"]);
    toasts.error("wrong");
    mock.timers.tick(6_000);
    assert.deepEqual(texts(), ["wrong"]);
    toasts.hold();
    mock.timers.tick(60_000);
    assert.deepEqual(texts(), ["wrong"]);
    toasts.release();
    mock.timers.tick(9_999);
    assert.deepEqual(texts(), ["wrong"]);
    mock.timers.tick(1);
    assert.deepEqual(texts(), []);
  } finally {
    mock.timers.reset();
  }
});
