/** Models of links and of the dialog of administrators, against a scripted server. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { Administration, linkTo } from "../../main/resources/web/model/administration.js";
import { LINK } from "../../main/resources/web/model/link.js";
import { codeIn } from "../../main/resources/web/model/link-code.js";
import { PAGE, PagedList } from "../../main/resources/web/model/paged-list.js";
import { givenRoles, invitedRoles, isAbove, SERVER_ROLES } from "../../main/resources/web/model/server-rights.js";

/** @type {import("../../main/resources/web/model/administration.js").Invite} */
const INVITE = {
  inviteId: "i-1",
  serverRole: "member",
  roomIds: [],
  useCount: 0,
  maxUses: 1,
  createdAt: "2026-01-01T00:00:00Z",
  expiresAt: "2026-01-02T00:00:00Z",
};
const CODE = `invite-${"aZ0_-".repeat(8)}xyz`;

/** A promise that the test settles. */
function deferred() {
  const given = {};
  given.promise = new Promise((resolve, reject) => Object.assign(given, { resolve, reject }));
  return given;
}

/** A client whose requests are answered by the test, in any order. */
class ScriptedClient {
  userId = "alice";
  asked = [];
  #waiting = [];

  request(method, path, body) {
    this.asked.push([method, path, ...(body ? [body] : [])]);
    const answer = deferred();
    this.#waiting.push(answer);
    return answer.promise;
  }

  answer(value) {
    this.#waiting.shift().resolve(value);
  }
}

const settled = async () => {
  for (let turn = 0; turn < 10; turn++) {
    await null;
  }
};
/** @returns {import("../../main/resources/web/model/administration.js").Account} */
const account = (userId, more = {}) => ({
  userId,
  name: userId,
  serverRole: "member",
  disabled: false,
  createdAt: "2026-01-01T00:00:00Z",
  ...more,
});

test("a link has its code after #, and a code is found in what one pastes", () => {
  const link = linkTo("https://chat.example.org", CODE);
  assert.equal(new URL(link).search, "");
  assert.ok(new URL(link).hash.startsWith(LINK));
  assert.deepEqual(codeIn(` ${link}\n`), { code: CODE, kind: "invite" });
  assert.deepEqual(codeIn(CODE.replace("invite", "password"))?.kind, "password");
  assert.deepEqual([codeIn(link.slice(0, -1)), codeIn("other-")], [null, null]);
});

test("an owner acts on everybody, an administrator on lower roles, others on nobody", () => {
  assert.deepEqual(givenRoles("owner"), SERVER_ROLES);
  assert.deepEqual(givenRoles("administrator"), ["member", "guest"]);
  assert.deepEqual(invitedRoles("owner"), ["administrator", "member", "guest"]);
  assert.deepEqual([isAbove("administrator", "administrator"), isAbove("administrator", "owner")], [false, false]);
});

test("a list is loaded page by page, and a short page is the last", async () => {
  const asked = [];
  const pages = [Array.from({ length: PAGE }, (_, at) => at), [PAGE]];
  const list = new PagedList(async (filter, last, limit) => (asked.push({ ...filter, last, limit }), pages.shift() ?? []), {
    q: "",
  });
  await list.load({ q: "a" });
  assert.deepEqual([list.items.length, list.hasMore], [PAGE, true]);
  await Promise.all([list.more(), list.more()]);
  assert.deepEqual([list.items.length, list.hasMore, list.state], [PAGE + 1, false, "loaded"]);
  await list.more();
  assert.deepEqual(asked, [
    { q: "a", last: null, limit: PAGE },
    { q: "a", last: PAGE - 1, limit: PAGE },
  ]);
});

test("an answer to an earlier filter is dropped, as is its failure", async () => {
  const answers = [deferred(), deferred(), deferred()];
  let asked = 0;
  const list = new PagedList(() => answers[asked++].promise, { q: "" });
  const loads = [list.load({ q: "a" }), list.load({ q: "al" }), list.load({ q: "ali" })];
  answers[2].resolve(["alice"]);
  await loads[2];
  answers[0].resolve(["alan"]);
  answers[1].reject(new Error("late"));
  await Promise.all(loads);
  assert.deepEqual([list.items, list.state], [["alice"], "loaded"]);
});

test("a list that could not be loaded says so, and is loaded again", async () => {
  const answers = [Promise.reject(new Error("away")), Promise.resolve(["alice"])];
  const list = new PagedList(() => answers.shift() ?? Promise.reject(new Error("asked again")), {});
  await list.load();
  assert.equal(list.state, "failed");
  await list.load();
  assert.deepEqual([list.state, list.items], ["loaded", ["alice"]]);
});

test("pages continue after the last item of each list, and empty filters are left out", async () => {
  const client = new ScriptedClient();
  const administration = new Administration(client, "owner");
  const users = Array.from({ length: PAGE }, (_, at) => account(`user-${at}`));
  const loading = administration.accounts.load({ q: "us er", disabled: "true" });
  client.answer({ accounts: users });
  await loading;
  void administration.accounts.more();
  const entries = Array.from({ length: PAGE }, (_, at) => ({ auditId: 100 - at }));
  client.answer({ accounts: [] });
  const reading = administration.audit.load({ action: "role.changed" });
  client.answer({ entries });
  await reading;
  void administration.audit.more();
  assert.deepEqual(
    client.asked.map(([method, path]) => `${method} ${path}`),
    [
      "GET /admin/users?q=us+er&disabled=true&limit=50",
      "GET /admin/users?q=us+er&disabled=true&afterId=user-49&limit=50",
      "GET /admin/audit?action=role.changed&limit=50",
      "GET /admin/audit?action=role.changed&beforeId=51&limit=50",
    ],
  );
});

test("a changed account is shown changed in the list and by itself, unless another is open by then", async () => {
  const client = new ScriptedClient();
  const administration = new Administration(client, "owner");
  administration.accounts.items = [account("bob"), account("guest")];
  administration.open(account("bob"));
  const changing = administration.change({ disabled: true });
  assert.deepEqual(client.asked, [["PATCH", "/admin/users/bob", { disabled: true }]]);
  administration.open(account("guest"));
  client.answer(account("bob", { disabled: true }));
  await changing;
  assert.deepEqual([administration.account?.userId, administration.accounts.items[0].disabled], ["guest", true]);
});

test("the code of a reset is shown with its account alone", async () => {
  const client = new ScriptedClient();
  const administration = new Administration(client, "owner");
  administration.open(account("bob"));
  const making = administration.resetPassword();
  client.answer({ linkCode: "password-1" });
  await making;
  assert.equal(administration.resetCode, "password-1");
  administration.open(null);
  assert.equal(administration.resetCode, null);
  administration.open(account("bob"));
  const late = administration.resetPassword();
  administration.open(account("guest"));
  client.answer({ linkCode: "password-2" });
  await late;
  assert.equal(administration.resetCode, null);
});

test("a revoked invite is gone from the list, and so is its code", async () => {
  const client = new ScriptedClient();
  const administration = new Administration(client, "owner");
  const inviting = administration.invite({ serverRole: "member", maxUses: 1, expiresInMs: 1000, roomIds: [] });
  client.answer({ ...INVITE, linkCode: CODE });
  await settled();
  client.answer({ invites: [INVITE] });
  await inviting;
  assert.equal(administration.made?.linkCode, CODE);
  const revoking = administration.revoke(INVITE);
  client.answer(null);
  await revoking;
  assert.deepEqual([administration.made, administration.invites.items], [null, []]);
});
