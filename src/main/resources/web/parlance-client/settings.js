/**
 * Every bound and time of the library.
 *
 * @typedef {object} Settings
 * @property {number} retryBaseMs the first wait before a retry is a random part of this
 * @property {number} retryCapMs later ones double up to a random part of this
 * @property {number} reconnectCapMs the same for tries to connect that reach no server, while somebody sees the page
 * @property {number} answerTimeoutMs a server that has not answered by then is left and connected to anew
 * @property {number} pingTimeoutMs a server that says nothing for so long after a ping is left; on a slow network it has three
 *   times as long as its last answers took. A request without an answer is followed by a ping after half of this
 * @property {number} silenceMs time without a word of the server after which a ping goes out
 * @property {number} hiddenSilenceMs the same on a page that nobody sees
 * @property {number} renewBeforeMs so long before it ends an access token is renewed, or at half of a shorter life
 * @property {number} renewJitter part of the time until then by which a renewal comes earlier at most, at random
 * @property {number} maxQueued requests that wait to be acknowledged, over all rooms; `send` refuses more
 * @property {number} leaseMs so long after its last sign of life a client that sends the requests of a room is taken for gone,
 *   and another one takes over
 * @property {number} storageTimeoutMs a store that has not answered by then is left, and the client goes on in memory
 * @property {number} pageAtMost missed events of one room that the library pages by itself after a `reset`; when there
 *   are more the application is told `reset` and goes on at the newest
 * @property {number} pageSize events of one such page, at most `MAX_PAGE`
 * @property {number} joinsAtOnce joins that are under way at a time; the others wait for their turn
 * @property {number} readAnewAtMost times in a row that the library reads a room again whose history has changed; after that
 *   the application is told `reset` and goes on at the newest
 * @property {number} readIntervalMs from one word to the server of how far the user has read a room to the next
 * @property {number} typingIntervalMs likewise that the user is typing
 */

/** @type {Readonly<Settings>} */
export const DEFAULTS = Object.freeze({
  retryBaseMs: 250,
  retryCapMs: 10_000,
  reconnectCapMs: 2_000,
  answerTimeoutMs: 10_000,
  pingTimeoutMs: 2_000,
  silenceMs: 5_000,
  hiddenSilenceMs: 25_000,
  renewBeforeMs: 60_000,
  renewJitter: 0.25,
  maxQueued: 500,
  leaseMs: 3_000,
  storageTimeoutMs: 5_000,
  pageAtMost: 10_000,
  pageSize: 50,
  joinsAtOnce: 32,
  readAnewAtMost: 5,
  readIntervalMs: 1000,
  typingIntervalMs: 2500,
});
