/** What to type into a terminal to use the same server from there. @param {string} origin */
export const lineCommand = (origin) => `websocat ${origin.replace(/^http/, "ws")}/lines`;
