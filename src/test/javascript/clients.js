/**
 * Clients of a node, for tests that run in Node.js. Reads {origin, password, ...} from the standard input: the node,
 * and the password of all users.
 */
import { text } from "node:stream/consumers";
import { ParlanceClient } from "../../main/resources/web/parlance-client/index.js";

/** Parsed standard input. */
export const input = JSON.parse(await text(process.stdin));

const DEADLINE_MS = 15_000;
let rooms = 0;

/** A storage like the browsers'. */
export function storage() {
  const items = new Map();
  return { getItem: (key) => items.get(key) ?? null, setItem: (key, value) => void items.set(key, value) };
}

/** A promise that fails when it is not settled in time. */
export function soon(what, begin) {
  return new Promise((kept, failed) => {
    const late = setTimeout(() => failed(new Error(`no ${what}`)), DEADLINE_MS);
    begin((value) => {
      clearTimeout(late);
      kept(value);
    });
  });
}

/**
 * The next event of that type that matches.
 *
 * @param {import("../../main/resources/web/parlance-client/emitter.js").Emitter} client
 * @param {keyof import("../../main/resources/web/parlance-client/events.js").Events} type
 * @param {(detail: any) => boolean} [fits]
 * @returns {Promise<any>}
 */
export function next(client, type, fits = () => true) {
  return soon(type, (found) => {
    const stop = client.on(type, (detail) => {
      if (fits(detail)) {
        stop();
        found(detail);
      }
    });
  });
}

/**
 * A logged-in user, who is created if needed, by default with the id as the name.
 *
 * @param {string} user
 * @param {Partial<import("../../main/resources/web/parlance-client/options.js").Options> & {name?: string}} [options]
 */
export async function loggedIn(user, { name = user, ...options } = {}) {
  const client = new ParlanceClient({ origin: input.origin, ...options });
  const online = next(client, "state", ({ state }) => state === "online");
  await client.register(user, input.password, name).catch(() => client.logIn(user, input.password));
  await online;
  return client;
}

/** A new room of the client's user, which the client follows. */
export async function inNewRoom(client) {
  const room = `made-${process.pid}-${rooms++}`;
  await client.api.createRoom({ roomId: room });
  const joined = next(client, "joined", (detail) => detail.roomId === room);
  client.join(room);
  await joined;
  return room;
}
