/**
 * Options of a client. Types only.
 *
 * @typedef {object} Options
 * @property {string} origin such as https://chat.example.org
 * @property {import("./storage.js").TextStorage} [storage] holds the session; all tabs of a browser may share one
 * @property {boolean} [refreshCookie] for pages of the same origin: the refresh token is kept in a cookie that no
 *   script can read, instead of in the storage
 * @property {import("./store.js").Store} [store] holds unsent requests, for all clients of a user; by default
 *   IndexedDB, and the `storage` without it
 * @property {typeof globalThis.fetch} [fetch]
 * @property {typeof globalThis.WebSocket} [WebSocket] Node 20 has none of its own
 * @property {() => number} [random] from 0 to below 1
 * @property {import("./network-hints.js").Surroundings} [window] source of the browser's events, by default the global
 *   object
 * @property {Partial<import("./settings.js").Settings>} [settings]
 */

export {};
