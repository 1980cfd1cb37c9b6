/** Command for a terminal that opens line mode of this server. @param {string} origin */
export const lineCommand = (origin) => `websocat ${origin.replace(/^http/, "ws")}/lines`;
