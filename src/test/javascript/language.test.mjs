/** The choice of the page's language, and what becomes of it when its texts cannot be had. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { afterEach, mock, test } from "node:test";
import { runInNewContext } from "node:vm";
import { Language } from "../../main/resources/web/model/language.js";
import { say } from "../../main/resources/web/words/en/common.js";
import { speak } from "../../main/resources/web/words/words.js";

const SCRIPT = readFileSync(new URL("../../main/resources/web/language.js", import.meta.url), "utf8");
const ARABIC = { common: { again: "إعادة" }, early: { loading: "تحميل", again: "إعادة", slow: "بطيء" } };

afterEach(() => {
  speak("en", null);
  delete globalThis.parlanceLanguage;
  mock.timers.reset();
});

/**
 * The script that runs before anything is drawn, in a browser with these languages.
 *
 * @param {{languages: string[], kept?: string | null, answer?: (path: string) => Promise<{ok: boolean, json?: () => Promise<unknown>}>, blocked?: boolean}} options
 */
function early({ languages, kept = null, answer = async () => ({ ok: true, json: async () => ARABIC }), blocked = false }) {
  const note = { dataset: {}, textContent: "Loading …" };
  const again = { textContent: "Try again" };
  const root = { dataset: {} };
  let parsed = () => {};
  const asked = [];
  const context = {
    document: {
      documentElement: root,
      currentScript: { dataset: { ar: "/words/ar.json", ja: "/words/ja.json" } },
      getElementById: (id) => ({ "loading-text": note, "loading-again": again })[id],
    },
    navigator: { languages },
    localStorage: {
      getItem: () => {
        if (blocked) {
          throw new Error("SecurityError");
        }
        return kept;
      },
    },
    addEventListener: (_, listener) => (parsed = listener),
    fetch: async (path) => (asked.push(path), answer(path)),
    AbortSignal,
    Promise,
  };
  context.self = context;
  runInNewContext(SCRIPT, context);
  return { ...context.parlanceLanguage, root, note, again, asked, parsed: () => parsed() };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("the first language of the browser that the page has is taken, or the one that was chosen", () => {
  const chosen = /** @type {[string[], string | null][]} */ ([
    [["fr-CA", "ja-JP", "ar"], null],
    [["AR-eg", "en"], null],
    [["en-GB", "ar"], null],
    [["fr"], null],
    [[], null],
    [["en"], "ar"],
    [["ja"], "xx"],
    [["ja"], "constructor"],
  ]).map(([languages, kept]) => early({ languages, kept }).root);
  assert.deepEqual(
    chosen.map(({ lang, dir }) => `${lang} ${dir}`),
    ["ja ltr", "ar rtl", "en ltr", "en ltr", "en ltr", "ar rtl", "ja ltr", "ja ltr"],
  );
  assert.equal(early({ languages: ["ar"], blocked: true }).root.lang, "ar");
});

test("English asks for nothing, any other language for its texts, once", () => {
  assert.deepEqual(early({ languages: ["en-US"] }).asked, []);
  assert.deepEqual(early({ languages: ["ar"] }).asked, ["/words/ar.json"]);
});

test("the note of a page that is not there is in the reader's language, whatever comes first", async () => {
  const page = early({ languages: ["ar"] });
  assert.equal(page.root.dataset.words, "loading");
  page.note.dataset.shown = "slow";
  page.parsed();
  await settled();
  assert.deepEqual(
    [page.note.textContent, page.note.dataset.slow, page.again.textContent, page.root.dataset.words],
    ["بطيء", "بطيء", "إعادة", undefined],
  );
});

test("a page whose texts cannot be had is in English", async () => {
  const page = early({ languages: ["ar"], answer: async () => ({ ok: false, status: 503 }) });
  page.parsed();
  await settled();
  await settled();
  assert.deepEqual(
    [page.root.lang, page.root.dir, page.root.dataset.words, page.note.textContent],
    ["en", "ltr", undefined, "Loading …"],
  );
});

/** A page with a choice of languages, and its storage. */
function page({ texts = Promise.resolve(null), language = "en", load = async () => ARABIC }) {
  const kept = new Map();
  const shown = [];
  globalThis.parlanceLanguage = {
    languages: ["en", "ar", "ja"],
    language,
    texts,
    wanted: (chosen) => chosen || language,
    show: (each) => shown.push(each),
    load,
  };
  const storage = { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) };
  return { model: new Language(storage), kept, shown };
}

test("texts that fail at the start are tried again until they are there", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  let tries = 0;
  const load = async () => (++tries < 2 ? Promise.reject(new Error("away")) : ARABIC);
  const { model, shown } = page({ language: "ar", texts: Promise.reject(new Error("away")), load });
  await model.start();
  assert.deepEqual([model.current, say("again")], ["en", "Try again"]);
  for (let i = 0; i < 2; i++) {
    mock.timers.tick(60_000);
    await null;
    await null;
    await null;
    await settled();
  }
  assert.deepEqual([tries, model.current, say("again"), shown.at(-1)], [2, "ar", "إعادة", "ar"]);
});

test("a choice is kept, and the browser's language comes back without one", async () => {
  const { model, kept } = page({});
  await model.start();
  assert.equal(model.chosen, null);
  await model.choose("ar");
  assert.deepEqual([model.current, model.chosen, kept.get("parlance.language")], ["ar", "ar", "ar"]);
  /** @type {NonNullable<typeof parlanceLanguage>} */ (globalThis.parlanceLanguage).load = async () => null;
  await model.choose(null);
  assert.deepEqual([model.current, model.chosen, kept.get("parlance.language")], ["en", null, ""]);
});

test("of two choices the last one counts, and a language that fails leaves the page as it is", async () => {
  const answers = [];
  const { model } = page({ load: (language) => new Promise((...end) => answers.push([language, ...end])) });
  await model.start();
  const first = model.choose("ar");
  const second = model.choose("ja");
  answers[1][1]({ common: { again: "再試行" } });
  answers[0][1](ARABIC);
  await Promise.all([first, second]);
  assert.deepEqual([model.current, say("again")], ["ja", "再試行"]);
  const third = model.choose("ar");
  answers[2][2](new Error("away"));
  await assert.rejects(third);
  assert.deepEqual([model.current, model.chosen], ["ja", "ja"]);
});

test("languages are named as their readers name them", () => {
  const { model } = page({});
  assert.deepEqual(
    model.all.map((each) => model.nameOf(each)),
    ["English", "العربية", "日本語"],
  );
});
