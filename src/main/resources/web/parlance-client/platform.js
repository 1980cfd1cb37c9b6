import { ParlanceError, noWebSocketError } from "./errors.js";

/**
 * The WebSocket class of a client: a passed one, or that of the platform. Without one the constructor fails; otherwise
 * the client would try to connect for ever.
 *
 * @param {typeof globalThis.WebSocket | undefined} passed
 * @returns {typeof globalThis.WebSocket}
 * @throws {ParlanceError} `client.no_websocket`, `client.bad_option`
 */
export function webSocketOf(passed) {
  const found = passed ?? globalThis.WebSocket;
  if (found === undefined) {
    throw noWebSocketError();
  }
  if (typeof found !== "function") {
    throw new ParlanceError("client.bad_option", "The option WebSocket is not a class", false);
  }
  return found;
}

/**
 * The origin of a server, as given.
 *
 * @param {string} given
 * @returns {string}
 * @throws {ParlanceError} `client.bad_option`
 */
export function originOf(given) {
  if (typeof given !== "string" || !/^https?:\/\/[^/?#\s]+$/.test(given)) {
    throw new ParlanceError("client.bad_option", "The option origin is not an origin such as https://chat.example.org", false);
  }
  return given;
}
