/**
 * Every bound and time of the library.
 *
 * @typedef {object} Settings
 * @property {number} retryBaseMs the first wait before a retry is a random part of this
 * @property {number} retryCapMs later ones double up to a random part of this
 * @property {number} answerTimeoutMs a server that has not answered by then is left and connected to anew
 * @property {number} silenceMs after so long without a word of the server it is asked whether it is still there
 * @property {number} renewBeforeMs so long before it ends an access token is renewed, or at half of a shorter life
 * @property {number} renewJitter part of the time until then by which a renewal comes earlier at most, at random
 * @property {number} maxQueued requests that wait to be acknowledged, over all rooms; `send` refuses more
 * @property {number} pageAtMost missed events of one room that the library pages by itself after a `reset`; when there
 *   are more the application is told `reset` and goes on at the newest
 * @property {number} pageSize events of one such page, at most `MAX_PAGE`
 * @property {number} readAnewAtMost times in a row that the library reads a room again whose history has changed; after that
 *   the application is told `reset` and goes on at the newest
 * @property {number} readIntervalMs from one word to the server of how far the user has read a room to the next
 * @property {number} typingIntervalMs likewise that the user is typing
 */

/** @type {Readonly<Settings>} */
export const DEFAULTS = Object.freeze({
  retryBaseMs: 250,
  retryCapMs: 10_000,
  answerTimeoutMs: 10_000,
  silenceMs: 25_000,
  renewBeforeMs: 60_000,
  renewJitter: 0.25,
  maxQueued: 500,
  pageAtMost: 10_000,
  pageSize: 50,
  readAnewAtMost: 5,
  readIntervalMs: 1000,
  typingIntervalMs: 2500,
});
