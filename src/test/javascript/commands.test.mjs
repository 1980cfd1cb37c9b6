/**
 * Commands in the page, against those of line mode: standard input has its table, its aliases, and texts with the
 * parameters that it reads in them.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import "./emoji-data.js";
import {
  ALIASES,
  COMMANDS,
  commandOf,
  commandsLike,
  isHarmless,
  run,
  usageIn,
} from "../../main/resources/web/model/commands/commands.js";
import { Words } from "../../main/resources/web/model/commands/words.js";
import { WITH_PASSWORD, readSlash } from "../../main/resources/web/model/slash.js";

const { table, aliases, texts } = JSON.parse(readFileSync(0, "utf8"));

/** Days of line mode are in UTC, days of the page in its reader's zone. */
const OF_LINE_MODE = / \((?:days )?of UTC\)/;

const MESSAGES = [
  { kind: "message", seq: 3, stamp: "three333", sender: "bob", text: "three" },
  { kind: "message", seq: 4, stamp: "four4444", sender: "alice", text: "four", replyTo: 3, thread: 3 },
  { kind: "message", seq: 5, stamp: "five5555", sender: "bob", text: "five" },
];

/** A page that records the calls of commands. */
function page({ invitations = [], members = [], sessions = [], atEnd = true } = {}) {
  const calls = [];
  const note =
    (name, answer) =>
    (...given) => (calls.push([name, ...given.filter((each) => each !== undefined)]), answer);
  const promised = (name, answer) => note(name, Promise.resolve(answer));
  const garden = {
    roomId: "garden",
    name: "Garden",
    visibility: "public",
    topic: "Beds",
    description: "",
    membership: "joined",
    head: 5,
    unreadCount: 2,
    mentionCount: 0,
  };
  const attic = { ...garden, roomId: "attic", visibility: "private", unreadCount: 0 };
  const rooms = new Map([garden, attic].map((room) => [room.roomId, room]));
  const timeline = { atEnd, items: MESSAGES, message: (seq) => MESSAGES.find((message) => message.seq === seq) };
  const api = Object.fromEntries(
    [
      "changePassword",
      "endSession",
      "changeRoom",
      "invite",
      "uninvite",
      "removeMember",
      "ban",
      "unban",
      "changeMember",
      "handOver",
    ].map((name) => [name, promised(name)]),
  );
  const chat = {
    user: "alice",
    client: {
      limits: { textBytes: 100, frameBytes: 16384 },
      send: note("send"),
      api: {
        ...api,
        sessions: promised("sessions", sessions),
        members: promised("members", members),
        createRoom: promised("createRoom", { roomId: "greenhouse" }),
        openDirect: promised("openDirect", { roomId: "dm-1" }),
        events: promised("events", { events: MESSAGES }),
        message: (room, seq) =>
          seq === 2
            ? Promise.resolve({ seq: 2, stamp: "two22222", options: ["Beans", "Peas", "3"] })
            : Promise.reject(Object.assign(new Error("No such message"), { retryable: false })),
      },
    },
    rooms: {
      invitations,
      get: (room) => rooms.get(room) ?? null,
      title: (room) => room.name,
      put: note("put"),
      join: promised("join"),
      leave: promised("leave"),
      decline: promised("decline"),
      reading: { read: note("read") },
      prefer: promised("prefer"),
    },
    list: { byRecency: [garden, attic] },
    threads: { follow: promised("follow") },
    saved: { save: promised("save") },
    jumps: { toDay: promised("toDay") },
    people: { name: (user) => user, find: promised("findUsers", [{ userId: "bob", name: "Bob" }]) },
    timelines: { of: () => timeline },
    writing: { send: note("say", true), poll: note("poll") },
    attempt: (act) => act(),
    ...Object.fromEntries(
      ["ask", "logOut", "showRooms", "open", "showPanel", "showThread", "jump", "openDirect", "hide", "markUnread"].map(
        (name) => [name, note(name)],
      ),
    ),
  };
  return { chat, room: garden, calls };
}

/** Calls of the page by a text, and the page's answer. */
async function typed(text, options) {
  const { chat, room, calls } = page(options);
  const answer = await run({ chat, room }, readSlash(text));
  return { calls, answer };
}

test("has the table of line mode", () => {
  assert.deepEqual(
    COMMANDS.map(({ usage, summary, example, takesPassword }) => ({ usage, summary, example, takesPassword })),
    table.map((command) => ({ ...command, summary: command.summary.replace(OF_LINE_MODE, "") })),
  );
  assert.deepEqual(ALIASES, aliases);
  assert.deepEqual(
    WITH_PASSWORD,
    COMMANDS.filter(({ takesPassword }) => takesPassword).map(({ name }) => name),
  );
});

test("reads parameters of a command like line mode", () => {
  for (const { command, typed, values, last, error } of texts) {
    const found = commandOf(command);
    const read = () => {
      const words = new Words(found, typed);
      const end = found.parameters.at(-1);
      const unquoted =
        end?.isRest && words.find(end.name) !== undefined
          ? { unquoted: words.unquoted(end.name), name: words.findName(end.name) ?? null }
          : null;
      const message = found.parameters[0]?.name === "MESSAGE" ? words.message() : undefined;
      return {
        values: Object.fromEntries(
          found.parameters.map(({ name }) => [name, words.find(name)]).filter(([, value]) => value !== undefined),
        ),
        last: { ...unquoted, ...(message !== undefined && { message }) },
      };
    };
    if (error === undefined) {
      assert.deepEqual(read(), { values, last }, `/${command} ${typed}`);
    } else {
      assert.throws(read, { name: "CommandError", message: error }, `/${command} ${typed}`);
    }
  }
  assert.ok(texts.length > 2000 && texts.some(({ error }) => error) && texts.some(({ last }) => last?.unquoted));
});

/** Texts with the calls of the page that they cause. */
const ACTS = [
  ["/password tomato-soup-7 potato soup 8", ["changePassword", "tomato-soup-7", "potato soup 8"]],
  ["/sessions", ["ask", { kind: "account" }]],
  ["/logout", ["logOut"]],
  ["/quit", ["showRooms"]],
  ["/rooms the garden", ["ask", { kind: "find", text: "the garden" }]],
  ["/read", ["read", "garden", 5, "five5555"]],
  ["/read #4", ["read", "garden", 4, "four4444"]],
  ["/mark 4", ["markUnread", "garden", MESSAGES[1]]],
  [
    "/create #greenhouse private",
    ["createRoom", { roomId: "greenhouse", visibility: "private" }],
    ["put", { roomId: "greenhouse" }],
    ["open", "greenhouse"],
  ],
  ["/join porch", ["join", "porch"], ["open", "porch", null]],
  ["/join garden 3 three333", ["open", "garden", { seq: 3, stamp: "three333" }]],
  ["/leave", ["leave", "garden"]],
  ["/part #garden", ["leave", "garden"]],
  ["/msg bob", ["openDirect", "bob"], ["put", { roomId: "dm-1" }], ["open", "dm-1"]],
  [
    "/query @bob  Are  you there?",
    ["openDirect", "bob"],
    ["put", { roomId: "dm-1" }],
    ["send", "dm-1", "post", { text: "Are  you there?" }],
    ["open", "dm-1"],
  ],
  ["/star", ["prefer", "garden", { starred: true }]],
  ["/unstar #attic", ["prefer", "attic", { starred: false }]],
  ["/notify mentions", ["prefer", "garden", { notifications: "mentions" }]],
  ["/hide attic", ["hide", page().chat.rooms.get("attic")]],
  ["/unhide", ["prefer", "garden", { hiddenTo: 0 }]],
  ["/topic “All that grows”", ["changeRoom", "garden", { topic: "All that grows" }]],
  ["/topic -", ["changeRoom", "garden", { topic: "" }]],
  ["/rename The Garden", ["changeRoom", "garden", { name: "The Garden" }]],
  ["/describe -", ["changeRoom", "garden", { description: "" }]],
  ["/archive", ["changeRoom", "garden", { archived: true }]],
  ["/unarchive", ["changeRoom", "garden", { archived: false }]],
  ["/who", ["showPanel", { kind: "members" }]],
  ["/arrivals", ["showPanel", { kind: "members" }]],
  ["/find bo", ["findUsers", "bo"]],
  ["/invite @bob", ["invite", "garden", "bob"]],
  ["/uninvite bob", ["uninvite", "garden", "bob"]],
  ["/invited", ["members", "garden", "invitations"]],
  ["/kick bob", ["removeMember", "garden", "bob"]],
  ["/ban bob", ["ban", "garden", "bob"]],
  ["/unban bob", ["unban", "garden", "bob"]],
  ["/bans", ["members", "garden", "bans"]],
  ["/mute bob", ["changeMember", "garden", "bob", { muted: true }]],
  ["/unmute bob", ["changeMember", "garden", "bob", { muted: false }]],
  ["/role bob ADMIN", ["changeMember", "garden", "bob", { role: "admin" }]],
  ["/me waters /the/ tomatoes", ["say", "garden", "_waters /the/ tomatoes_", { editing: null, thread: undefined }]],
  ["/reply last So do I", ["send", "garden", "post", { text: "So do I", replyTo: 5, stamp: "five5555" }]],
  ["/answer last So do I", ["send", "garden", "post", { text: "So do I", replyTo: 5, stamp: "five5555", alsoToRoom: true }]],
  ["/edit last I meant potatoes", ["send", "garden", "edit", { seq: 4, stamp: "four4444", text: "I meant potatoes" }]],
  ["/delete last", ["ask", { kind: "delete", room: "garden", message: MESSAGES[1] }]],
  ["/react [3] 🎉", ["send", "garden", "react", { seq: 3, stamp: "three333", emoji: "🎉" }]],
  ["/unreact 3 🎉", ["send", "garden", "react", { seq: 3, stamp: "three333", emoji: "🎉", removed: true }]],
  ["/react 3 :Red-Heart:", ["send", "garden", "react", { seq: 3, stamp: "three333", emoji: "❤️" }]],
  ["/emoji heart"],
  ["/pin 2", ["send", "garden", "pin", { seq: 2, stamp: "two22222" }]],
  ["/unpin last", ["send", "garden", "pin", { seq: 5, stamp: "five5555", removed: true }]],
  ["/poll", ["ask", { kind: "poll" }]],
  ["/poll What? | Beans | Peas ", ["poll", "garden", "What?", ["Beans", "Peas"], false]],
  ["/multipoll Days? |Friday|Sunday", ["poll", "garden", "Days?", ["Friday", "Sunday"], true]],
  ["/vote 2 peas", ["send", "garden", "vote", { seq: 2, stamp: "two22222", options: ["Peas"] }]],
  ["/vote 2 1, 2 1", ["send", "garden", "vote", { seq: 2, stamp: "two22222", options: ["Beans", "Peas"] }]],
  ["/vote 2 3", ["send", "garden", "vote", { seq: 2, stamp: "two22222", options: ["3"] }]],
  ["/unvote 2", ["send", "garden", "vote", { seq: 2, stamp: "two22222", options: [] }]],
  ["/close 2", ["send", "garden", "close", { seq: 2, stamp: "two22222" }]],
  ["/history", ["jump", "garden", MESSAGES[0]]],
  ["/show 4", ["jump", "garden", MESSAGES[1]]],
  ["/date 2026-01-31", ["toDay", "garden", new Date(2026, 0, 31)]],
  ["/thread 3", ["showThread", MESSAGES[0]]],
  ["/threads", ["ask", { kind: "threads" }]],
  ["/follow 3", ["follow", "garden", 3, true]],
  ["/unfollow 4", ["follow", "garden", 3, false]],
  ["/save 3", ["save", "garden", MESSAGES[0], true]],
  ["/unsave last", ["save", "garden", MESSAGES[2], false]],
  ["/saved", ["ask", { kind: "saved" }]],
  ["/pins", ["showPanel", { kind: "pins" }]],
  ['/search from:bob "green tomatoes"', ["showPanel", { kind: "search", query: 'from:bob "green tomatoes"' }]],
  ["/help", ["ask", { kind: "shortcuts", part: "commands" }]],
];

test("carries out each command", async () => {
  for (const [text, ...calls] of ACTS) {
    assert.deepEqual((await typed(text)).calls, calls, text);
  }
  const invitations = [{ roomId: "cellar", name: "Cellar" }];
  assert.deepEqual((await typed("/accept", { invitations })).calls, [
    ["join", "cellar"],
    ["open", "cellar"],
  ]);
  assert.deepEqual((await typed("/decline", { invitations })).calls, [["decline", "cellar"]]);
  assert.equal((await typed("/invitations", { invitations })).answer.rows[0].detail, "/accept cellar");
  assert.deepEqual(
    (await typed("/unread")).answer.rows.map(({ label, detail }) => [label, detail]),
    [["Garden", "2 unread"]],
  );
  assert.equal((await typed("/info")).answer.rows[0].detail, "Beds");
  assert.equal((await typed("/topic")).answer.rows[0].detail, "Beds");
  assert.equal((await typed("/help /part")).answer.text, "/leave [ROOM]");
  assert.deepEqual(
    (await typed("/emoji heart")).answer.rows.map(({ label, detail }) => [label, detail]),
    [
      ["❤️ :heart:", "red heart"],
      ["💙 :blue_heart:", "blue heart"],
    ],
  );
  assert.equal((await typed("/emoji tomatoe")).answer.text, "No emoji has such a name.");
  assert.equal((await typed("/leave attic")).calls[0][1].title, "Leave Garden?");
  assert.equal((await typed("/owner bob")).calls[0][1].action, "Hand over");
  assert.deepEqual(
    (await typed("/show last", { atEnd: false })).calls.map(([name]) => name),
    ["events", "jump"],
  );
  const sessions = [{ sessionId: "aaaaaaaa-1", current: true }, { sessionId: "bbbbbbbb-2" }, { sessionId: "cccccccc-3" }];
  assert.deepEqual((await typed("/end others", { sessions })).calls.slice(1), [
    ["endSession", "bbbbbbbb-2"],
    ["endSession", "cccccccc-3"],
  ]);
  assert.deepEqual((await typed("/end BBBBBBBB", { sessions })).calls.slice(1), [["endSession", "bbbbbbbb-2"]]);
  const tried = new Set([
    ...ACTS.map(([text]) => commandOf(readSlash(text).name).name),
    "accept",
    "decline",
    "invitations",
    "unread",
    "info",
    "owner",
    "end",
    "register",
    "redeem",
    "login",
  ]);
  assert.deepEqual(
    COMMANDS.map(({ name }) => name).filter((name) => !tried.has(name)),
    [],
  );
});

test("says why a command cannot act, and then calls nothing", async () => {
  const refused = [
    ["/register joe secret", "You are logged in as alice"],
    ["/redeem invite-x joe secret", "You are logged in as alice"],
    ["/login joe secret", "You are logged in as alice"],
    ["/pasword old new", "There is no command /pasword. To say a text"],
    ["/ password old new", "There is no command /. "],
    ["/constructor", "There is no command /constructor"],
    [`/${"x".repeat(60)}`, `There is no command /${"x".repeat(40)}....`],
    ["/password old", "/password needs NEW. Usage: /password OLD NEW..."],
    ["/role bob king", "A role is owner, admin or member. Usage: /role USER ROLE"],
    ["/create greenhouse hidden", "A room is public or private. Usage: /create ROOM [VISIBILITY]"],
    ["/pin 12", "There is no such message."],
    ["/react 3 tomatoe", "That is not one emoji"],
    ["/poll What? | Beans", "Write the question and the answers with | between them. Usage: /poll [TEXT...]"],
    ["/vote 2 4", "The poll has no answer 4."],
    ["/vote 2 Roses", "The poll has no answer Roses."],
    ["/vote 3 1", "The message is no poll."],
    ["/leave porch", "You are not in a room porch."],
    ["/star porch", "You are not in a room porch."],
    ["/notify loud", "A level is all, mentions or none. Usage: /notify LEVEL [ROOM]"],
    ["/date 2026-02-30", "A day is written like 2026-01-31"],
    ["/save 12", "There is no such message."],
    ["/accept", "You have no invitation."],
    ["/end 12345678", "You have no such session"],
    [`/me ${"é".repeat(50)}`, "The text is 2 bytes too long. A message has at most 100 bytes."],
    [`/msg bob ${"a".repeat(101)}`, "The text is 1 byte too long"],
    ["/help dance", "There is no command /dance"],
  ];
  for (const [text, reason] of refused) {
    const { chat, room, calls } = page();
    await assert.rejects(run({ chat, room }, readSlash(text)), (failure) => failure.message.startsWith(reason), text);
    assert.deepEqual(
      calls.filter(([name]) => name !== "sessions"),
      [],
      text,
    );
  }
});

test("completes the names of commands, and shows how they are typed", () => {
  const names = (prefix) => commandsLike(prefix).map(({ name }) => name);
  assert.deepEqual(names("un"), [
    "unread",
    "unstar",
    "unhide",
    "unarchive",
    "uninvite",
    "unban",
    "unmute",
    "unreact",
    "unpin",
    "unvote",
    "unfollow",
    "unsave",
  ]);
  assert.deepEqual(names("TOP"), ["topic"]);
  assert.deepEqual([names("pin"), names("part"), names("xyz")], [[], [], []]);
  assert.equal(names("").length, COMMANDS.length - 3);
  assert.deepEqual(names("log"), ["logout"]);
  assert.equal(usageIn("/pin 1").text, "/pin MESSAGE");
  assert.deepEqual([usageIn("/pi"), usageIn("//pin"), usageIn("pin")], [null, null, null]);
  assert.deepEqual(["me", "PASSWORD", "pasword", ""].map(isHarmless), [true, false, false, false]);
});
