/**
 * An action that runs once at a time: when called while it runs, it runs once more afterwards, because its data may be
 * older than the call.
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
