/**
 * A WebSocket that loses and duplicates received events, and loses sent posts. No honest server or network does that; a
 * client that survives it does not depend on their honesty. A frame that was lost once is not lost again, so that a
 * client that keeps trying succeeds.
 */
export function lossy(Base, random) {
  const lost = new Set();
  const loses = (key) => !lost.has(key) && random() < 0.15 && lost.add(key);

  return class extends Base {
    addEventListener(type, listener, ...rest) {
      super.addEventListener(type, type === "message" ? (message) => hear(message, listener) : listener, ...rest);
    }

    send(text) {
      const frame = JSON.parse(text);
      if (frame.type !== "post" || !loses(frame.id)) {
        super.send(text);
      }
    }
  };

  function hear(message, listener) {
    const frame = JSON.parse(message.data);
    const last = frame.type === "event" ? frame : frame.type === "events" ? frame.events.at(-1) : null;
    if (last === null) {
      listener(message);
    } else if (!loses(last.seq)) {
      listener(message);
      if (random() < 0.15) {
        listener(message);
      }
    }
  }
}
