import { isUnread } from "../room-preferences.js";
import { CommandError, command } from "./command.js";
import { requireFits } from "./message-commands.js";
import { findMessage } from "./named-message.js";

/** Commands that list, create and join rooms. */
export const ROOM_COMMANDS = [
  command("rooms [TEXT...]", "list rooms, those with TEXT in them", "/rooms garden", ({ chat }, words) =>
    chat.ask({ kind: "find", text: words.findName("TEXT") ?? "" }),
  ),
  command("unread", "list your rooms with unread messages", "/unread", ({ chat }) => {
    const unread = chat.list.byRecency.filter(isUnread);
    return unread.length === 0
      ? { text: "You have read everything." }
      : { text: "Rooms with unread messages", rows: unread.map((room) => roomRow(chat, room, `${room.unread} unread`)) };
  }),
  command("read [SEQ]", "mark the room as read, or up to SEQ", "/read 42", ({ chat, room }, words) => {
    const { roomId } = room;
    const timeline = chat.timelines.of(roomId);
    const seq = words.seqOf("SEQ") ?? chat.rooms.get(roomId).head;
    chat.rooms.read(roomId, Math.min(seq, chat.rooms.get(roomId).head), timeline.message(seq)?.stamp);
    return { text: "Marked as read." };
  }),
  command("mark MESSAGE", "mark the room as unread from a message on", "/mark 12", async (place, words) =>
    place.chat.markUnread(place.room.roomId, await findMessage(place, words.message(), false)),
  ),
  command("create ROOM [VISIBILITY]", "make a room, public or private, and join it", "/create greenhouse private", async ({ chat }, words) => {
    const visibility = words.find("VISIBILITY") ?? "public";
    if (visibility !== "public" && visibility !== "private") {
      throw words.malformed("A room is public or private");
    }
    const created = await chat.client.api.createRoom({ roomId: words.room(), visibility });
    chat.rooms.put(created);
    chat.open(created.roomId);
  }),
  command("join ROOM [SINCE] [STAMP]", "join a room, from the event after SINCE if it has that STAMP", "/join garden 42", async ({ chat }, words) => {
    const room = words.room();
    const seq = words.seqOf("SINCE");
    const stamp = words.find("STAMP");
    if (!chat.rooms.get(room)?.member) {
      await chat.rooms.join(room);
    }
    chat.open(room, seq === undefined ? null : { seq, ...(stamp !== undefined && { stamp }) });
  }),
  command("leave [ROOM]", "leave this or another room for good", "/leave garden", async ({ chat, room }, words) => {
    const { roomId, visibility } = chat.rooms.get(words.room() ?? room.roomId) ?? unknown(words.room());
    if (visibility === "private") {
      chat.ask({
        kind: "confirm",
        title: `Leave ${chat.rooms.title(chat.rooms.get(roomId))}?`,
        text: "Only an invitation brings you back.",
        action: "Leave",
        act: () => chat.attempt(() => chat.rooms.leave(roomId)),
      });
      return;
    }
    await chat.rooms.leave(roomId);
  }),
  command("msg USER [TEXT...]", "talk with somebody alone", "/msg bob Are you there?", async ({ chat }, words) => {
    const text = words.find("TEXT");
    requireFits(chat, text ?? "");
    const direct = await chat.client.api.openDirect(words.user());
    chat.rooms.put(direct);
    if (text !== undefined) {
      chat.client.send(direct.roomId, "post", { text });
    }
    chat.open(direct.roomId);
  }),
  command("invitations", "list the rooms that you are invited to", "/invitations", ({ chat }) => {
    const { invitations } = chat.rooms;
    return invitations.length === 0
      ? { text: "You have no invitation." }
      : { text: "Your invitations", rows: invitations.map((room) => roomRow(chat, room, `/accept ${room.roomId}`)) };
  }),
  command("accept [ROOM]", "take an invitation, and join the room", "/accept greenhouse", async ({ chat }, words) => {
    const room = invited(chat, words);
    await chat.rooms.join(room);
    chat.open(room);
  }),
  command("decline [ROOM]", "decline an invitation", "/decline greenhouse", async ({ chat }, words) => {
    const room = invited(chat, words);
    await chat.rooms.decline(room);
    return { text: `You declined to join ${room}.` };
  }),
];

function unknown(room) {
  throw new CommandError(`You are not in a room ${room}.`);
}

/** Room that is named, or the room of the only invitation. */
function invited(chat, words) {
  const { invitations } = chat.rooms;
  const named = words.room();
  if (named !== undefined) {
    return named;
  }
  if (invitations.length === 0) {
    throw new CommandError("You have no invitation.");
  }
  if (invitations.length > 1) {
    throw words.malformed("You have several invitations, say the room");
  }
  return invitations[0].roomId;
}

const roomRow = (chat, room, detail) => ({ label: chat.rooms.title(room), detail, act: () => chat.open(room.roomId) });
