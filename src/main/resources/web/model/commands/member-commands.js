import { command } from "./command.js";

const ROLES = ["owner", "admin", "member"];

/** Commands for the room's members and their permissions. */
export const MEMBER_COMMANDS = [
  command("who", "list the members, and say who is online", "/who", ({ chat }) => chat.showPanel({ kind: "members" })),
  command("arrivals", "be told who comes and goes, or no longer", "/arrivals", ({ chat }) => {
    chat.showPanel({ kind: "members" });
    return { text: "The list of members always shows who is here." };
  }),
  command("find TEXT...", "find users whose id or name begins with TEXT", "/find ali", async ({ chat }, words) => {
    const found = await chat.people.find(words.name("TEXT"));
    return found.length === 0
      ? { text: "Nobody is called so." }
      : { text: "Found", rows: found.map((user) => ({ ...personRow(user), act: () => chat.openDirect(user.userId) })) };
  }),
  onUser("invite", "invite somebody", (api, room, user) => api.invite(room, user)),
  onUser("uninvite", "take an invitation back", (api, room, user) => api.uninvite(room, user)),
  listing("invited", "list who is invited", "invitations", "Nobody is invited."),
  onUser("kick", "remove a member", (api, room, user) => api.removeMember(room, user)),
  onUser("ban", "remove somebody, who cannot come back", (api, room, user) => api.ban(room, user)),
  onUser("unban", "let somebody come back", (api, room, user) => api.unban(room, user)),
  listing("bans", "list who is banned", "bans", "Nobody is banned."),
  onUser("mute", "let a member only read", (api, room, user) => api.changeMember(room, user, { muted: true })),
  onUser("unmute", "let a member speak again", (api, room, user) => api.changeMember(room, user, { muted: false })),
  command("role USER ROLE", "make a member owner, admin or member", "/role bob admin", async ({ chat, room }, words) => {
    const role = words.text("ROLE").toLowerCase();
    if (!ROLES.includes(role)) {
      throw words.malformed("A role is owner, admin or member");
    }
    await chat.client.api.changeMember(room.roomId, words.user(), { role });
  }),
  command("owner USER", "hand the room over; you become an admin", "/owner bob", ({ chat, room }, words) => {
    const user = words.user();
    chat.ask({
      kind: "confirm",
      title: `Hand the room over to ${chat.people.name(user)}?`,
      text: "You will be an admin.",
      action: "Hand over",
      act: () => chat.attempt(() => chat.client.api.handOver(room.roomId, user)),
    });
  }),
];

/** A command about one user; the room's events show its effect. */
function onUser(name, summary, change) {
  return command(`${name} USER`, summary, `/${name} bob`, async ({ chat, room }, words) => {
    await change(chat.client.api, room.roomId, words.user());
  });
}

function listing(name, summary, list, none) {
  return command(name, summary, `/${name}`, async ({ chat, room }) => {
    const users = await chat.client.api.members(room.roomId, list);
    return users.length === 0 ? { text: none } : { text: name === "bans" ? "Banned" : "Invited", rows: users.map(personRow) };
  });
}

const personRow = ({ userId, name }) => ({ label: name, detail: `@${userId}` });
