package chat.parlance.websocket;

import chat.parlance.auth.Tokens;
import chat.parlance.model.Principal;
import chat.parlance.model.UserId;
import chat.parlance.protocol.CloseCode;
import io.vertx.core.Future;
import java.util.List;

/** Who the person is. */
final class AccountCommands {

    static final List<LineCommand> TABLE = List.of(
            LineCommand.of(
                    "register USER PASSWORD [NAME...]",
                    "make an account and log in",
                    "/register alice tomato-soup-7 Alice Liddell",
                    AccountCommands::register),
            LineCommand.of(
                    "login USER PASSWORD...",
                    "log in",
                    "/login alice tomato-soup-7",
                    (session, arguments) -> logIn(session, arguments.user(), arguments.text("PASSWORD"))),
            LineCommand.of("logout", "log out", "/logout", (session, arguments) -> logOut(session)),
            LineCommand.of("quit", "go away", "/quit", (session, arguments) -> quit(session)));

    private AccountCommands() {}

    private static Future<?> register(LineSession session, LineArguments arguments) {
        UserId user = arguments.user();
        String password = arguments.text("PASSWORD");
        String name = arguments.find("NAME").orElse(user.value());
        return session.auth()
                .register(user, password, name, null, session.connection().address())
                .compose(done -> logIn(session, user, password));
    }

    private static Future<?> logIn(LineSession session, UserId user, String password) {
        session.connection().forget();
        return session.auth()
                .logIn(user, password, session.connection().address())
                .map(Tokens::principal)
                .compose(principal -> {
                    session.connection().authenticated(principal);
                    return session.welcome(principal);
                });
    }

    private static Future<?> logOut(LineSession session) {
        Principal principal = session.connection().requirePrincipal();
        session.forget();
        return session.auth().logOut(principal).onSuccess(done -> session.print("* You are logged out."));
    }

    private static Future<?> quit(LineSession session) {
        session.print("* Bye.");
        session.connection().close(CloseCode.BYE);
        return Future.succeededFuture();
    }
}
