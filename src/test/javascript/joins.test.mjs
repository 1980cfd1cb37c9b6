/** Joins of a client that follows many rooms, against a server's rate limit. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ParlanceError, networkError } from "../../main/resources/web/parlance-client/errors.js";
import { Joins } from "../../main/resources/web/parlance-client/joins.js";

const ROOMS = 1_000;
const AT_ONCE = 32;
const BURST = 200;
const PER_MS = 0.1;
/** Limit of refusals beyond which the server cuts a connection, less one for each accepted request. */
const MAX_REFUSALS = 100;

/** A server with a token bucket, on a clock that the test moves. */
class Server {
  tokens = BURST;
  refusals = 0;
  worst = 0;
  mostUnderWay = 0;
  now = 0;
  asked = [];
  timers = [];

  port = {
    ask: (frame, answered) => {
      this.asked.push({ frame, answered });
      this.mostUnderWay = Math.max(this.mostUnderWay, this.asked.length);
    },
    after: (delayMs, action) => this.timers.push({ at: this.now + delayMs, action }),
  };

  pass() {
    this.now++;
    this.tokens = Math.min(BURST, this.tokens + PER_MS);
    const due = this.timers.filter(({ at }) => at <= this.now);
    this.timers = this.timers.filter(({ at }) => at > this.now);
    due.forEach(({ action }) => action());
    this.asked.splice(0).forEach(({ answered, frame }) => answered(this.#answer(frame)));
  }

  #answer(frame) {
    if (this.tokens >= 1) {
      this.tokens--;
      this.refusals = Math.max(0, this.refusals - 1);
      return { type: "joined", roomId: frame.roomId };
    }
    this.worst = Math.max(this.worst, ++this.refusals);
    return new ParlanceError("rate.limited", "Too many requests", true, 10);
  }
}

test("joins a thousand rooms in order without being cut off", () => {
  const server = new Server();
  const joins = new Joins(server.port, AT_ONCE);
  const joined = new Set();
  const ask = (room) =>
    joins.ask({ type: "join", roomId: room }, (answer) => {
      if (answer instanceof ParlanceError) {
        server.port.after(answer.retryAfterMs, () => ask(room));
      } else {
        joined.add(room);
      }
    });
  Array.from({ length: ROOMS }, (_, index) => `r${index}`).forEach(ask);
  for (let ms = 0; joined.size < ROOMS && ms < 60_000; ms++) {
    server.pass();
  }
  assert.equal(joined.size, ROOMS);
  assert.equal(server.mostUnderWay, AT_ONCE);
  assert.ok(server.worst < MAX_REFUSALS, `${server.worst} refusals`);
  assert.deepEqual([...joined].slice(0, 3), ["r0", "r1", "r2"]);
});

test("asks nothing of a connection that is lost, and begins anew with the next", () => {
  const server = new Server();
  const joins = new Joins(server.port, 2);
  const answers = [];
  ["a", "b", "c", "d"].forEach((room) =>
    joins.ask({ type: "join", roomId: room }, (answer) => answers.push([room, answer.code])),
  );
  server.asked.splice(0).forEach(({ answered }) => answered(networkError()));
  joins.lost();
  assert.deepEqual(answers, [
    ["a", "network"],
    ["b", "network"],
  ]);
  assert.equal(server.asked.length, 0);
  joins.ask({ type: "join", roomId: "c" }, (answer) => answers.push(["c", "type" in answer && answer.type]));
  server.pass();
  assert.deepEqual(answers.at(-1), ["c", "joined"]);
});
