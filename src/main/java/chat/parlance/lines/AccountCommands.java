package chat.parlance.lines;

import chat.parlance.auth.NewPasswords;
import chat.parlance.auth.OpenSession;
import chat.parlance.auth.Tokens;
import chat.parlance.error.ChatException;
import chat.parlance.error.ErrorCode;
import chat.parlance.model.Principal;
import chat.parlance.model.SessionId;
import chat.parlance.model.UserId;
import chat.parlance.protocol.CloseCode;
import io.vertx.core.Future;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Commands for the person's account and sessions. */
final class AccountCommands {

    private static final String OTHERS = "others";
    private static final int SHOWN_ID_LENGTH = 8;
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm").withZone(ZoneOffset.UTC);

    static final List<LineCommand> TABLE = List.of(
            LineCommand.of(
                    "register USER PASSWORD [NAME...]",
                    "make an account and log in",
                    "/register alice tomato-soup-7 Alice Liddell",
                    (session, arguments) -> register(session, arguments, null)),
            LineCommand.of(
                    "redeem CODE USER PASSWORD [NAME...]",
                    "make an account by an invite and log in",
                    "/redeem invite-CODE alice tomato-soup-7 Alice Liddell",
                    (session, arguments) -> register(session, arguments, arguments.text("CODE"))),
            LineCommand.of(
                    "login USER PASSWORD...",
                    "log in",
                    "/login alice tomato-soup-7",
                    (session, arguments) -> logIn(session, arguments.user(), arguments.unquoted("PASSWORD"))),
            LineCommand.of(
                    "password OLD NEW...",
                    "change your password, which ends your other sessions",
                    "/password tomato-soup-7 potato-soup-8",
                    AccountCommands::changePassword),
            LineCommand.of(
                    "sessions", "list where you are logged in", "/sessions", (session, arguments) -> sessions(session)),
            LineCommand.of(
                    "end SESSION",
                    "end one of your sessions, or all others",
                    "/end others",
                    (session, arguments) -> end(session, arguments.text("SESSION"))),
            LineCommand.of("logout", "log out", "/logout", (session, arguments) -> logOut(session)),
            LineCommand.of("quit", "go away", "/quit", (session, arguments) -> quit(session)));

    private AccountCommands() {}

    private static Future<TerminalText> register(
            LineSession session, LineArguments arguments, @Nullable String invite) {
        UserId user = arguments.user();
        String password = arguments.text("PASSWORD");
        String name = arguments.findName("NAME").orElse(user.value());
        return session.registrations()
                .register(
                        new NewPasswords.Wanted(user, password, name, null),
                        invite,
                        session.connection().requester())
                .compose(done -> logIn(session, user, password));
    }

    private static Future<TerminalText> logIn(LineSession session, UserId user, String password) {
        session.connection().forget();
        return session.auth()
                .logIn(user, password, session.connection().requester())
                .map(Tokens::principal)
                .compose(principal -> {
                    session.connection().own(principal);
                    session.connection().authenticated(principal);
                    return session.welcome(principal);
                });
    }

    private static Future<TerminalText> changePassword(LineSession session, LineArguments arguments) {
        return session.auth()
                .changePassword(
                        session.connection().requirePrincipal(),
                        arguments.text("OLD"),
                        arguments.unquoted("NEW"),
                        session.connection().requester())
                .map(changed -> TerminalText.of("* Your password is changed."));
    }

    private static Future<TerminalText> sessions(LineSession session) {
        Principal principal = session.connection().requirePrincipal();
        return session.auth()
                .sessions(principal)
                .map(open -> TerminalText.lines(open.stream()
                        .map(one -> line(one, one.id().equals(principal.session())))
                        .toList()));
    }

    private static TerminalText line(OpenSession session, boolean current) {
        return TerminalText.of(
                "* %s (%s, since %s, used %s%s)",
                shortId(session),
                session.agent().isEmpty() ? "a terminal" : session.agent(),
                MINUTE.format(session.createdAt()),
                MINUTE.format(session.usedAt()),
                current ? ", this one" : "");
    }

    private static Future<TerminalText> end(LineSession session, String which) {
        Principal principal = session.connection().requirePrincipal();
        Future<?> ended = which.equalsIgnoreCase(OTHERS)
                ? session.auth().endOtherSessions(principal)
                : session.auth()
                        .sessions(principal)
                        .compose(open -> session.auth().endSession(principal, find(open, which)));
        return ended.map(done -> TerminalText.of("* Done."));
    }

    private static SessionId find(List<OpenSession> open, String which) {
        return open.stream()
                .filter(session -> shortId(session).equalsIgnoreCase(which))
                .map(OpenSession::id)
                .findFirst()
                .orElseThrow(() -> new ChatException(ErrorCode.NOT_FOUND, "You have no such session, see /sessions"));
    }

    private static String shortId(OpenSession session) {
        return session.id().value().toString().substring(0, SHOWN_ID_LENGTH);
    }

    private static Future<TerminalText> logOut(LineSession session) {
        Principal principal = session.connection().requirePrincipal();
        session.forget();
        return session.auth().logOut(principal).map(done -> TerminalText.of("* You are logged out."));
    }

    private static Future<TerminalText> quit(LineSession session) {
        session.print(TerminalText.of("* Bye."));
        session.connection().close(CloseCode.BYE);
        return Future.succeededFuture(TerminalText.EMPTY);
    }
}
