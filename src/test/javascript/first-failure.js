import { afterEach } from "node:test";
import { inspect } from "node:util";

/**
 * Ends the process after the first test that fails. For a library that is broken on purpose: each of its further failures would
 * wait for as long as the patience of the tests is.
 */
export function endAtFirstFailure() {
  // Node.js passes the context of the test, its types that of a suite.
  afterEach((/** @type {any} */ context) => {
    if (!context.passed) {
      console.log(`✖ ${context.fullName}\n${inspect(context.error)}`);
      process.exit(1);
    }
  });
}
