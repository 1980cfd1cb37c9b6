import { isUnread } from "../room-preferences.js";
import { CommandError, command } from "./command.js";
import { requireFits } from "./message-commands.js";
import { findMessage } from "./named-message.js";
import { say } from "../../words/en/commands.js";

/** Commands that list, create and join rooms. */
export const ROOM_COMMANDS = [
  command("rooms [TEXT...]", "/rooms garden", ({ chat }, words) =>
    chat.ask({ kind: "find", text: words.findName("TEXT") ?? "" }),
  ),
  command("unread", "/unread", ({ chat }) => {
    const unread = chat.list.byRecency.filter(isUnread);
    return unread.length === 0
      ? { text: say("readAll") }
      : {
          text: say("unreadRooms"),
          rows: unread.map((room) => roomRow(chat, room, say("unreadCount", { count: room.unreadCount }))),
        };
  }),
  command("read [SEQ]", "/read 42", ({ chat, room }, words) => {
    const { roomId } = room;
    const timeline = chat.timelines.of(roomId);
    const seq = words.seqOf("SEQ") ?? /** @type {Page.Room} */ (chat.rooms.get(roomId)).head;
    chat.rooms.reading.read(
      roomId,
      Math.min(seq, /** @type {Page.Room} */ (chat.rooms.get(roomId)).head),
      timeline.message(seq)?.stamp,
    );
    return { text: say("markedRead") };
  }),
  command("mark MESSAGE", "/mark 12", async (place, words) =>
    place.chat.markUnread(place.room.roomId, await findMessage(place, words.message(), false)),
  ),
  command("create ROOM [VISIBILITY]", "/create greenhouse private", async ({ chat }, words) => {
    const visibility = words.find("VISIBILITY") ?? "public";
    if (visibility !== "public" && visibility !== "private") {
      throw words.malformed(say("badVisibility"));
    }
    const created = await chat.client.api.createRoom({ roomId: /** @type {string} */ (words.room()), visibility });
    chat.rooms.put(created);
    chat.open(created.roomId);
  }),
  command("join ROOM [SINCE] [STAMP]", "/join garden 42", async ({ chat }, words) => {
    const room = /** @type {string} */ (words.room());
    const seq = words.seqOf("SINCE");
    const stamp = words.find("STAMP");
    if (chat.rooms.get(room)?.membership !== "joined") {
      await chat.rooms.join(room);
    }
    chat.open(room, seq === undefined ? null : { seq, ...(stamp !== undefined && { stamp }) });
  }),
  command("leave [ROOM]", "/leave garden", async ({ chat, room }, words) => {
    const { roomId, visibility } = chat.rooms.get(words.room() ?? room.roomId) ?? unknown(/** @type {string} */ (words.room()));
    if (visibility === "private") {
      chat.ask({
        kind: "confirm",
        title: say("leaveWhat", { room: chat.rooms.title(/** @type {Page.Room} */ (chat.rooms.get(roomId))) }),
        text: say("leavePrivate"),
        action: say("leaveAction"),
        act: () => chat.attempt(() => chat.rooms.leave(roomId)),
      });
      return;
    }
    await chat.rooms.leave(roomId);
  }),
  command("msg USER [TEXT...]", "/msg bob Are you there?", async ({ chat }, words) => {
    const text = words.find("TEXT");
    requireFits(chat, text ?? "");
    const direct = await chat.client.api.openDirect(words.user());
    chat.rooms.put(direct);
    if (text !== undefined) {
      chat.client.send(direct.roomId, "post", { text });
    }
    chat.open(direct.roomId);
  }),
  command("invitations", "/invitations", ({ chat }) => {
    const { invitations } = chat.rooms;
    return invitations.length === 0
      ? { text: say("noInvitation") }
      : { text: say("yourInvitations"), rows: invitations.map((room) => roomRow(chat, room, `/accept ${room.roomId}`)) };
  }),
  command("accept [ROOM]", "/accept greenhouse", async ({ chat }, words) => {
    const room = invited(chat, words);
    await chat.rooms.join(room);
    chat.open(room);
  }),
  command("decline [ROOM]", "/decline greenhouse", async ({ chat }, words) => {
    const room = invited(chat, words);
    await chat.rooms.decline(room);
    return { text: say("declined", { room }) };
  }),
];

/** @param {string} room @returns {never} */
function unknown(room) {
  throw new CommandError(say("notInRoom", { room }));
}

/** Room that is named, or the room of the only invitation. @param {Page.Chat} chat @param {Page.Words} words */
function invited(chat, words) {
  const { invitations } = chat.rooms;
  const named = words.room();
  if (named !== undefined) {
    return named;
  }
  if (invitations.length === 0) {
    throw new CommandError(say("noInvitation"));
  }
  if (invitations.length > 1) {
    throw words.malformed(say("severalInvitations"));
  }
  return invitations[0].roomId;
}

/** @param {Page.Chat} chat @param {Page.Room} room @param {string} detail */
const roomRow = (chat, room, detail) => ({ label: chat.rooms.title(room), detail, act: () => chat.open(room.roomId) });
