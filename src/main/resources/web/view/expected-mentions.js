/** Limit of the mentions of a message, as on the server. */
const MAX_NAMES = 50;
const NAME = /@([a-z0-9][a-z0-9_]{0,31}(?:[.-][a-z0-9_]{1,31}){0,16})/gi;

/**
 * Members whom a text probably mentions. Used until the server has found the mentions, so that nothing moves then.
 *
 * @param {string} text
 * @param {(user: string) => unknown} isMember
 */
export function expectedMentions(text, isMember) {
  const names = [...new Set([...text.matchAll(NAME)].map(([, name]) => name.toLowerCase()))];
  return names.slice(0, MAX_NAMES).filter(isMember);
}
