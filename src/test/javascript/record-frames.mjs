/**
 * Loaded before a script, so that its WebSockets are recorded: the first frame of each shape is added to the file that
 * FRAMES names, as a line of JSON, {from, frame}.
 */
import { appendFileSync } from "node:fs";

const seen = new Set();

function note(from, text) {
  const frame = JSON.parse(text);
  const key = from + shape(frame);
  if (!seen.has(key)) {
    seen.add(key);
    appendFileSync(String(process.env.FRAMES), JSON.stringify({ from, frame }) + "\n");
  }
}

/** Names of an object's members and of those within, with the object's type. */
function shape(value) {
  if (Array.isArray(value)) {
    return `[${[...new Set(value.map(shape))].sort()}]`;
  }
  if (value === null || typeof value !== "object") {
    return typeof value;
  }
  const members = Object.entries(value).map(([name, member]) => name + shape(member));
  return `${value.type ?? ""}${value.kind ?? ""}{${members.sort()}}`;
}

globalThis.WebSocket = class extends globalThis.WebSocket {
  /** @param {ConstructorParameters<typeof WebSocket>} args */
  constructor(...args) {
    super(...args);
    super.addEventListener("message", (message) => note("server", message.data));
  }

  send(text) {
    note("client", text);
    super.send(text);
  }
};
