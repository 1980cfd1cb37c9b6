import { openFence } from "./fences.js";

/**
 * @typedef {object} Edit of a text in a field
 * @property {number} from
 * @property {number} to
 * @property {string} text replacement of the text between the two
 * @property {[number, number]} select selection afterwards
 */

const URL_ONLY = /^https?:\/\/\S+$/;
/** Blanks, and marks of quotes and lists, before the words of a line. */
const LEAD = /^([ \t]*(?:>[ \t]?)*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)?)(.*?)([ \t]*)$/;
const ITEM = /^([ \t]*(?:>[ \t]?)*)(?:([-*+])|(\d{1,9})([.)]))([ \t]+)(\[[ xX]\][ \t]+)?(.*)$/;
const QUOTED = /^([ \t]*(?:>[ \t]?)+)(.*)$/;

/**
 * Puts marks around the selection, or removes existing ones; around each line of several.
 *
 * @param {string} value
 * @param {number} start
 * @param {number} end
 * @param {string} mark
 * @returns {Edit}
 */
export function toggleMark(value, start, end, mark) {
  const [from, to] = words(value, start, end);
  const selected = value.slice(from, to);
  if (selected.includes("\n")) {
    return markLines(value, from, to, mark);
  }
  const { length } = mark;
  if (isMarked(value.slice(0, from), value.slice(to), mark)) {
    return { from: from - length, to: to + length, text: selected, select: [from - length, to - length] };
  }
  if (isWrapped(selected, mark)) {
    return { from, to, text: selected.slice(length, -length), select: [from, to - 2 * length] };
  }
  return { from, to, text: mark + selected + mark, select: [from + length, to + length] };
}

/**
 * Formats the selection as code: text in one line between backticks, several lines as a block.
 *
 * @param {string} value
 * @param {number} start
 * @param {number} end
 * @returns {Edit}
 */
export function toggleCode(value, start, end) {
  const selected = value.slice(start, end);
  if (selected.includes("\n")) {
    return toggleCodeBlock(value, start, end);
  }
  if (selected.includes("`") && !isWrapped(selected, "`")) {
    return { from: start, to: end, text: `\`\` ${selected} \`\``, select: [start + 3, end + 3] };
  }
  return toggleMark(value, start, end, "`");
}

/**
 * Puts the selection between fences, on lines of its own, or removes the fences.
 *
 * @param {string} value
 * @param {number} start
 * @param {number} end
 * @returns {Edit}
 */
export function toggleCodeBlock(value, start, end) {
  const opened = /(?:^|\n)(`{3,})[^`\n]*\n$/.exec(value.slice(0, start));
  const closed = opened && new RegExp(`^\\n${opened[1]}[ \\t]*(?=\\n|$)`).exec(value.slice(end));
  if (closed) {
    const from = start - opened[0].replace(/^\n/, "").length;
    return { from, to: end + closed[0].length, text: value.slice(start, end), select: [from, from + end - start] };
  }
  const selected = value.slice(start, end);
  const longest = Math.max(2, ...[...selected.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const before = start > 0 && value[start - 1] !== "\n" ? `\n${fence}\n` : `${fence}\n`;
  const after = end < value.length && value[end] !== "\n" ? `\n${fence}\n` : `\n${fence}`;
  const inside = start + before.length;
  return { from: start, to: end, text: before + selected + after, select: [inside, inside + selected.length] };
}

/**
 * Makes a link of the selection, which is its text or its address; the missing part is selected or has the caret.
 *
 * @param {string} value
 * @param {number} start
 * @param {number} end
 * @returns {Edit}
 */
export function link(value, start, end) {
  const [from, to] = words(value, start, end);
  const selected = value.slice(from, to);
  if (selected === "" || URL_ONLY.test(selected)) {
    return { from, to, text: `[](${selected || "https://"})`, select: [from + 1, from + 1] };
  }
  const address = from + selected.length + 3;
  return { from, to, text: `[${selected}](https://)`, select: [address, address + "https://".length] };
}

/**
 * Quotes the selected lines, or removes the marks when all have them.
 *
 * @param {string} value
 * @param {number} start
 * @param {number} end
 */
export function toggleQuote(value, start, end) {
  return changeLines(value, start, end, (lines) =>
    lines.every((line) => line.startsWith(">"))
      ? lines.map((line) => line.replace(/^>[ \t]?/, ""))
      : lines.map((line) => `> ${line}`),
  );
}

/**
 * Turns the selected lines into items, or back into lines when all are items of that kind.
 *
 * @param {string} value
 * @param {number} start
 * @param {number} end
 * @param {boolean} isOrdered
 */
export function toggleList(value, start, end, isOrdered) {
  return changeLines(value, start, end, (lines) => {
    const written = lines.filter((line) => line.trim() !== "" || lines.length === 1);
    /** @param {string} line */
    const isKind = (line) => (isOrdered ? ITEM.exec(line)?.[3] !== undefined : ITEM.exec(line)?.[2] !== undefined);
    const isList = written.every(isKind);
    let number = 0;
    return lines.map((line) => {
      const [, lead, , , , , task = "", rest] = ITEM.exec(line) ?? ["", ...leadOf(line)];
      if (line.trim() === "" && lines.length > 1) {
        return line;
      }
      return isList ? lead + task + rest : `${lead}${isOrdered ? `${++number}.` : "-"} ${task}${rest}`;
    });
  });
}

/**
 * Edit for a new line at the caret: a list or quote goes on, and ends after an empty item; code keeps its indentation.
 *
 * @param {string} value
 * @param {number} caret
 * @returns {Edit | null} null for a line break and nothing else
 */
export function continuation(value, caret) {
  const lineStart = value.lastIndexOf("\n", caret - 1) + 1;
  const before = value.slice(lineStart, caret);
  if (openFence(value.slice(0, caret)) !== null) {
    return insertion(caret, /** @type {RegExpExecArray} */ (/^[ \t]*/.exec(before))[0]);
  }
  const lineEnd = (value.indexOf("\n", caret) + 1 || value.length + 1) - 1;
  const next = nextItem(before);
  if (next === null) {
    return null;
  }
  if (next.isEmpty && lineEnd === caret) {
    const from = lineStart + next.outer.length;
    return { from, to: lineEnd, text: "", select: [from, from] };
  }
  return insertion(caret, next.lead);
}

/** True when the line of the caret is an item of a list. @param {string} value @param {number} caret */
export const isInList = (value, caret) => ITEM.test(value.slice(value.lastIndexOf("\n", caret - 1) + 1, caret));

/** Marks of the line after an item or quote; null after any other line. @param {string} line */
function nextItem(line) {
  const item = ITEM.exec(line);
  if (item) {
    const [, outer, bullet, number, dot, gap, task, rest] = item;
    const mark = bullet ?? `${Number(number) + 1}${dot}`;
    return { outer, lead: `${outer}${mark}${gap}${task ? "[ ] " : ""}`, isEmpty: rest === "" };
  }
  const quoted = QUOTED.exec(line);
  return quoted && { outer: "", lead: quoted[1], isEmpty: quoted[2] === "" };
}

/** @param {number} caret @param {string} lead @returns {Edit | null} */
const insertion = (caret, lead) =>
  lead === "" ? null : { from: caret, to: caret, text: `\n${lead}`, select: [caret + 1 + lead.length, caret + 1 + lead.length] };

/** Parts of a line for an item: the text before its mark, no mark, and the words. @param {string} line */
const leadOf = (line) => {
  const [, lead, rest] = /** @type {RegExpExecArray} */ (/^([ \t]*(?:>[ \t]?)*)(.*)$/.exec(line));
  return [lead, undefined, undefined, undefined, undefined, undefined, rest];
};

/** The selection without blanks at its ends. @param {string} value @param {number} start @param {number} end */
function words(value, start, end) {
  const selected = value.slice(start, end);
  const trimmed = selected.trim();
  const from = trimmed === "" ? start : start + selected.indexOf(trimmed[0]);
  return [from, trimmed === "" ? start : from + trimmed.length];
}

/**
 * True when a mark is on both sides: of `***`, one sign is emphasis and two are strong.
 *
 * @param {string} before
 * @param {string} after
 * @param {string} mark
 */
function isMarked(before, after, mark) {
  /** @param {string} text */
  const run = (text) => /^(.)\1*/s.exec(text)?.[0].length ?? 0;
  const [sign] = mark;
  const left = before.endsWith(sign) ? run([...before].reverse().join("")) : 0;
  const right = after.startsWith(sign) ? run(after) : 0;
  const count = Math.min(left, right);
  return mark === "*" ? count === 1 || count >= 3 : count >= mark.length;
}

/** True when a text has a mark at both of its ends. @param {string} text @param {string} mark */
function isWrapped(text, mark) {
  const { length } = mark;
  const inner = text.slice(length, -length);
  return (
    text.length > 2 * length &&
    text.startsWith(mark) &&
    text.endsWith(mark) &&
    isMarked(mark + leading(inner, mark), trailing(inner, mark) + mark, mark)
  );
}

/** @param {string} text @param {string} mark */
const leading = (text, mark) => (text.startsWith(mark[0]) ? /** @type {RegExpExecArray} */ (/^(.)\1*/s.exec(text))[0] : "");
/** @param {string} text @param {string} mark */
const trailing = (text, mark) => (text.endsWith(mark[0]) ? /** @type {RegExpExecArray} */ (/(.)\1*$/s.exec(text))[0] : "");

/** @param {string} value @param {number} from @param {number} to @param {string} mark */
function markLines(value, from, to, mark) {
  return changeLines(value, from, to, (lines) => {
    const parts = lines.map((line) => /** @type {RegExpExecArray} */ (LEAD.exec(line)).slice(1));
    const written = parts.filter(([, text]) => text !== "");
    const areWrapped = written.every(([, text]) => isWrapped(text, mark));
    const { length } = mark;
    return parts.map(([lead, text, blanks]) => {
      if (text === "" || (!areWrapped && isWrapped(text, mark))) {
        return lead + text + blanks;
      }
      return lead + (areWrapped ? text.slice(length, -length) : mark + text + mark) + blanks;
    });
  });
}

/**
 * Changes the lines that the selection touches. @returns {Edit}
 * @param {string} value
 * @param {number} start
 * @param {number} end
 * @param {(lines: string[]) => string[]} change
 */
function changeLines(value, start, end, change) {
  const from = value.lastIndexOf("\n", start - 1) + 1;
  const to = (value.indexOf("\n", end) + 1 || value.length + 1) - 1;
  const before = value.slice(from, to);
  const text = change(before.split("\n")).join("\n");
  const caret = Math.max(from, end + text.length - before.length);
  return { from, to, text, select: start === end ? [caret, caret] : [from, from + text.length] };
}
