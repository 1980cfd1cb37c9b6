package chat.parlance.lines;

import chat.parlance.account.Actor;
import chat.parlance.model.MembershipChange;
import chat.parlance.model.MembershipState;
import chat.parlance.model.PageSize;
import chat.parlance.room.Permission;
import io.vertx.core.Future;
import java.util.List;

/** Commands for the room's members and their permissions. */
final class MemberCommands {

    private static final int FOUND_USERS = 20;

    static final List<LineCommand> TABLE = List.of(
            LineCommand.of(
                    "who", "list the members, and say who is online", "/who", (session, arguments) -> who(session)),
            LineCommand.of(
                    "arrivals",
                    "be told who comes and goes, or no longer",
                    "/arrivals",
                    (session, arguments) -> toggleArrivals(session)),
            LineCommand.of(
                    "find TEXT...",
                    "find users whose id or name begins with TEXT",
                    "/find ali",
                    (session, arguments) -> find(session, arguments.name("TEXT"))),
            change("invite", MembershipChange.INVITED, "invite somebody"),
            change("uninvite", MembershipChange.DECLINED, "take an invitation back"),
            LineCommand.of(
                    "invited",
                    "list who is invited",
                    "/invited",
                    (session, arguments) ->
                            list(session, MembershipState.INVITED, TerminalText.of("* Nobody is invited."))),
            change("kick", MembershipChange.KICKED, "remove a member"),
            change("ban", MembershipChange.BANNED, "remove somebody, who cannot come back"),
            change("unban", MembershipChange.UNBANNED, "let somebody come back"),
            LineCommand.of(
                    "bans",
                    "list who is banned",
                    "/bans",
                    (session, arguments) ->
                            list(session, MembershipState.BANNED, TerminalText.of("* Nobody is banned."))),
            change("mute", MembershipChange.MUTED, "let a member only read"),
            change("unmute", MembershipChange.UNMUTED, "let a member speak again"),
            LineCommand.of(
                    "role USER ROLE",
                    "make a member owner, admin or member",
                    "/role bob admin",
                    (session, arguments) -> session.change(arguments.user(), MembershipChange.to(arguments.role()))),
            LineCommand.of(
                    "owner USER",
                    "hand the room over; you become an admin",
                    "/owner bob",
                    (session, arguments) -> session.tellIfNothing(
                            session.rooms().handOver(session.user(), session.room(), arguments.user()))));

    private MemberCommands() {}

    private static LineCommand change(String name, MembershipChange change, String summary) {
        return LineCommand.of(
                name + " USER",
                summary,
                "/" + name + " bob",
                (session, arguments) -> session.change(arguments.user(), change));
    }

    private static Future<TerminalText> who(LineSession session) {
        return session.rooms()
                .members(session.user(), session.room(), MembershipState.JOINED, "", PageSize.MAX)
                .map(members -> RoomLines.members(members, session.here().online()));
    }

    private static Future<TerminalText> toggleArrivals(LineSession session) {
        session.room();
        return Future.succeededFuture(
                session.here().toggleAnnounced()
                        ? TerminalText.of("* You are told who comes and goes.")
                        : TerminalText.of("* You are no longer told who comes and goes."));
    }

    private static Future<TerminalText> find(LineSession session, String text) {
        return session.accounts()
                .require(new Actor(session.user()), Permission.FIND_USERS)
                .compose(allowed -> session.directory().find(text, "", FOUND_USERS))
                .map(users -> users.isEmpty() ? TerminalText.of("* Nobody is called so.") : RoomLines.users(users));
    }

    private static Future<TerminalText> list(LineSession session, MembershipState membership, TerminalText none) {
        return session.rooms()
                .members(session.user(), session.room(), membership, "", PageSize.MAX)
                .map(members -> members.isEmpty() ? none : RoomLines.members(members));
    }
}
