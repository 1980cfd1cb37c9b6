import { listed } from "../words/words.js";
import { say } from "../words/en/chat.js";

/**
 * Text about what a log-out would delete, for the confirmation; null when nothing would be lost.
 *
 * @param {{type: string}[]} requests that are not sent
 * @param {number} drafts
 * @returns {string | null}
 */
export function lostByLogOut(requests, drafts) {
  const messages = requests.filter(({ type }) => type === "post").length;
  const changes = requests.length - messages;
  const parts = [
    messages > 0 && say("lostMessages", { count: messages }),
    changes > 0 && say("lostChanges", { count: changes }),
    drafts > 0 && say("lostDrafts", { count: drafts }),
  ].filter(Boolean);
  return parts.length === 0 ? null : /** @type {string} */ (listed(parts));
}
