import { CommandError, command } from "./command.js";

/** Length of the ids by which line mode shows sessions. */
const SHOWN_ID_LENGTH = 8;

/** Commands about the account and its sessions. */
export const ACCOUNT_COMMANDS = [
  command("register USER PASSWORD [NAME...]", "make an account and log in", "/register alice tomato-soup-7 Alice Liddell", refuseLogIn),
  command("login USER PASSWORD...", "log in", "/login alice tomato-soup-7", refuseLogIn),
  command(
    "password OLD NEW...",
    "change your password, which ends your other sessions",
    "/password tomato-soup-7 potato-soup-8",
    async ({ chat }, words) => {
      await chat.client.api.changePassword(words.text("OLD"), words.unquoted("NEW"));
      return { text: "Your password is changed, and your other sessions are ended." };
    },
  ),
  command("sessions", "list where you are logged in", "/sessions", ({ chat }) => chat.ask({ kind: "account" })),
  command("end SESSION", "end one of your sessions, or all others", "/end others", async ({ chat }, words) => {
    const { api } = chat.client;
    const ended = sessionsFor(words.text("SESSION").toLowerCase(), await api.sessions());
    for (const { sessionId } of ended) {
      await api.endSession(sessionId);
    }
    return { text: ended.length === 1 ? "1 session is ended." : `${ended.length} sessions are ended.` };
  }),
  command("logout", "log out", "/logout", ({ chat }) => chat.logOut()),
  command("quit", "go away", "/quit", ({ chat }) => chat.showRooms()),
];

function refuseLogIn({ chat }) {
  throw new CommandError(`You are logged in as ${chat.user}. Log out first, then log in or make an account at the door.`);
}

function sessionsFor(which, sessions) {
  if (which === "others") {
    return sessions.filter(({ current }) => !current);
  }
  const found = sessions.filter(({ sessionId }) => sessionId === which || sessionId.slice(0, SHOWN_ID_LENGTH) === which);
  if (found.length === 0) {
    throw new CommandError("You have no such session, see /sessions.");
  }
  return found;
}
