import { fit, folded } from "./fuzzy.js";

/** Number of choices shown at once. */
const SHOWN = 30;
/** Number of own rooms shown before anything is typed, so that open rooms fit below them. */
const RECENTS_SHOWN = 12;
/** Bonus of a recently opened room over others that fit a little better. */
const RECENT_BONUS = 12;
/** Cost when the topic has the words, but the name does not. */
const BY_DETAIL = 1;

/**
 * @typedef {{key: string, kind?: string, title: string, id?: string, detail: string, isAtRest?: boolean,
 *   [more: string]: any}} Choice of a room, person or command; one at rest, such as an archived room, is shown when it is asked for
 */

/**
 * Choices that fit the typed text, the best first: own rooms in the given order, by recency, before others that fit
 * alike. Before anything is typed, the recently opened rooms, and after them those that are open to join.
 *
 * @param {Choice[]} choices own rooms first
 * @param {string} typed
 * @returns {Choice[]}
 */
export function ranked(choices, typed) {
  const wanted = folded(typed).trim();
  if (wanted === "") {
    const own = choices.filter(({ kind, isAtRest }) => kind === "own" && !isAtRest).slice(0, RECENTS_SHOWN);
    return [...own, ...choices.filter(({ kind }) => kind === "open")].slice(0, SHOWN);
  }
  return choices
    .map((choice, place) => ({ choice, score: scoreOf(choice, wanted, place) }))
    .flatMap(({ choice, score }) => (score === null ? [] : [{ choice, score }]))
    .sort((one, other) => other.score - one.score)
    .slice(0, SHOWN)
    .map(({ choice }) => choice);
}

/** @returns {number | null} @param {Choice} given @param {string} wanted @param {number} place */
function scoreOf({ kind, title, id, detail, isAtRest }, wanted, place) {
  const scores = [title, id ?? ""].map((text) => fit(foldedOnce(text), wanted)).filter((score) => score !== null);
  const best = scores.length > 0 ? Math.max(...scores) : foldedOnce(detail).includes(wanted) ? BY_DETAIL : null;
  if (best === null) {
    return null;
  }
  const recent = kind === "own" && place < RECENT_BONUS ? RECENT_BONUS - place : 0;
  return best + recent - (isAtRest ? RECENT_BONUS : 0);
}

/** Cache of folded texts; each key stroke needs the same ones. @type {Map<string, string>} */
const known = new Map();
const MAX_KNOWN = 5_000;

/** @param {string} text */
function foldedOnce(text) {
  let found = known.get(text);
  if (found === undefined) {
    if (known.size >= MAX_KNOWN) {
      known.clear();
    }
    found = folded(text);
    known.set(text, found);
  }
  return found;
}
