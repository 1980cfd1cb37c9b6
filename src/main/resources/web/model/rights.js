/** Whether the user may write, react and pin in a room; the server decides, this is what the page offers. */
export const mayPost = (room) => Boolean(room.member && !room.muted && !room.archived);

/** Whether the user looks after the room. */
export const mayManage = (room) =>
  Boolean(room.member && !room.archived && room.visibility !== "direct" && (room.role === "owner" || room.role === "admin"));

export const mayOwn = (room) => Boolean(room.member && room.visibility !== "direct" && room.role === "owner");

export const mayEdit = (room, message, user) => mayPost(room) && message.sender === user;

export const mayDelete = (room, message, user) =>
  Boolean(room.member && !room.archived && (message.sender === user || mayManage(room)));

const RANK = { member: 0, admin: 1, owner: 2 };

/** Whether the user may remove, mute or ban a member: only who stands below. */
export const mayModerate = (room, member, user) =>
  mayManage(room) && member.userId !== user && RANK[member.role] < RANK[room.role];
