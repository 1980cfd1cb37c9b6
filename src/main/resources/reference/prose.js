/**
 * The Markdown subset of descriptions, as parts of a text: code in backticks, links, and plain text between. No markup
 * is made from text, so the content security policy has nothing to forbid.
 *
 * @param {string} text
 * @param {{code: (text: string) => any, link: (text: string, target: string) => any}} make
 * @returns {any[]}
 */
export function prose(text, make) {
  return text
    .split(/(`[^`]+`|\[[^\]]+]\([^)\s]+\))/)
    .filter(Boolean)
    .map((part) => {
      if (part.startsWith("`") && part.endsWith("`")) {
        return make.code(part.slice(1, -1));
      }
      const link = part.match(/^\[([^\]]+)]\((?!javascript:)([^)\s]+)\)$/i);
      return link ? make.link(link[1], link[2]) : part;
    });
}
