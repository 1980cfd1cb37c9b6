/** A small seeded generator (mulberry32), so that a schedule can be repeated. */
export function seeded(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * One of some things, each with its share.
 *
 * @template T
 * @param {() => number} random
 * @param {[share: number, choice: T][]} choices
 * @returns {T}
 */
export function chosen(random, choices) {
  let left = random() * choices.reduce((sum, [share]) => sum + share, 0);
  const [, choice] = choices.find(([share]) => (left -= share) < 0) ?? choices[choices.length - 1];
  return choice;
}
