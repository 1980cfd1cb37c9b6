package chat.parlance.websocket;

import chat.parlance.model.Membership;
import chat.parlance.model.MembershipChange;
import chat.parlance.protocol.RoomLines;
import io.vertx.core.Future;
import java.util.List;

/** Who is in the room, and who may do what. */
final class MemberCommands {

    private static final int PAGE = 100;

    static final List<LineCommand> TABLE = List.of(
            LineCommand.of(
                    "who",
                    "list the members",
                    "/who",
                    (session, arguments) -> list(session, Membership.JOINED, "* Nobody is here.")),
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

    private static Future<?> list(LineSession session, Membership membership, String none) {
        return session.rooms()
                .members(session.user(), session.room(), membership, "", PAGE)
                .onSuccess(members -> session.print(members.isEmpty() ? none : RoomLines.members(members)));
    }
}
