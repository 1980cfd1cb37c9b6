/**
 * True when the user may write, react and pin in a room. The server decides; the page offers it only then.
 *
 * @param {Page.Room} room
 */
export const mayPost = (room) => Boolean(room.membership === "joined" && !room.muted && !room.archived);

/** True when the user may manage the room. @param {Page.Room} room */
export const mayManage = (room) =>
  Boolean(
    room.membership === "joined" &&
    !room.archived &&
    room.visibility !== "direct" &&
    (room.role === "owner" || room.role === "admin"),
  );

/** @param {Page.Room} room */
export const mayOwn = (room) => Boolean(room.membership === "joined" && room.visibility !== "direct" && room.role === "owner");

/** @param {Page.Room} room @param {Page.Message} message @param {string | null} user */
export const mayEdit = (room, message, user) => mayPost(room) && message.sender === user;

/** @param {Page.Room} room @param {Page.Message} message @param {string | null} user */
export const mayDelete = (room, message, user) =>
  Boolean(room.membership === "joined" && !room.archived && (message.sender === user || mayManage(room)));

const RANK = { member: 0, admin: 1, owner: 2 };

/**
 * True when the user may remove, mute or ban a member, whose role must be lower.
 *
 * @param {Page.Room} room
 * @param {Page.Member} member
 * @param {string | null} user
 */
export const mayModerate = (room, member, user) =>
  mayManage(room) && member.userId !== user && RANK[member.role] < RANK[room.role ?? "member"];
