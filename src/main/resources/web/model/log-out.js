import { lostByLogOut } from "./lost-by-log-out.js";
import { say } from "../words/en/chat.js";

/**
 * Logs out, here or everywhere, after a confirmation when something would be lost.
 *
 * @param {Page.Chat} chat
 * @param {{everywhere?: boolean}} [options]
 */
export function logOut(chat, { everywhere = false } = {}) {
  const lost = lostByLogOut(chat.client.unsent(), chat.drafts.count);
  if (lost === null) {
    return end(chat, everywhere);
  }
  return chat.ask({
    kind: "confirm",
    title: say("logOutTitle"),
    text: say("logOutText", { what: lost }),
    action: say("logOutAction"),
    act: () => end(chat, everywhere),
  });
}

/** @param {Page.Chat} chat @param {boolean} everywhere */
async function end(chat, everywhere) {
  const { client, drafts } = chat;
  const user = /** @type {string} */ (chat.user);
  if (everywhere) {
    await chat.attempt(async () => {
      await client.logOutEverywhere();
      drafts.clear(user);
    });
    return;
  }
  drafts.clear(user);
  if (!(await client.logOut())) {
    chat.note(say("notEnded"));
  }
}
