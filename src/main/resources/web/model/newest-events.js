/**
 * The newest event and the newest message of a room, of two known states.
 *
 * @param {Pick<Page.Room, "head" | "headStamp" | "lastMessage">} told
 * @param {Pick<Page.Room, "head" | "headStamp" | "lastMessage"> | null} known
 */
export function newestEvents(told, known) {
  const isNewer = told.head >= (known?.head ?? 0);
  const isNewerMessage = (told.lastMessage?.seq ?? 0) >= (known?.lastMessage?.seq ?? 0);
  return {
    head: isNewer ? told.head : (known?.head ?? 0),
    headStamp: isNewer ? told.headStamp : known?.headStamp,
    lastMessage: isNewerMessage ? told.lastMessage && { seq: told.lastMessage.seq, at: told.lastMessage.at } : known?.lastMessage,
  };
}
