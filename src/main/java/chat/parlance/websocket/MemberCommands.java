package chat.parlance.websocket;

import chat.parlance.model.Membership;
import chat.parlance.model.MembershipChange;
import chat.parlance.protocol.RoomLines;
import io.vertx.core.Future;
import java.util.List;

/** Who is in the room, and who may do what. */
final class MemberCommands {

    private static final int PAGE = 100;
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
                    (session, arguments) -> find(session, arguments.text("TEXT"))),
            change("invite", MembershipChange.INVITED, "invite somebody"),
            change("uninvite", MembershipChange.DECLINED, "take an invitation back"),
            LineCommand.of(
                    "invited",
                    "list who is invited",
                    "/invited",
                    (session, arguments) -> list(session, Membership.INVITED, "* Nobody is invited.")),
            change("kick", MembershipChange.KICKED, "remove a member"),
            change("ban", MembershipChange.BANNED, "remove somebody, who cannot come back"),
            change("unban", MembershipChange.UNBANNED, "let somebody come back"),
            LineCommand.of(
                    "bans",
                    "list who is banned",
                    "/bans",
                    (session, arguments) -> list(session, Membership.BANNED, "* Nobody is banned.")),
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
                    (session, arguments) ->
                            session.rooms().handOver(session.user(), session.room(), arguments.user())));

    private MemberCommands() {}

    private static LineCommand change(String name, MembershipChange change, String summary) {
        return LineCommand.of(
                name + " USER",
                summary,
                "/" + name + " bob",
                (session, arguments) -> session.change(arguments.user(), change));
    }

    private static Future<?> who(LineSession session) {
        return session.rooms()
                .members(session.user(), session.room(), Membership.JOINED, "", PAGE)
                .onSuccess(members ->
                        session.print(RoomLines.members(members, session.here().online())));
    }

    private static Future<?> toggleArrivals(LineSession session) {
        session.room();
        session.print(
                session.here().toggleAnnounced()
                        ? "* You are told who comes and goes."
                        : "* You are no longer told who comes and goes.");
        return Future.succeededFuture();
    }

    private static Future<?> find(LineSession session, String text) {
        session.user();
        return session.directory()
                .find(text, "", FOUND_USERS)
                .onSuccess(users -> session.print(users.isEmpty() ? "* Nobody is called so." : RoomLines.users(users)));
    }

    private static Future<?> list(LineSession session, Membership membership, String none) {
        return session.rooms()
                .members(session.user(), session.room(), membership, "", PAGE)
                .onSuccess(members -> session.print(members.isEmpty() ? none : RoomLines.members(members)));
    }
}
