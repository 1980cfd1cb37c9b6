/** Words as Markdown can leave them out, but not change: runs of letters, and one character of a script without spaces, or emoji. */
const TOKEN =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Bopomofo}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]\p{M}*|\p{Emoji_Presentation}|\p{Extended_Pictographic}|(?:(?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Bopomofo}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}])[\p{L}\p{M}\p{N}])+/gu;

/**
 * @typedef {{word: string, start: number, end: number}} Token
 * @typedef {{part: number, start: number, end: number}} Place characters of one of the parts
 */

/**
 * Places in a drawn text of ranges of its source. Drawing omits words of the source (addresses of links, numbers of
 * lists) and adds none, so the drawn words are embedded in those of the source. A word that may come from several
 * places of the source counts only when the ranges cover all of them: nothing is marked that the server has not found.
 *
 * @param {string} source
 * @param {[number, number][]} ranges rising
 * @param {string[]} parts the drawn text, in its order
 * @returns {Place[] | null} null when the drawn text has other words than the source
 */
export function placesOf(source, ranges, parts) {
  const written = tokensOf(source);
  const drawn = parts.flatMap((text, part) => tokensOf(text).map((token) => ({ ...token, part })));
  const first = embed(written, drawn);
  const last = embed(written.toReversed(), drawn.toReversed())
    ?.map((index) => written.length - 1 - index)
    .toReversed();
  if (!first || !last) {
    return null;
  }
  const places = drawn.flatMap((token, i) => placesOfToken(token, candidates(written, token, first[i], last[i]), ranges));
  return joined(places).map(({ part, start, end }) => ({ part, start, end }));
}

/** @param {string} text */
function tokensOf(text) {
  return [...text.matchAll(TOKEN)].map(({ 0: word, index }) => ({ word, start: index, end: index + word.length }));
}

/**
 * Indices of the first possible source word for each drawn word; null when they are not embedded.
 *
 * @param {Token[]} words
 * @param {{word: string}[]} wanted
 */
function embed(words, wanted) {
  const indices = [];
  let at = -1;
  for (const { word } of wanted) {
    do {
      at++;
    } while (at < words.length && words[at].word !== word);
    if (at === words.length) {
      return null;
    }
    indices.push(at);
  }
  return indices;
}

/** @param {Token[]} written @param {{word: string}} other @param {number} first @param {number} last */
function candidates(written, { word }, first, last) {
  return written.slice(first, last + 1).filter((each) => each.word === word);
}

/**
 * Places within one drawn word; `range` is its source when that is certain.
 *
 * @param {Token & {part: number}} token
 * @param {Token[]} sources
 * @param {[number, number][]} ranges
 */
function placesOfToken(token, sources, ranges) {
  const [source] = sources;
  if (sources.length > 1) {
    const isSure = sources.every(({ start, end }) => ranges.some(([from, to]) => from <= start && end <= to));
    return isSure ? [{ ...token, range: -1 }] : [];
  }
  return ranges
    .map(([from, to], range) => ({ from: Math.max(from, source.start), to: Math.min(to, source.end), range }))
    .filter(({ from, to }) => from < to)
    .map(({ from, to, range }) => ({
      part: token.part,
      start: token.start + from - source.start,
      end: token.start + to - source.start,
      range,
    }));
}

/**
 * Merges places in the same part with the same range, with the text between them.
 *
 * @param {(Place & {range: number})[]} places
 */
function joined(places) {
  /** @type {(Place & {range: number})[]} */
  const all = [];
  for (const place of places) {
    const before = all.at(-1);
    if (before && before.range >= 0 && before.range === place.range && before.part === place.part) {
      before.end = place.end;
    } else {
      all.push({ ...place });
    }
  }
  return all;
}
