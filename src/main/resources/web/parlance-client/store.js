/**
 * Entries by key. A value is JSON, and is replaced, not changed.
 *
 * @typedef {Map<string, any>} Items
 */

/**
 * Key-value store with transactions for everything that outlives a tab: unsent requests, drafts, leases. All clients of
 * a user agent share it.
 *
 * @typedef {object} Store
 * @property {<T>(prefix: string, change: (items: Items) => T) => Promise<T>} update runs `change`, which must not wait,
 *   over all entries whose keys begin with the prefix, the keys rising; resolves with its result once its changes of
 *   the entries are stored. Transactions run one after another, in the order of the calls, and over all clients
 * @property {(message: any) => void} tell sends a message to the other clients that can be reached
 * @property {(listener: (message: any) => void) => () => void} listen receives the messages of others; returns its
 *   removal
 * @property {() => void} close
 */

/**
 * Entries that a transaction has set or replaced, and keys that it has deleted.
 *
 * @param {Items} before
 * @param {Items} now
 */
export function differences(before, now) {
  return {
    set: [...now].filter(([key, value]) => before.get(key) !== value),
    deleted: [...before.keys()].filter((key) => !now.has(key)),
  };
}
