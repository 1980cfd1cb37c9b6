import { command } from "./command.js";
import { say } from "../../words/en/commands.js";

const ROLES = ["owner", "admin", "member"];

/** Commands for the room's members and their permissions. */
export const MEMBER_COMMANDS = [
  command("who", "/who", ({ chat }) => chat.showPanel({ kind: "members" })),
  command("arrivals", "/arrivals", ({ chat }) => {
    chat.showPanel({ kind: "members" });
    return { text: say("arrivalsShown") };
  }),
  command("find TEXT...", "/find ali", async ({ chat }, words) => {
    const found = await chat.people.find(words.name("TEXT"));
    return found.length === 0
      ? { text: say("nobody") }
      : { text: say("found"), rows: found.map((user) => ({ ...personRow(user), act: () => chat.openDirect(user.userId) })) };
  }),
  onUser("invite", (api, room, user) => api.invite(room, user)),
  onUser("uninvite", (api, room, user) => api.uninvite(room, user)),
  listing("invited", "invitations"),
  onUser("kick", (api, room, user) => api.removeMember(room, user)),
  onUser("ban", (api, room, user) => api.ban(room, user)),
  onUser("unban", (api, room, user) => api.unban(room, user)),
  listing("bans", "bans"),
  onUser("mute", (api, room, user) => api.changeMember(room, user, { muted: true })),
  onUser("unmute", (api, room, user) => api.changeMember(room, user, { muted: false })),
  command("role USER ROLE", "/role bob admin", async ({ chat, room }, words) => {
    const role = words.text("ROLE").toLowerCase();
    if (!ROLES.includes(role)) {
      throw words.malformed(say("badRole"));
    }
    await chat.client.api.changeMember(room.roomId, words.user(), { role });
  }),
  command("owner USER", "/owner bob", ({ chat, room }, words) => {
    const user = words.user();
    chat.ask({
      kind: "confirm",
      title: say("handOverTo", { name: chat.people.name(user) }),
      text: say("handOverText"),
      action: say("handOverAction"),
      act: () => chat.attempt(() => chat.client.api.handOver(room.roomId, user)),
    });
  }),
];

/**
 * A command about one user; the room's events tell what it did.
 *
 * @param {string} name
 * @param {(api: import("../../parlance-client/api.js").Api, room: string, user: string) => Promise<unknown>} change
 */
function onUser(name, change) {
  return command(`${name} USER`, `/${name} bob`, async ({ chat, room }, words) => {
    await change(chat.client.api, room.roomId, words.user());
  });
}

/** @param {string} name @param {"invitations" | "bans"} list */
function listing(name, list) {
  const [some, none] =
    list === "bans"
      ? /** @type {const} */ (["areBanned", "nobodyBanned"])
      : /** @type {const} */ (["areInvited", "nobodyInvited"]);
  return command(name, `/${name}`, async ({ chat, room }) => {
    const users = await chat.client.api.members(room.roomId, list);
    return users.length === 0 ? { text: say(none) } : { text: say(some), rows: users.map(personRow) };
  });
}

/** @param {Page.User} given */
const personRow = ({ userId, name }) => ({ label: name, detail: `@${userId}` });
