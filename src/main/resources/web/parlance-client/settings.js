/**
 * Limits and times of the library.
 *
 * @typedef {object} Settings
 * @property {number} retryBaseMs the first wait before a retry is a random part of this
 * @property {number} retryCapMs later ones double up to a random part of this
 * @property {number} reconnectCapMs the same for attempts to connect that reach no server, while the page is visible
 * @property {number} answerTimeoutMs time for an answer, after which the client reconnects
 * @property {number} pingTimeoutMs time for an answer to a ping, after which the connection is given up; on a slow
 *   network three times that of the last answers. A request without an answer is followed by a ping after half of this
 * @property {number} silenceMs silence of the server after which a ping is sent
 * @property {number} hiddenSilenceMs the same on a hidden page
 * @property {number} renewBeforeMs time before its expiry at which an access token is renewed; a shorter-lived one at
 *   half of its life
 * @property {number} renewJitter largest share of the time until then by which a renewal is earlier, at random
 * @property {number} maxQueued limit of unacknowledged requests, over all rooms; `send` refuses more
 * @property {number} leaseMs time without a sign of life after which a client that sends the requests of a room counts
 *   as gone, and another one takes over
 * @property {number} storageTimeoutMs time for an answer of the store, after which the client falls back to memory
 * @property {number} pageAtMost limit of missed events of one room that the library pages after a `reset`; when there
 *   are more the application gets `reset` and continues at the newest
 * @property {number} pageSize events of one such page, at most `MAX_PAGE`
 * @property {number} joinsAtOnce limit of pending joins; the others are queued
 * @property {number} readAnewAtMost limit of consecutive reads of a room whose history has changed; after that the
 *   application gets `reset` and continues at the newest
 * @property {number} readIntervalMs from one read marker sent for a room to the next
 * @property {number} typingIntervalMs from one typing notice sent for a room to the next
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
