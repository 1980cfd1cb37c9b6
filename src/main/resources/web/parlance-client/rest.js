import { ParlanceError, networkError } from "./errors.js";

/** Requests to `/api/v1`, in bounded time, whose failures are {@link ParlanceError}s. */
export class Rest {
  #base;
  #fetch;
  #timeoutMs;

  /**
   * @param {string} origin such as https://chat.example.org
   * @param {typeof globalThis.fetch} fetch
   * @param {number} timeoutMs
   */
  constructor(origin, fetch, timeoutMs) {
    this.#base = `${origin}/api/v1`;
    this.#fetch = fetch;
    this.#timeoutMs = timeoutMs;
  }

  /**
   * @param {string} method
   * @param {string} path with its query
   * @param {{body?: object | undefined, token?: string, timeoutMs?: number, credentials?: RequestCredentials}} [options]
   * @returns {Promise<any>} the answer's JSON, null when it has none
   */
  async request(method, path, { body, token, timeoutMs = this.#timeoutMs, credentials } = {}) {
    let response;
    let text;
    try {
      response = await this.#fetch(this.#base + path, {
        method,
        headers: {
          ...(token !== undefined && { authorization: `Bearer ${token}` }),
          ...(body && { "content-type": "application/json" }),
        },
        ...(body && { body: JSON.stringify(body) }),
        ...(credentials && { credentials }),
        signal: AbortSignal.timeout(Math.min(timeoutMs, this.#timeoutMs)),
      });
      text = await response.text();
    } catch {
      throw networkError();
    }
    const answer = parse(text);
    if (!response.ok) {
      throw new ParlanceError(
        answer?.code ?? "network",
        answer?.detail ?? `The server answered ${response.status}`,
        response.status >= 500 || response.status === 429,
        answer?.retryAfterMs,
      );
    }
    if (text && answer === undefined) {
      throw networkError();
    }
    return answer ?? null;
  }
}

/** @param {string} text */
function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
