package chat.parlance.http;

import chat.parlance.error.ChatException;
import chat.parlance.model.Membership;
import chat.parlance.model.MembershipChange;
import chat.parlance.model.Role;
import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import chat.parlance.protocol.JsonFields;
import chat.parlance.protocol.ResourceCodec;
import chat.parlance.room.MemberChange;
import chat.parlance.room.RoomService;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;

/** Who is in a room, is invited to it or banned from it: below {@code /api/v1/rooms/ROOM}. */
public final class MemberRoutes implements Routes {

    private final RoomService rooms;

    public MemberRoutes(RoomService rooms) {
        this.rooms = rooms;
    }

    @Override
    public void mount(Router router) {
        list(router, "members", Membership.JOINED);
        list(router, "invitations", Membership.INVITED);
        list(router, "bans", Membership.BANNED);
        router.put("/api/v1/rooms/:room/members/:user").handler(context -> change(context, MembershipChange.JOINED));
        router.patch("/api/v1/rooms/:room/members/:user").handler(this::changeMember);
        router.delete("/api/v1/rooms/:room/members/:user")
                .handler(context -> change(
                        context,
                        Parameters.viewer(context).equals(Parameters.user(context))
                                ? MembershipChange.LEFT
                                : MembershipChange.KICKED));
        router.put("/api/v1/rooms/:room/invitations/:user")
                .handler(context -> change(context, MembershipChange.INVITED));
        router.delete("/api/v1/rooms/:room/invitations/:user")
                .handler(context -> change(context, MembershipChange.DECLINED));
        router.put("/api/v1/rooms/:room/bans/:user").handler(context -> change(context, MembershipChange.BANNED));
        router.delete("/api/v1/rooms/:room/bans/:user").handler(context -> change(context, MembershipChange.UNBANNED));
        router.post("/api/v1/rooms/:room/hand-over").handler(this::handOver);
    }

    private void list(Router router, String name, Membership membership) {
        router.get("/api/v1/rooms/:room/" + name)
                .handler(context -> Answers.answer(
                        context,
                        200,
                        rooms.members(
                                Parameters.viewer(context),
                                Parameters.room(context),
                                membership,
                                context.request().getParam("after", ""),
                                Parameters.limit(context)),
                        ResourceCodec::encodeMembers));
    }

    private void change(RoutingContext context, MembershipChange change) {
        Answers.answer(
                context,
                rooms.change(Parameters.viewer(context), Parameters.room(context), Parameters.user(context), change)
                        .mapEmpty());
    }

    private void changeMember(RoutingContext context) {
        RoomId room = Parameters.room(context);
        UserId user = Parameters.user(context);
        JsonFields body = Answers.body(context);
        List<MemberChange> changes = new ArrayList<>();
        String role = body.optionalString("role");
        if (role != null) {
            changes.add(new MemberChange(user, MembershipChange.to(role(role))));
        }
        Boolean muted = body.optionalFlag("muted");
        if (muted != null) {
            changes.add(new MemberChange(user, muted ? MembershipChange.MUTED : MembershipChange.UNMUTED));
        }
        if (changes.isEmpty()) {
            throw ChatException.badRequest("There is nothing to change");
        }
        Answers.answer(
                context, rooms.change(Parameters.viewer(context), room, changes).mapEmpty());
    }

    private void handOver(RoutingContext context) {
        RoomId room = Parameters.room(context);
        UserId user = new UserId(Answers.body(context).string("userId"));
        Answers.answer(
                context, rooms.handOver(Parameters.viewer(context), room, user).mapEmpty());
    }

    private static Role role(String wireName) {
        try {
            return Role.of(wireName);
        } catch (IllegalArgumentException unknown) {
            throw ChatException.badRequest("A role is owner, admin or member");
        }
    }
}
