/** What to type into a terminal to use the same server from there. */
export const lineCommand = (origin) => `websocat ${origin.replace(/^http/, "ws")}/lines`;
