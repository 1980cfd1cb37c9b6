/** Frames with the user's read markers. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ReadMarks } from "../../main/resources/web/parlance-client/read-marks.js";

const ROOM = "garden";
const INTERVAL_MS = 1_000;

/** Read markers of a connection that records the requests, in order, until they are answered. */
function scripted() {
  const asked = [];
  const waiting = [];
  const marks = new ReadMarks(
    { ask: (frame, answered) => asked.push({ frame, answered }), after: (_, action) => waiting.push(action) },
    INTERVAL_MS,
  );
  return {
    asked,
    marks,
    said: () => asked.map(({ frame }) => [frame.type, frame.seq]),
    pass: () => waiting.splice(0).forEach((action) => action()),
  };
}

test("says the furthest of an interval", () => {
  const { asked, marks, said, pass } = scripted();
  [1, 2, 3].forEach((seq) => marks.move(ROOM, seq));
  assert.deepEqual(said(), [["markRead", 1]]);
  asked[0].answered({});
  pass();
  assert.deepEqual(said(), [
    ["markRead", 1],
    ["markRead", 3],
  ]);
});

test("says how far the user had read before a message is marked as unread, and nothing of it later", async () => {
  const { asked, marks, said, pass } = scripted();
  [1, 2, 3].forEach((seq) => marks.move(ROOM, seq));
  const moved = marks.moveBack(ROOM, 3, "stamp003");
  assert.deepEqual(said(), [
    ["markRead", 1],
    ["markRead", 3],
    ["markUnread", 3],
  ]);
  asked.forEach(({ answered }) => answered({}));
  await moved;
  pass();
  assert.equal(asked.length, 3);
});

test("says only that a message is unread when the server knows the rest", async () => {
  const { asked, marks, said } = scripted();
  marks.move(ROOM, 3);
  asked[0].answered({});
  const moved = marks.moveBack(ROOM, 2);
  asked[1].answered({});
  await moved;
  assert.deepEqual(said(), [
    ["markRead", 3],
    ["markUnread", 2],
  ]);
});
