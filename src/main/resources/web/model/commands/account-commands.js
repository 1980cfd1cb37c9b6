import { CommandError, command } from "./command.js";
import { say } from "../../words/en/commands.js";

/** Length of the ids by which line mode shows sessions. */
const SHOWN_ID_LENGTH = 8;

/** Commands about the account and its sessions. */
export const ACCOUNT_COMMANDS = [
  command("register USER PASSWORD [NAME...]", "/register alice tomato-soup-7 Alice Liddell", refuseLogIn),
  command("redeem CODE USER PASSWORD [NAME...]", "/redeem invite-CODE alice tomato-soup-7 Alice Liddell", refuseLogIn),
  command("login USER PASSWORD...", "/login alice tomato-soup-7", refuseLogIn),
  command("password OLD NEW...", "/password tomato-soup-7 potato-soup-8", async ({ chat }, words) => {
    await chat.client.api.changePassword(words.text("OLD"), words.unquoted("NEW"));
    return { text: say("passwordChanged") };
  }),
  command("sessions", "/sessions", ({ chat }) => chat.ask({ kind: "account" })),
  command("end SESSION", "/end others", async ({ chat }, words) => {
    const { api } = chat.client;
    const ended = sessionsFor(words.text("SESSION").toLowerCase(), await api.sessions());
    for (const { sessionId } of ended) {
      await api.endSession(sessionId);
    }
    return { text: say("sessionsEnded", { count: ended.length }) };
  }),
  command("logout", "/logout", ({ chat }) => chat.logOut()),
  command("quit", "/quit", ({ chat }) => chat.showRooms()),
];

/** @param {import("./command.js").Place} given */
function refuseLogIn({ chat }) {
  throw new CommandError(say("loggedIn", { user: chat.user }));
}

/** @param {string} which @param {Page.Session[]} sessions */
function sessionsFor(which, sessions) {
  if (which === "others") {
    return sessions.filter(({ current }) => !current);
  }
  const found = sessions.filter(({ sessionId }) => sessionId === which || sessionId.slice(0, SHOWN_ID_LENGTH) === which);
  if (found.length === 0) {
    throw new CommandError(say("noSession"));
  }
  return found;
}
