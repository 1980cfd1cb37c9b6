/** Texts in the source of the page's modules: what a reader would see, and what is called of the catalogue. */

/** Attributes of markup, and properties of components, that are read by somebody. */
const READ = [
  "alt",
  "aria-label",
  "aria-description",
  "aria-roledescription",
  "aria-valuetext",
  "hint",
  "label",
  "placeholder",
  "text",
  "title",
];
const WITH_VALUE = new RegExp(String.raw`(?<![\w-])(${READ.join("|")})="([^"]*)"`, "g");
const LETTER = /\p{L}{2}/u;
/** A sentence: a capital letter and several words, or a word with an ellipsis. Names and keys of programs have no blanks. */
const SENTENCE = /^\p{Lu}[\p{Ll}’']+[,:]? [\p{L}“($]|^\p{Lu}?\p{Ll}+ …|^[\p{L} ,;]+\. \p{Lu}/u;

/** Code before the value of a property that is read by somebody. */
const PROPERTY = /\b(?:action|detail|heading|hint|label|summary|text|title):\s*(?:[\w.?!=> ()&|]*[?:|]\s*)?$/;

/**
 * The tokens of a module that matter here, by a reading of JavaScript that knows strings, templates, comments and patterns.
 *
 * @param {string} source
 * @returns {{kind: "string" | "template", text: string, tag: string, before: string}[]} the text of a template has `${}` in the places
 *   of its values, whose own tokens follow; `before` is the end of the code before
 */
export function tokensOf(source) {
  const tokens = [];
  let at = 0;
  let code = "";
  const read = (until) => {
    let depth = 0;
    for (; at < source.length; at++) {
      const [sign, next] = [source[at], source[at + 1]];
      if (sign === "/" && next === "/") {
        at = source.indexOf("\n", at);
      } else if (sign === "/" && next === "*") {
        at = source.indexOf("*/", at) + 1;
      } else if (sign === '"' || sign === "'") {
        const end = stringEnd(source, at);
        push("string", unescaped(source.slice(at + 1, end)));
        at = end;
      } else if (sign === "`") {
        template(/(\w*)\s*$/.exec(code)?.[1] ?? "");
      } else if (sign === "/" && /(?:^|[=(,:[!&|?{};\n>]|\breturn|\btypeof)\s*$/.test(code)) {
        at = patternEnd(source, at);
        code += "/p/";
      } else if (until && sign === "}" && depth === 0) {
        return;
      } else {
        depth += { "{": 1, "}": -1 }[sign] ?? 0;
        code += sign;
      }
    }
  };
  const push = (kind, text, tag = "") => tokens.push({ kind, text, tag, before: code.slice(-80) });
  const template = (tag) => {
    const own = { kind: "template", text: "", tag, before: code.slice(-80) };
    tokens.push(own);
    for (at++; source[at] !== "`"; at++) {
      if (source[at] === "\\") {
        own.text += unescaped(source.slice(at, at + 2));
        at++;
      } else if (source[at] === "$" && source[at + 1] === "{") {
        own.text += "${}";
        at += 2;
        code += " (";
        read(true);
        code += ")";
      } else {
        own.text += source[at];
      }
    }
  };
  read(false);
  return tokens;
}

function stringEnd(source, at) {
  let end = at + 1;
  while (source[end] !== source[at]) {
    end += source[end] === "\\" ? 2 : 1;
  }
  return end;
}

function patternEnd(source, at) {
  let end = at + 1;
  for (let inClass = false; source[end] !== "/" || inClass; end++) {
    inClass = source[end] === "[" || (inClass && source[end] !== "]");
    end += source[end] === "\\" ? 1 : 0;
  }
  return end;
}

const unescaped = (text) => text.replace(/\\(.)/gs, "$1");

/**
 * Texts that a module shows without the catalogue.
 *
 * @param {string} source
 * @returns {string[]}
 */
export function literalTexts(source) {
  return tokensOf(source).flatMap(({ text, tag, before }) => {
    if (tag === "html") {
      return textsOfMarkup(text);
    }
    // What is for developers: consoles and errors that nobody is shown.
    const isOfDevelopers = /console\.\w+\(\s*$|new (?:Type|Range)?Error\(\s*$|\bthrow\b[^;]*$/.test(before);
    const isRead = PROPERTY.test(before) && /^\p{Lu}\p{Ll}/u.test(text);
    return !isOfDevelopers && (isRead || SENTENCE.test(text.trim())) ? [text] : [];
  });
}

/** Texts between tags, and values of the attributes that are read. @param {string} markup */
export function textsOfMarkup(markup) {
  const attributes = [...markup.matchAll(WITH_VALUE)].map(([, , value]) => value);
  const between = markup.replace(/<(?:"[^"]*"|'[^']*'|[^"'>])*>/g, "\n").split("\n");
  return [...attributes, ...between].map((text) => text.replaceAll("${}", "").trim()).filter((text) => LETTER.test(text));
}

/**
 * Keys of the catalogue that a module calls, by sections. A key that is made of a beginning and a value ends in a star.
 *
 * @param {string} source
 * @returns {{section: string, key: string}[]}
 */
export function keysOf(source) {
  const imports = [...source.matchAll(/import \{ say(?: as (\w+))? \} from "(?:\.\.\/)+words\/en\/(\w+)\.js";/g)];
  return imports.flatMap(([, name = "say", section]) => {
    const calls = [...source.matchAll(new RegExp(String.raw`(?<![\w.])${name}\(([^;]*?)(?=[,)])`, "g"))].map(
      ([, argument]) => argument,
    );
    const literal = calls.flatMap((argument) => [...argument.matchAll(/"([^"]+)"/g)].map(([, key]) => key));
    const made = calls.flatMap((argument) => [...argument.matchAll(/`([\w-]*)\$\{/g)].map(([, beginning]) => `${beginning}*`));
    return [...literal, ...made].map((key) => ({ section, key }));
  });
}
