/**
 * A failure with a code. Most codes are the server's, see docs/PROTOCOL.md; the library's own are:
 *
 * - `network`: the server could not be reached, or did not answer; what was asked may or may not have been done
 * - `client.signed_out`: there is no session, or it is over
 * - `client.queue_full`: too many requests wait to be sent
 * - `client.closed`: the client was closed
 * - `client.no_websocket`: the platform has no WebSocket, and none was passed
 * - `client.bad_option`: an option of the constructor cannot be used
 */
export class ParlanceError extends Error {
  /**
   * @param {string} code
   * @param {string} message for a person
   * @param {boolean} retryable true when a retry may succeed
   * @param {number} [retryAfterMs] pause before it that the server demands
   */
  constructor(code, message, retryable, retryAfterMs = 0) {
    super(message);
    this.name = "ParlanceError";
    this.code = code;
    this.retryable = retryable;
    this.retryAfterMs = retryAfterMs;
  }
}

/** @returns {ParlanceError} */
export function networkError() {
  return new ParlanceError("network", "The server cannot be reached", true);
}

/** @returns {ParlanceError} */
export function signedOutError() {
  return new ParlanceError("client.signed_out", "Log in first", false);
}

/** @returns {ParlanceError} */
export function noWebSocketError() {
  return new ParlanceError(
    "client.no_websocket",
    "This platform has no WebSocket. Pass one as the option WebSocket, such as that of the npm package ws, or start Node.js 20 with --experimental-websocket",
    false,
  );
}
