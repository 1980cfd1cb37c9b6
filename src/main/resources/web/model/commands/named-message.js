import { MAX_PAGE } from "../../parlance-client/index.js";
import { CommandError } from "./command.js";
import { say } from "../../words/en/commands.js";

/**
 * The message that a command names.
 *
 * @param {import("./command.js").Place} place
 * @param {number | null} seq null for the room's newest message
 * @param {boolean} isOwn true for the user's own newest message
 * @returns {Promise<Page.Message>}
 * @throws {CommandError} when there is none
 */
export async function findMessage({ chat, room }, seq, isOwn) {
  const timeline = chat.timelines.of(room.roomId);
  const found =
    seq === null ? await newest(chat, room, timeline, isOwn) : (timeline.message(seq) ?? (await stored(chat, room, seq)));
  if (!found) {
    throw new CommandError(say("noMessage"));
  }
  return found;
}

/**
 * The newest message in the timeline, which is loaded when the list shows older ones.
 *
 * @param {Page.Chat} chat
 * @param {Page.Room} room
 * @param {Page.Timeline} timeline
 * @param {boolean} isOwn
 */
async function newest(chat, room, timeline, isOwn) {
  /** @param {Page.RoomEvent} event */
  const fits = (event) => event.kind === "message" && !event.deleted && (!isOwn || event.sender === chat.user);
  const held = timeline.atEnd ? timeline.items.findLast(fits) : undefined;
  return held ?? (await chat.client.api.events(room.roomId, { limit: MAX_PAGE })).events.findLast(fits);
}

/** @param {Page.Chat} chat @param {Page.Room} room @param {number} seq */
async function stored(chat, room, seq) {
  try {
    return await chat.client.api.message(room.roomId, seq);
  } catch (failure) {
    if (failure.retryable) {
      throw failure;
    }
    return undefined;
  }
}
