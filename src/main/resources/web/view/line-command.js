/** Command for a terminal that opens line mode of this server. */
export const lineCommand = (origin) => `websocat ${origin.replace(/^http/, "ws")}/lines`;
