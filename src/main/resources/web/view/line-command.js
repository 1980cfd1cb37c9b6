/** What to type into a terminal to use the same server from there. */
export const lineCommand = (chat) => `websocat ${chat.origin.replace(/^http/, "ws")}/lines`;
