/**
 * An action that runs once at a time: asked for while it runs, it runs once more afterwards, for what it has seen may be
 * older than what it was asked for.
 *
 * @param {() => Promise<void>} action
 * @returns {() => Promise<void>}
 */
export function oneAtATime(action) {
  let running = false;
  let again = false;
  return async () => {
    if (running) {
      again = true;
      return;
    }
    running = true;
    try {
      do {
        again = false;
        await action();
      } while (again);
    } finally {
      running = false;
    }
  };
}
