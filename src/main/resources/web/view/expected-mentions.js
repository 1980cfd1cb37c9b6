/** Names of which the server keeps as many as it allows in a message. */
const MAX_NAMES = 50;
const NAME = /@([a-z0-9][a-z0-9_]{0,31}(?:[.-][a-z0-9_]{1,31}){0,16})/gi;

/**
 * The members whom a text seems to mention, until the server has said whom it does: so that nothing moves when it has.
 *
 * @param {string} text
 * @param {(user: string) => unknown} isMember
 */
export function expectedMentions(text, isMember) {
  const names = [...new Set([...text.matchAll(NAME)].map(([, name]) => name.toLowerCase()))];
  return names.slice(0, MAX_NAMES).filter(isMember);
}
