package chat.parlance;

import chat.parlance.account.Account;
import chat.parlance.account.AccountChange;
import chat.parlance.account.AccountFilter;
import chat.parlance.account.Actor;
import chat.parlance.account.AuditEntry;
import chat.parlance.account.Invite;
import chat.parlance.account.InviteService;
import chat.parlance.account.IssuedToken;
import chat.parlance.account.IssuedTokens;
import chat.parlance.account.LinkCode;
import chat.parlance.auth.NewAccount;
import chat.parlance.auth.NewPasswords;
import chat.parlance.config.ConfigFlags;
import chat.parlance.config.ConfigLoader;
import chat.parlance.error.ChatException;
import chat.parlance.error.StartupException;
import chat.parlance.http.AccountJson;
import chat.parlance.model.Grant;
import chat.parlance.model.PageSize;
import chat.parlance.model.RoomId;
import chat.parlance.model.Scope;
import chat.parlance.model.ServerRole;
import chat.parlance.model.SessionId;
import chat.parlance.model.UserId;
import java.io.BufferedReader;
import java.io.Console;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code parlance admin}: acts of administrators, on the database. Each method is one command. */
@Command(
        name = "admin",
        description = {
            "Administrate the accounts of a server: on its database, beside running nodes or with none.",
            "Running nodes follow within two seconds. Each act has an entry in the audit trail."
        })
final class AdminCommand {

    private final ConfigFlags flags = new ConfigFlags();

    private final CommandLine line;

    private AdminCommand() {
        this.line = new CommandLine(this);
    }

    /** The command with its commands, each with the flags of the database. */
    static CommandLine line() {
        AdminCommand command = new AdminCommand();
        command.line
                .getSubcommands()
                .values()
                .forEach(each -> command.flags.addTo(each.getCommandSpec(), "data", "postgres.uri"));
        return command.line;
    }

    @Command(
            name = "create-owner",
            description = {
                "Make an account that owns the server. The password is asked for, or read from the standard input.",
                "Makes the database when there is none yet."
            })
    int createOwner(
            @Parameters(paramLabel = "USER") String user,
            @Option(names = "--name", paramLabel = "NAME", description = "Display name. Default: the user id") @Nullable
                    String name)
            throws IOException {
        UserId id = user(user);
        String password = password();
        try (AdminSession session = AdminSession.openOrMake(ConfigLoader.load(flags, System.getenv()))) {
            NewPasswords.Wanted wanted = new NewPasswords.Wanted(id, password, name == null ? user : name, null);
            NewAccount account =
                    refused(() -> AdminSession.await(session.passwords().account(wanted, AdminSession.requester())));
            AdminSession.await(session.accountStore().createOwner(account));
            line.getOut().println(id + " is an owner of the server.");
        }
        return 0;
    }

    @Command(name = "users", description = "List accounts: id, role, active or disabled, and name, by tabs.")
    int users(
            @Parameters(paramLabel = "TEXT", arity = "0..1", description = "Part of the id, name or e-mail address.")
                    @Nullable
                    String text,
            @Option(names = "--role", paramLabel = "ROLE", description = "Only this role.") @Nullable String role,
            @Option(names = "--disabled", description = "Only disabled accounts.") boolean disabled)
            throws IOException {
        AccountFilter filter = new AccountFilter(
                text == null ? "" : text, role == null ? null : role(role), disabled ? Boolean.TRUE : null);
        try (AdminSession session = open()) {
            String after = "";
            List<Account> page;
            do {
                String from = after;
                page = refused(() ->
                        AdminSession.await(session.accounts().list(Actor.COMMAND_LINE, filter, from, PageSize.MAX)));
                page.forEach(this::print);
                after = page.isEmpty() ? "" : page.getLast().user().value();
            } while (page.size() == PageSize.MAX);
        }
        return 0;
    }

    @Command(name = "role", description = "Change the role of an account: owner, administrator, member or guest.")
    int changeRole(@Parameters(paramLabel = "USER") String user, @Parameters(paramLabel = "ROLE") String role)
            throws IOException {
        return change(user, new AccountChange(role(role), null));
    }

    @Command(
            name = "disable",
            description = "Disable an account: its sessions end, and nobody can log in to it. Its messages stay.")
    int disable(@Parameters(paramLabel = "USER") String user) throws IOException {
        return change(user, new AccountChange(null, true));
    }

    @Command(name = "enable", description = "Enable a disabled account.")
    int enable(@Parameters(paramLabel = "USER") String user) throws IOException {
        return change(user, new AccountChange(null, false));
    }

    @Command(name = "end-sessions", description = "End all sessions of an account.")
    int endSessions(@Parameters(paramLabel = "USER") String user) throws IOException {
        try (AdminSession session = open()) {
            AdminSession.await(session.accounts().endSessions(Actor.COMMAND_LINE, user(user)));
            line.getOut().println("All sessions of " + user + " are ended.");
        }
        return 0;
    }

    @Command(name = "reset-password", description = "Print a code with which the user sets a new password, once.")
    int resetPassword(@Parameters(paramLabel = "USER") String user) throws IOException {
        try (AdminSession session = open()) {
            LinkCode code = AdminSession.await(session.accounts().makeReset(Actor.COMMAND_LINE, user(user)));
            line.getOut().println(code.text());
        }
        return 0;
    }

    @Command(name = "invite", description = "Print the code of a new invite to the server.")
    int invite(
            @Option(
                            names = "--role",
                            paramLabel = "ROLE",
                            defaultValue = "member",
                            description = "Role: administrator, member or guest. Default: ${DEFAULT-VALUE}")
                    String role,
            @Option(
                            names = "--uses",
                            paramLabel = "N",
                            defaultValue = "1",
                            description = "Accounts that it may make. Default: ${DEFAULT-VALUE}")
                    int uses,
            @Option(
                            names = "--days",
                            paramLabel = "N",
                            defaultValue = "7",
                            description = "Days until it expires. Default: ${DEFAULT-VALUE}")
                    int days,
            @Option(
                            names = "--by",
                            paramLabel = "USER",
                            description = "Invite as this administrator; needed for --rooms.")
                    @Nullable
                    String by,
            @Option(
                            names = "--rooms",
                            paramLabel = "ROOM",
                            split = ",",
                            description = "Rooms that the new account joins at once.")
                    String @Nullable [] rooms)
            throws IOException {
        try (AdminSession session = open()) {
            InviteService.Made made = refused(() -> {
                InviteService.Wanted wanted = new InviteService.Wanted(
                        role(role),
                        uses,
                        Duration.ofDays(days),
                        rooms == null
                                ? List.of()
                                : Stream.of(rooms).map(RoomId::new).toList());
                Actor actor = by == null ? Actor.COMMAND_LINE : new Actor(new UserId(by));
                return AdminSession.await(session.invites().make(actor, wanted));
            });
            line.getOut().println(made.code().text());
        }
        return 0;
    }

    @Command(name = "invites", description = "List the invites that can still be used, the newest first, by tabs.")
    int invites() throws IOException {
        try (AdminSession session = open()) {
            UUID last = null;
            List<Invite> page;
            do {
                page = AdminSession.await(session.invites().list(Actor.COMMAND_LINE, last, PageSize.MAX));
                page.forEach(this::print);
                last = page.isEmpty() ? last : page.getLast().id();
            } while (page.size() == PageSize.MAX);
        }
        return 0;
    }

    @Command(name = "revoke-invite", description = "Revoke an invite, by its id.")
    int revokeInvite(@Parameters(paramLabel = "ID") UUID invite) throws IOException {
        try (AdminSession session = open()) {
            AdminSession.await(session.invites().revoke(Actor.COMMAND_LINE, invite));
            line.getOut().println("The invite is revoked.");
        }
        return 0;
    }

    @Command(name = "make-bot", description = "Make an account for a program; one of a person answers for it.")
    int makeBot(
            @Parameters(paramLabel = "USER") String user,
            @Option(
                            names = "--owner",
                            paramLabel = "USER",
                            required = true,
                            description = "The person who answers for the bot, and makes its tokens.")
                    String owner,
            @Option(names = "--name", paramLabel = "NAME", description = "Display name. Default: the user id") @Nullable
                    String name,
            @Option(
                            names = "--role",
                            paramLabel = "ROLE",
                            defaultValue = "member",
                            description = "Role: administrator, member or guest. Default: ${DEFAULT-VALUE}")
                    String role)
            throws IOException {
        try (AdminSession session = open()) {
            print(refused(() -> AdminSession.await(session.tokens()
                    .makeBot(
                            Actor.COMMAND_LINE,
                            new UserId(user),
                            name == null ? user : name,
                            role(role),
                            new UserId(owner)))));
        }
        return 0;
    }

    @Command(name = "make-token", description = "Print a new token of an account or a bot. It is shown only once.")
    int makeToken(
            @Parameters(paramLabel = "USER") String user,
            @Option(
                            names = "--name",
                            paramLabel = "NAME",
                            required = true,
                            description = "Name, for the list of tokens.")
                    String name,
            @Option(
                            names = "--scopes",
                            paramLabel = "SCOPE",
                            split = ",",
                            defaultValue = "read",
                            description = "Some of read, post and admin. Default: ${DEFAULT-VALUE}")
                    String[] scopes,
            @Option(names = "--rooms", paramLabel = "ROOM", split = ",", description = "Only these rooms.")
                    String @Nullable [] rooms,
            @Option(
                            names = "--days",
                            paramLabel = "N",
                            defaultValue = "90",
                            description = "Days until it expires, at most 366. Default: ${DEFAULT-VALUE}")
                    int days)
            throws IOException {
        try (AdminSession session = open()) {
            IssuedTokens.Made made = refused(() -> AdminSession.await(session.tokens()
                    .make(
                            Actor.COMMAND_LINE,
                            new IssuedTokens.Wanted(
                                    new UserId(user),
                                    name,
                                    Stream.of(scopes).map(AdminCommand::scope).collect(Collectors.toSet()),
                                    rooms == null
                                            ? List.of()
                                            : Stream.of(rooms).map(RoomId::new).toList(),
                                    Duration.ofDays(days)))));
            line.getOut().println(made.secret().text());
        }
        return 0;
    }

    @Command(name = "tokens", description = "List the valid tokens of an account or a bot, by tabs.")
    int tokens(@Parameters(paramLabel = "USER") String user) throws IOException {
        try (AdminSession session = open()) {
            AdminSession.await(session.tokens().list(Actor.COMMAND_LINE, user(user)))
                    .forEach(this::print);
        }
        return 0;
    }

    @Command(name = "revoke-token", description = "Revoke a token, by its id.")
    int revokeToken(@Parameters(paramLabel = "ID") UUID token) throws IOException {
        try (AdminSession session = open()) {
            AdminSession.await(session.tokens().revoke(Actor.COMMAND_LINE, new SessionId(token)));
            line.getOut().println("The token is revoked.");
        }
        return 0;
    }

    @Command(
            name = "rotate-key",
            description =
                    "Make another key for access tokens. Nobody is logged out: tokens of the former key stay valid.")
    int rotateKey() throws IOException {
        try (AdminSession session = open()) {
            String kid = AdminSession.await(session.keys().rotate());
            line.getOut().println("Access tokens are signed with the key " + kid + " in two seconds.");
        }
        return 0;
    }

    @Command(name = "audit", description = "Print the audit trail as JSON lines, the oldest first.")
    int audit(
            @Option(
                            names = "--after",
                            paramLabel = "ID",
                            defaultValue = "0",
                            description = "Only entries after this one, by its auditId.")
                    long after)
            throws IOException {
        try (AdminSession session = open()) {
            long last = after;
            List<AuditEntry> page;
            do {
                page = AdminSession.await(session.accounts().auditAfter(Actor.COMMAND_LINE, last, PageSize.MAX));
                page.forEach(
                        entry -> line.getOut().println(AccountJson.of(entry).encode()));
                last = page.isEmpty() ? last : page.getLast().id();
            } while (page.size() == PageSize.MAX);
        }
        return 0;
    }

    private int change(String user, AccountChange change) throws IOException {
        try (AdminSession session = open()) {
            print(AdminSession.await(session.accounts().change(Actor.COMMAND_LINE, user(user), change)));
        }
        return 0;
    }

    private AdminSession open() throws IOException {
        return AdminSession.open(ConfigLoader.load(flags, System.getenv()));
    }

    private void print(Account account) {
        line.getOut()
                .println(String.join(
                        "\t",
                        account.user().value(),
                        account.role().wireName(),
                        account.disabled() ? "disabled" : "active",
                        account.name()));
    }

    private void print(Invite invite) {
        line.getOut()
                .println(String.join(
                        "\t",
                        invite.id().toString(),
                        invite.role().wireName(),
                        invite.uses() + "/" + invite.maxUses(),
                        invite.expiresAt().toString(),
                        invite.madeBy() == null ? "-" : invite.madeBy().value(),
                        invite.rooms().stream().map(RoomId::value).collect(Collectors.joining(","))));
    }

    private void print(IssuedToken token) {
        Grant grant = token.grant();
        line.getOut()
                .println(String.join(
                        "\t",
                        token.id().toString(),
                        grant.scopes().stream().sorted().map(Scope::wireName).collect(Collectors.joining(",")),
                        grant.rooms().stream().map(RoomId::value).sorted().collect(Collectors.joining(",")),
                        token.expiresAt().toString(),
                        token.usedAt() == null ? "never used" : token.usedAt().toString(),
                        token.name()));
    }

    /** Work whose refusals are thrown at once, without a future. */
    @FunctionalInterface
    private interface Work<T> {
        T run();
    }

    private static <T> T refused(Work<T> work) {
        try {
            return work.run();
        } catch (ChatException refusal) {
            throw StartupException.usage(String.valueOf(refusal.getMessage()));
        }
    }

    private static UserId user(String text) {
        return refused(() -> new UserId(text));
    }

    private static Scope scope(String text) {
        try {
            return Scope.of(text);
        } catch (IllegalArgumentException unknown) {
            throw StartupException.usage("there is no scope " + text + "; the scopes are read, post, admin");
        }
    }

    private static ServerRole role(String text) {
        try {
            return ServerRole.of(text);
        } catch (IllegalArgumentException unknown) {
            throw StartupException.usage("there is no role " + text + "; the roles are "
                    + Arrays.stream(ServerRole.values())
                            .map(ServerRole::wireName)
                            .collect(Collectors.joining(", ")));
        }
    }

    /** Asks for the password, so that no list of processes and no history of a shell has it. */
    private static String password() throws IOException {
        Optional<char[]> typed = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .map(terminal -> terminal.readPassword("Password: "));
        if (typed.isPresent()) {
            return new String(typed.get());
        }
        String line = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
        if (line == null) {
            throw StartupException.usage("the password is missing; give it as the first line of the standard input");
        }
        return line;
    }
}
