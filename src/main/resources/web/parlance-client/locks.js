/** @type {Map<string, Promise<unknown>>} */
const queues = new Map();

/**
 * Runs an action exclusively among the clients that share the storage: over all tabs if there are Web Locks, else over
 * all clients of this program.
 *
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} action
 * @returns {Promise<T>}
 */
export async function exclusively(name, action) {
  if (globalThis.navigator?.locks) {
    let begun = false;
    try {
      return await navigator.locks.request(name, () => {
        begun = true;
        return action();
      });
    } catch (failure) {
      // Browsers that block a page's storage block its locks too.
      if (begun) {
        throw failure;
      }
    }
  }
  const before = queues.get(name) ?? Promise.resolve();
  const run = before.then(action, action);
  queues.set(name, run);
  try {
    return await run;
  } finally {
    if (queues.get(name) === run) {
      queues.delete(name);
    }
  }
}
