/** Texts designed to be expensive for a Markdown parser, by name and of any length. */

const fill = (unit, length) => unit.repeat(Math.ceil(length / unit.length)).slice(0, length);
const nest = (open, close, length) => {
  const count = Math.floor(length / (open.length + close.length));
  return open.repeat(count) + close.repeat(count);
};

/** Repeated units of texts that consist of nothing else. */
const UNITS = [
  ">", "> ", "- ", "* ", "1. ", "1) ", "- > ", "> 1. ", "- a\n", "- a\n\n", "-\n", "\n  - ", "- [ ] a\n", "- a\n  - b\n", "- a\n1. b\n",
  "* a\n+ a\n- a\n", "> a\n", "> a\nb\n", "> ```\n", "- ```\n", "```\n", "# a\n", "a\n=\n", "* * *\n", "    a\n", "<div>\n", "a\n", "a  \n",
  "[a](", "[a](b", "[a](<b", "[a]([", "[a](b)*", "[", "]", "][", "[]", "[a][b]", "[^a", "![", "![[[[", "![a](*", "[ (](", "[a](<mailto:",
  '[a](b "', "[a]: b\n", '[a]: b "c\n', "[a]: <", "*[a](b", "**[a](", "`a[b](", "\\[a](", "[*", "*", "**a", "*a ", "a* ", "*a **a ", "a**b",
  "a***b", "a***b**c*", "*a_ ", "_a __a ", "a *b__c ", "**x_", "*_", "~", "~~a", "~~a ~b ", "~a*b_", "*a`b`", "`", "` ", "``a`", "*`", "\\",
  "\\*", "&", "&#1", "&amp;", "<", "<a ", "</a", "<!--", "<!-- a --", "<?", "<!A ", "<![CDATA[", "<http:", "<a@", "|", "|-", "|-\n", "|a|b|\n|-|-|\n",
  "http://a.b", "http ", "www.a", "www. ", "a@", "a@b.", "a.", "a+", "h", "@", "@alice ", " ", " \n", "\t", "\n", "\r", "\0", "\u00a0", "漢字", "👍",
  "the quick brown fox ", "> - *a **b [c](d `e` ~~f~~ <g> |h| http://i.j \n", "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
];

/** Texts with a beginning or end that differs from the rest. */
const SHAPES = {
  "quotes before lines that go on": (length) => fill(">", length / 2) + fill("\na", length / 2),
  "a deep quote before lines": (length) => fill(">", 200) + fill("a\n", length - 200),
  "quotes that grow": (length) => grow(length, (n) => `${">".repeat(n)}a\n`),
  "lists by indent": (length) => grow(length, (n) => `${" ".repeat(2 * n)}- a\n`),
  "backticks that grow": (length) => grow(length, (n) => `e${"`".repeat(n)}`),
  "fences that grow": (length) => grow(length, (n) => `${"~".repeat(n + 3)}\n`),
  "numbers that grow": (length) => grow(length, (n) => `${n}. a\n`),
  "brackets in each other": (length) => nest("[", "]", length),
  "links in each other": (length) => nest("[", "a](b)", length),
  "images in each other": (length) => nest("![", "a](b)", length),
  "emphasis in each other": (length) => nest("*a ", " a*", length),
  "strong in each other": (length) => nest("**a ", " a**", length),
  "both in each other": (length) => nest("*a **a ", " a** a*", length),
  "deleted in each other": (length) => nest("~~a ~", "~ a~~", length),
  "parentheses of a link": (length) => `[a](${fill("(", length)}`,
  "pairs of parentheses of a link": (length) => `[a](${nest("(", ")", length)}`,
  "titles of a link": (length) => `[a](b ${fill('"', length)}`,
  "attributes": (length) => `<a ${fill('b="" ', length)}`,
  "dots of an address": (length) => `http://a.b/${fill(".", length)}`,
  "parentheses of an address": (length) => `http://a.b/${fill("(", length)}`,
  "entities of an address": (length) => `http://a.b/${fill("&a;", length)}`,
  "a long user of an e-mail address": (length) => `${fill("a", length - 1)}@`,
  "dots of an e-mail address": (length) => `a@${fill("b.", length)}`,
  "one row of many columns": (length) => `|a|b|\n|-|-|\n${fill("|", length)}`,
  "a table of many columns": (length) => `${fill("|a", length / 2)}\n${fill("|-", length / 2)}`,
  "rows that get the columns they lack": (length) => `${fill("|a", length / 3)}\n${fill("|-", length / 3)}\n${fill("b\n", length / 3)}`,
  "spaces in a table": (length) => `a|b\n-|-\n${fill(" ", length)}x`,
  "a list's first line": (length) => `-${fill(" ", length)}a`,
  "lines of an item": (length) => `- a\n${fill("b\n", length)}`,
  "a rule that is none": (length) => `${fill("- ", length)}a`,
  "spaces between words": (length) => `a${fill(" ", length)}b`,
  "lines between words": (length) => `a${fill("\n", length)}b`,
};

function grow(length, line) {
  let text = "";
  for (let n = 1; text.length < length; n++) {
    text += line(n);
  }
  return text.slice(0, length);
}

/** @returns {[string, string][]} names and texts @param {number} length */
export function hostileTexts(length) {
  return [
    ...UNITS.map((unit) => /** @type {[string, string]} */ ([JSON.stringify(unit), fill(unit, length)])),
    ...Object.entries(SHAPES).map(([name, make]) => /** @type {[string, string]} */ ([name, make(length).slice(0, length)])),
  ];
}
