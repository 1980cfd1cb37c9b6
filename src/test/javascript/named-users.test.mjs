/** Users who are named in a form: by ids in any case, and by names. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { namedUser, namedUsers } from "../../main/resources/web/model/named-users.js";

const PEOPLE = [
  { userId: "alice", name: "Alice Liddell" },
  { userId: "alice2", name: "Alice Liddell" },
  { userId: "bob", name: "Bob" },
  { userId: "bob-c", name: "Zoë" },
  { userId: "zoe", name: "Bob's Zoe" },
];

/** The directory finds those whose id or name begins so, as the server does. */
const people = /** @type {any} all that is used of people */ ({
  asked: /** @type {string[]} */ ([]),
  async find(q, limit) {
    this.asked.push(q);
    const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
    return PEOPLE.filter(({ userId, name }) => userId.startsWith(folded(q)) || folded(name).startsWith(folded(q))).slice(
      0,
      limit,
    );
  },
});

test("an id is enough, in any case and with an @", async () => {
  assert.deepEqual(await Promise.all(["bob", " @Bob ", "BOB-C", "zoe"].map((typed) => namedUser(people, typed))), [
    "bob",
    "bob",
    "bob-c",
    "zoe",
  ]);
});

test("a whole name is enough where one user has it", async () => {
  assert.equal(await namedUser(people, "zoë "), "bob-c", "an id has no accents");
  assert.equal(await namedUser(people, "Zoe"), "zoe", "an id comes before a name");
  assert.equal(await namedUser(people, "bob's zoe"), "zoe");
  assert.equal(await namedUser(people, "Alice Liddell (@alice2)"), "alice2", "as lists show a name of several people");
});

test("a name of several people, and one of nobody, are refused in words", async () => {
  await assert.rejects(namedUser(people, "alice liddell"), /^Error: Several people are called “alice liddell”\./);
  await assert.rejects(namedUser(people, "Ali"), /^Error: Nobody is called “Ali”\./);
  await assert.rejects(namedUser(people, "  "), /Nobody/);
  await assert.rejects(namedUser(people, "@"), /Nobody/);
});

test("several users stand with blanks or commas between them, once each", async () => {
  assert.deepEqual(await namedUsers(people, "bob  @Alice,zoe bob"), ["bob", "alice", "zoe"]);
  assert.deepEqual(await namedUsers(people, "bob's zoe, Alice2"), ["zoe", "alice2"]);
  assert.deepEqual(await namedUsers(people, " , "), []);
});

test("one of several whom nobody knows is named", async () => {
  await assert.rejects(namedUsers(people, "bob nobody-at-all"), /“nobody-at-all”/);
  await assert.rejects(namedUsers(people, "bob, Alice Liddell"), /Several people are called “Alice Liddell”/);
});
