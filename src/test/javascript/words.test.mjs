/** The catalogue of the page's texts: whole in each language, used, and the only place of texts. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { afterEach, test } from "node:test";
import { byName } from "../../main/resources/web/model/language.js";
import { failureText, loadFailureTexts } from "../../main/resources/web/model/failure-text.js";
import { counted, format, isolated, listed, speak, words } from "../../main/resources/web/words/words.js";
import { keysOf, literalTexts, textsOfMarkup } from "./source-texts.js";

const WEB = new URL("../../main/resources/web/", import.meta.url);
const read = (path) => readFileSync(new URL(path, WEB), "utf8");
const filesOf = (folder, ending) =>
  readdirSync(new URL(folder, WEB), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(ending))
    .map((name) => folder + name)
    .sort();

const LANGUAGES = filesOf("words/", ".json").map((path) => path.replace(/.*\/|\.json$/g, ""));
const catalogues = Object.fromEntries(LANGUAGES.map((language) => [language, JSON.parse(read(`words/${language}.json`))]));

/** English by sections, as the modules have it. @type {Record<string, any>} */
const english = { early: earlyTexts(), ...(await englishSections()) };

/** The note of a page that is not there yet is in the first file. */
function earlyTexts() {
  const index = read("index.html");
  const [, attributes, loading] = /<p\s+id="loading-text"([^>]*)>([^<]*)</.exec(index) ?? [];
  const note = Object.fromEntries([...attributes.matchAll(/data-(\w+)="([^"]*)"/g)].map(([, key, text]) => [key, text]));
  return { loading, again: /id="loading-again"[^>]*>([^<]*)</.exec(index)?.[1], ...note };
}

/** A section hands its texts to {@link words}: they are read from what it was given. */
async function englishSections() {
  const found = {};
  for (const path of filesOf("words/en/", ".js")) {
    const source = read(path);
    const [, section = ""] = /words\("(\w+)", \{/.exec(source) ?? [];
    assert.equal(path, `words/en/${section}.js`);
    found[section] = new Function(
      `return ${source.slice(source.indexOf("{", source.indexOf('words("')), source.lastIndexOf("});"))}}`,
    )();
  }
  return found;
}

const placesOf = (text) => [...new Set([...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))].sort();
const formsOf = (text) => (typeof text === "string" ? { only: text } : text);
const allOf = (catalogue) =>
  Object.entries(catalogue).flatMap(([section, texts]) =>
    Object.entries(texts).map(([key, text]) => ({ name: `${section}.${key}`, text })),
  );

afterEach(() => speak("en", null));

test("the page has English, a language from right to left and one of East Asia", () => {
  assert.deepEqual(LANGUAGES, ["ar", "ja"]);
  LANGUAGES.forEach((language) => assert.match(read("index.html"), new RegExp(`data-${language}="/words/${language}\\.json"`)));
});

for (const language of LANGUAGES) {
  test(`${language} has the keys of English, and no others`, () => {
    assert.deepEqual(
      allOf(catalogues[language])
        .map(({ name }) => name)
        .sort(),
      allOf(english)
        .map(({ name }) => name)
        .sort(),
    );
  });

  test(`${language} has the places of English in each text`, () => {
    const texts = new Map(allOf(english).map(({ name, text }) => [name, text]));
    for (const { name, text } of allOf(catalogues[language])) {
      const source = texts.get(name);
      assert.equal(typeof text, typeof source, `${name} has forms in one language and none in the other`);
      const wanted = placesOf(Object.values(formsOf(source)).join(" "));
      for (const [form, words] of Object.entries(formsOf(text))) {
        // "One message" may say its number as a word.
        const missing = wanted.filter(
          (place) => !placesOf(words).includes(place) && !(place === "count" && ["zero", "one", "two"].includes(form)),
        );
        assert.deepEqual([missing, placesOf(words).filter((place) => !wanted.includes(place))], [[], []], `${name}, ${form}`);
        assert.notEqual(words.trim(), "", name);
      }
    }
  });

  test(`${language} has the plural forms of its rules`, () => {
    const { pluralCategories } = new Intl.PluralRules(language).resolvedOptions();
    allOf(catalogues[language])
      .filter(({ text }) => typeof text !== "string")
      .forEach(({ name, text }) => assert.deepEqual(Object.keys(text).sort(), [...pluralCategories].sort(), name));
  });

  test(`${language} is translated`, () => {
    const same = allOf(english).filter(({ name, text }) => {
      const [section, ...key] = name.split(".");
      const words = Object.values(formsOf(text))
        .join(" ")
        .replace(/\{\w+\}/g, "");
      return /\p{L}{2}/u.test(words) && JSON.stringify(catalogues[language][section][key.join(".")]) === JSON.stringify(text);
    });
    assert.deepEqual(
      same.map(({ name }) => name),
      ["people.idPlaceholder"],
      "texts that are as in English",
    );
  });
}

test("each text has one of the forms that English has", () => {
  allOf(english)
    .filter(({ text }) => typeof text !== "string")
    .forEach(({ name, text }) => assert.deepEqual(Object.keys(text), ["one", "other"], name));
});

const modules = [...filesOf("view/", ".js"), ...filesOf("model/", ".js"), "main.js", "boot.js", "language.js", "preload.js"];

/** Keys that are chosen by a table or by what the server says, and not where they are called. */
const CHOSEN = {
  "view/notice.js": "notices",
  "view/notices.js": "notices",
  "view/message-progress.js": "room",
  "model/commands/command.js": "commands",
  "model/emoji-list.js": "emoji",
  "view/emoji-grid.js": "emoji",
  "view/members-panel.js": "members",
  "view/conversation.js": "room",
  "view/panel.js": "room",
  "view/message-tools.js": "tools",
  "model/commands/member-commands.js": "commands",
};

test("each text of the catalogue is used, and each key that is used is in it", () => {
  const used = Object.fromEntries(Object.keys(english).map((section) => [section, new Set()]));
  Object.keys(english.early).forEach((key) => used.early.add(key));
  for (const path of modules) {
    const source = read(path);
    for (const { section, key } of keysOf(source)) {
      const found = key.endsWith("*") ? Object.keys(english[section]).filter((each) => each.startsWith(key.slice(0, -1))) : [key];
      assert.ok(found.length > 0 && found.every((each) => Object.hasOwn(english[section], each)), `${path}: ${section}.${key}`);
      found.forEach((each) => used[section].add(each));
    }
    const section = CHOSEN[path];
    if (section) {
      const texts = [...source.matchAll(/"([\w-]+)"|(?<=[{\s])(\w+)(?=:)/g)].map(([, quoted, name]) => quoted ?? name);
      Object.keys(english[section])
        .filter((key) => texts.includes(key))
        .forEach((key) => used[section].add(key));
    }
  }
  Object.keys(english.errors).forEach((key) => used.errors.add(key));
  commandNames().forEach((name) => used.commands.add(name));
  const unused = Object.entries(english).flatMap(([section, texts]) =>
    Object.keys(texts)
      .filter((key) => !used[section].has(key))
      .map((key) => `${section}.${key}`),
  );
  assert.deepEqual(unused, []);
});

test("each module imports the words that it uses, and hides none of them", () => {
  const names = new Set(
    modules.flatMap((path) => [...read(path).matchAll(/import \{ say(?: as (\w+))? \}/g)].map(([, alias = "say"]) => alias)),
  );
  for (const path of modules) {
    const source = read(path);
    const called = [...names].filter((name) => new RegExp(String.raw`(?<![\w.#"])${name}\(["\u0060]`).test(source));
    const known = called.filter((name) =>
      new RegExp(String.raw`import \{ say${name === "say" ? "" : ` as ${name}`} \}|(?:const|function) ${name}\b`).test(source),
    );
    assert.deepEqual(called, known, path);
    const imported = [...source.matchAll(/import \{ say(?: as (\w+))? \} from/g)].map(([, alias = "say"]) => alias);
    const hidden = imported.filter((name) => new RegExp(String.raw`(?:const|let|function)\s+${name}\b`).test(source));
    assert.deepEqual(hidden, [], `${path} has another thing of that name`);
  }
});

/** Tables of keys, by the places where they act. */
const KEYS = {
  anywhere: [["view/shortcuts.js", "ANYWHERE"]],
  rooms: [["view/keys.js", "ROOM_LIST_KEYS"]],
  search: [["view/keys.js", "SEARCH_KEYS"]],
  writing: [["view/keys.js", "WRITING_KEYS"]],
  message: [
    ["view/list-keys.js", "LIST_KEYS"],
    ["view/list-keys.js", "MESSAGE_MENU_KEYS"],
    ["view/shortcuts.js", "ON_MESSAGE"],
  ],
};

test("each key of the help has its words", () => {
  const names = Object.entries(KEYS).flatMap(([place, tables]) =>
    tables.flatMap(([path, table]) => {
      const [, rows = ""] = new RegExp(String.raw`export const ${table} = \[(.*?)\];`, "s").exec(read(path)) ?? [];
      return [...rows.matchAll(/name: "([\w-]+)"/g)].map(([, name]) => `${place}_${name}`);
    }),
  );
  assert.ok(names.length > 30);
  assert.deepEqual(
    [...new Set(names)].sort(),
    Object.keys(english.keys)
      .filter((key) => /^(?:anywhere|rooms|search|writing|message)_/.test(key))
      .sort(),
  );
  const dialog = read("view/shortcuts-dialog.js");
  Object.entries(KEYS).forEach(([place, tables]) =>
    assert.ok(dialog.includes(`section("${place}", ${tables.map(([, table]) => table).join(", ")})`), place),
  );
});

function commandNames() {
  return filesOf("model/commands/", ".js").flatMap((path) =>
    [...read(path).matchAll(/\b(?:command|onMessage|onUser|listing)\(\s*"(\w+)/g)].map(([, name]) => name),
  );
}

/** Names and codes that look like sentences. */
const NO_TEXTS = ["Parlance", "Aa", "Mac OS"];

test("no text is left in views and models", () => {
  const left = modules.flatMap((path) => literalTexts(read(path)).map((text) => `${path}: ${text}`));
  assert.deepEqual(
    left.filter((text) => !NO_TEXTS.some((name) => text.endsWith(`: ${name}`))),
    [],
  );
});

test("the search for texts finds them", () => {
  const source = [
    'const a = html`<p title="What it is">Say ${b ? html`<i>x</i>` : "No such room"} more</p>`;',
    "// Of a comment",
    'throw new Error("For a developer");',
    "const c = /Not of a pattern/;",
    "const d = `Loading ${e} now`;",
    'const f = "Loading …";',
    'const g = { label: h ? "Edit" : say("edit"), name: "Edit" };',
  ].join("\n");
  assert.deepEqual(literalTexts(source), ["What it is", "Say  more", "No such room", "Loading ${} now", "Loading …", "Edit"]);
  assert.deepEqual(textsOfMarkup('<img alt="" class="Some Class"><b aria-label=${}>x</b>'), []);
});

test("Arabic has six plural forms, each with its own words", () => {
  const say = words("threads", english.threads);
  speak("ar", catalogues.ar, { tags: ["ar-EG"], isTurned: true });
  const count = words("members", english.members);
  const shown = [0, 1, 2, 3, 11, 100].map((number) => count("count", { count: number }));
  assert.equal(new Set(shown.map((text) => text.replace(/\p{Nd}/gu, ""))).size, 6, shown.join(" | "));
  assert.match(shown[3], /٣/, "digits of the reader's country");
  assert.notEqual(say("title"), english.threads.title);
});

test("one form is enough for Japanese, and English has two", () => {
  const count = words("room", english.room);
  assert.deepEqual(
    [1, 2, 1234].map((number) => count("replies", { count: number })),
    ["1 reply", "2 replies", "1,234 replies"],
  );
  speak("ja", catalogues.ja);
  assert.deepEqual(
    [1, 1234].map((number) => count("replies", { count: number }).includes(number.toLocaleString("ja"))),
    [true, true],
  );
});

test("a text that a language lacks, and all texts without one, are in English", () => {
  const say = words("tools", english.tools);
  speak("ar", {}, { isTurned: true });
  assert.equal(say("reply"), "Reply");
  speak("ar", { tools: { reply: "رد" } }, { isTurned: true });
  assert.deepEqual([say("reply"), say("pin")], ["رد", "Pin"]);
  speak("en", null);
  assert.equal(say("reply"), "Reply");
});

test("a name cannot rearrange the text that it stands in", () => {
  const say = words("room", english.room);
  assert.equal(say("writeTo", { name: "bob" }), "Write to bob");
  assert.equal(say("writeTo", { name: "أليس" }), "Write to \u2068أليس\u2069");
  assert.equal(say("writeTo", { name: "bob\u202e" }), "Write to \u2068bob\u202e\u2069");
  speak("ar", catalogues.ar, { isTurned: true });
  assert.ok(say("writeTo", { name: "bob" }).includes("\u2068bob\u2069"));
  assert.equal(isolated(""), "");
});

test("markup within a text stays markup", () => {
  const say = words("room", english.room);
  const name = { type: "strong" };
  assert.deepEqual(say("looking", { room: name }), ["You are looking at ", name, "."]);
  assert.deepEqual(listed(["alice", "bob", "carol"].slice(0, 2)), "alice and bob");
  assert.deepEqual(listed([name, "bob"]), [name, " and ", "bob"]);
});

test("numbers, days and the order of names are the reader's", () => {
  const day = new Date(2026, 0, 31);
  speak("en", null, { tags: ["de-DE", "en-GB", "en-US"] });
  assert.equal(format("DateTimeFormat", { day: "numeric", month: "long" }).format(day), "31 January");
  assert.equal(counted(12345), "12,345");
  speak("ja", catalogues.ja, { tags: ["ja-JP"] });
  assert.equal(format("DateTimeFormat", { day: "numeric", month: "long" }).format(day), "1月31日");
  assert.deepEqual(["ö", "z", "a"].sort(byName((name) => name)), ["a", "ö", "z"]);
});

test("failures speak to people, by their codes", async () => {
  assert.equal(
    failureText({ code: "user.exists", message: "The user id is taken" }),
    "The user id is taken",
    "before the words are loaded",
  );
  await loadFailureTexts();
  assert.match(failureText({ code: "user.exists", message: "The user id is taken" }), /taken\. Choose/);
  assert.equal(failureText({ code: "of.a.later.version", message: "The sentence of the server" }), "The sentence of the server");
  assert.equal(failureText({ code: "constructor", message: "m" }), "m");
  assert.equal(failureText({ code: "room.forbidden", message: "Join the room first" }), "Join the room first");
  speak("ja", catalogues.ja);
  assert.equal(failureText({ code: "room.forbidden", message: "Join the room first" }), catalogues.ja.errors["room.forbidden"]);
  const codes = [
    ...readFileSync(new URL("../../main/java/chat/parlance/error/ErrorCode.java", import.meta.url), "utf8").matchAll(
      /\("([a-z._]+)", \d+/g,
    ),
  ].map(([, code]) => code);
  const own = Object.keys(english.errors).filter((code) => code !== "network" && !code.startsWith("client."));
  assert.deepEqual(
    own.filter((code) => !codes.includes(code)),
    [],
    "codes that the server does not have",
  );
});

test("the style sheets know no left and right, but where something is physical", () => {
  const PHYSICAL = [/env\(safe-area-inset-/, /--safe-(?:left|right)/];
  const cells = /\[align="right"\] \{ text-align: right; \}/g;
  const sides =
    /(?<![\w-])(?:(?:margin|padding|border)-)?(?:left|right)(?:-\w+)?\s*:|:\s*(?:left|right)$|translateX|translate:|shadow: (?:inset )?-?[1-9]\d*px/;
  const quarter = /^(?:margin|padding|inset):\s*(.+)$/;
  for (const path of filesOf("style/", ".css")) {
    const text = read(path)
      .replace(/\/\*.*?\*\//gs, "")
      .replace(/\s+/g, " ");
    const declarations = text
      .replace(cells, "{}")
      .split(/[;{}]/)
      .map((each) => each.trim());
    assert.ok(declarations.length > 3, path);
    for (const declaration of declarations.filter((each) => !PHYSICAL.some((allowed) => allowed.test(each)))) {
      assert.doesNotMatch(declaration, sides, path);
      const value = quarter.exec(declaration)?.[1].replace("!important", "");
      const [, right, , left] = value?.match(/(?:[^\s()]|\((?:[^()]|\([^()]*\))*\))+/g) ?? [];
      assert.equal(left ?? right, right, `${path}: ${value}`);
    }
  }
});
