package chat.parlance.lines;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import chat.parlance.testing.Rest;
import chat.parlance.testing.Roles;
import chat.parlance.testing.Terminal;
import chat.parlance.testing.TestNode;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Scripts of the commands for log-in, log-out and help, one for each. */
final class AccountScripts {

    static final Map<String, Consumer<LineScene>> ALL = Map.ofEntries(
            entry("register", scene -> {
                try (Terminal nobody = Terminal.open()) {
                    nobody.ask("/register line-bob some-pass-word", "! ", "(user.exists)");
                    nobody.ask("/register line-new short", "(bad_request)");
                    nobody.ask("/register line-new some-pass-word New Comer", "* You are line-new.");
                    nobody.ask("/join " + scene.room(), "* You are in");
                    assertThat(LineScene.BOB
                                    .get("/rooms/" + scene.room() + "/members")
                                    .body())
                            .contains("New Comer");
                }
            }),
            entry("redeem", scene -> {
                Rest administrator = Roles.logIn("administrator", "line-inviter");
                String code = Roles.invite(administrator, Map.of("roomIds", List.of(scene.room())));
                try (Terminal nobody = Terminal.open()) {
                    nobody.ask("/redeem invite-wrong line-guest some-pass-word", "(link.invalid)");
                    nobody.ask("/redeem " + code + " line-invited some-pass-word In Vited", "* You are line-invited.");
                    assertThat(LineScene.BOB
                                    .get("/rooms/" + scene.room() + "/members")
                                    .body())
                            .contains("In Vited");
                    nobody.ask("/redeem " + code + " line-again some-pass-word", "(link.invalid)");
                }
            }),
            entry("login", scene -> {
                try (Terminal nobody = Terminal.open()) {
                    nobody.ask("/login line-bob not the password", "! Unknown user or wrong password");
                    nobody.ask("/login line-bob " + Rest.PASSWORD, "* You are line-bob.");
                }
            }),
            entry("logout", scene -> {
                try (Terminal leaver = Terminal.of(Rest.logIn(TestNode.address(), "line-bob"))) {
                    leaver.ask("/logout", "* You are logged out.");
                    leaver.ask("/rooms", "(auth.required)");
                }
            }),
            entry("password", scene -> {
                Rest.logIn(TestNode.address(), "line-password");
                try (Terminal mine = Terminal.open();
                        Terminal again = Terminal.open()) {
                    mine.ask("/login line-password " + Rest.PASSWORD, "* You are line-password.");
                    mine.ask("/password wrong-one tomato-soup-7", "(auth.invalid_credentials)");
                    mine.ask("/password \"" + Rest.PASSWORD + "\" password123", "(password.weak)");
                    mine.ask("/password \"" + Rest.PASSWORD + "\" tomato soup 7", "* Your password is changed.");
                    again.ask("/login line-password " + Rest.PASSWORD, "(auth.invalid_credentials)");
                    again.ask("/login line-password tomato soup 7", "* You are line-password.");
                }
            }),
            entry("sessions", scene -> {
                try (Terminal mine = Terminal.of(Rest.logIn(TestNode.address(), "line-sessions"))) {
                    assertThat(mine.ask("/sessions", ", this one)"))
                            .matches("\\* [0-9a-f]{8} \\(Java-http-client.*, since .* [0-9:]{5}, used .*, this one\\)");
                }
            }),
            entry("end", scene -> {
                Rest.logIn(TestNode.address(), "line-end");
                try (Terminal mine = Terminal.open();
                        Terminal other = Terminal.open()) {
                    other.ask("/login line-end " + Rest.PASSWORD, "* You are line-end.");
                    mine.ask("/login line-end " + Rest.PASSWORD, "* You are line-end.");
                    mine.ask("/end 00000000", "! You have no such session", "(not_found)");
                    String listed = mine.ask("/sessions", "this one");
                    assertThat(listed.lines()).hasSize(3);
                    String another = listed.lines()
                            .filter(line -> line.contains("a terminal") && !line.contains("this one"))
                            .findFirst()
                            .orElseThrow();
                    mine.ask("/end " + another.substring(2, 10), "* Done.");
                    assertThat(other.socket().awaitClose()).isEqualTo(4401);
                    mine.ask("/end others", "* Done.");
                    assertThat(mine.ask("/sessions", "this one").lines()).hasSize(1);
                }
            }),
            entry("quit", scene -> {
                scene.bob().ask("/quit", "* Bye.");
                assertThat(scene.bob().socket().awaitClose()).isEqualTo(1000);
            }),
            entry("help", scene -> {
                assertThat(scene.bob().ask("/help", "/register USER"))
                        .contains(LineCommands.TABLE.stream()
                                .map(LineCommand::usage)
                                .toList());
                scene.bob().ask("/commands", "/register USER");
                scene.bob().ask("/help /Kick", "/kick USER", "remove a member", "Example: /kick bob");
                scene.bob().ask("/help dance", "! No such command: /dance", "(frame.unknown)");
            }));

    private AccountScripts() {}
}
