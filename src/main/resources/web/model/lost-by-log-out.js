/**
 * Text about what a log-out would delete, for the confirmation; null when nothing would be lost.
 *
 * @param {{type: string}[]} requests that are not sent
 * @param {number} drafts
 * @returns {string | null}
 */
export function lostByLogOut(requests, drafts) {
  const messages = requests.filter(({ type }) => type === "post").length;
  const parts = [
    counted(messages, "message that is not sent", "messages that are not sent"),
    counted(requests.length - messages, "change that is not sent", "changes that are not sent"),
    counted(drafts, "draft", "drafts"),
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : [parts.slice(0, -1).join(", "), parts.at(-1)].filter(Boolean).join(" and ");
}

const counted = (count, one, many) => (count === 0 ? null : count === 1 ? `1 ${one}` : `${count} ${many}`);
