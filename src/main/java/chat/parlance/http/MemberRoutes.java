package chat.parlance.http;

import chat.parlance.error.ChatException;
import chat.parlance.json.JsonFields;
import chat.parlance.json.ResourceCodec;
import chat.parlance.model.MembershipChange;
import chat.parlance.model.MembershipState;
import chat.parlance.model.Role;
import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import chat.parlance.room.MemberChange;
import chat.parlance.room.RoomService;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Members of a room, invitations and bans. */
public final class MemberRoutes implements Operations {

    private final RoomService rooms;

    public MemberRoutes(RoomService rooms) {
        this.rooms = rooms;
    }

    @Override
    public Map<String, Handler<RoutingContext>> handlers() {
        return Map.ofEntries(
                Map.entry("listMembers", context -> list(context, MembershipState.JOINED)),
                Map.entry("listInvitations", context -> list(context, MembershipState.INVITED)),
                Map.entry("listBans", context -> list(context, MembershipState.BANNED)),
                Map.entry("joinRoom", context -> change(context, MembershipChange.JOINED)),
                Map.entry("changeMember", this::changeMember),
                Map.entry("removeMember", this::remove),
                Map.entry("invite", context -> change(context, MembershipChange.INVITED)),
                Map.entry("declineInvitation", context -> change(context, MembershipChange.DECLINED)),
                Map.entry("ban", context -> change(context, MembershipChange.BANNED)),
                Map.entry("unban", context -> change(context, MembershipChange.UNBANNED)),
                Map.entry("handOver", this::handOver));
    }

    private void list(RoutingContext context, MembershipState membership) {
        Responses.answer(
                context,
                200,
                rooms.members(
                        Parameters.viewer(context),
                        Parameters.room(context),
                        membership,
                        context.request().getParam("afterId", ""),
                        Parameters.limit(context)),
                ResourceCodec::encodeMembers);
    }

    private void remove(RoutingContext context) {
        boolean self = Parameters.viewer(context).equals(Parameters.user(context));
        change(context, self ? MembershipChange.LEFT : MembershipChange.KICKED);
    }

    private void change(RoutingContext context, MembershipChange change) {
        Responses.answer(
                context,
                rooms.change(Parameters.viewer(context), Parameters.room(context), Parameters.user(context), change)
                        .mapEmpty());
    }

    private void changeMember(RoutingContext context) {
        RoomId room = Parameters.room(context);
        UserId user = Parameters.user(context);
        JsonFields body = Responses.body(context);
        List<MemberChange> changes = new ArrayList<>();
        String role = body.optionalString("role");
        if (role != null) {
            changes.add(new MemberChange(user, MembershipChange.to(Role.of(role))));
        }
        Boolean muted = body.optionalFlag("muted");
        if (muted != null) {
            changes.add(new MemberChange(user, muted ? MembershipChange.MUTED : MembershipChange.UNMUTED));
        }
        if (changes.isEmpty()) {
            throw ChatException.badRequest("There is nothing to change");
        }
        Responses.answer(
                context, rooms.change(Parameters.viewer(context), room, changes).mapEmpty());
    }

    private void handOver(RoutingContext context) {
        RoomId room = Parameters.room(context);
        UserId user = new UserId(Responses.body(context).string("userId"));
        Responses.answer(
                context, rooms.handOver(Parameters.viewer(context), room, user).mapEmpty());
    }
}
