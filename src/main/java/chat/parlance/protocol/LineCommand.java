package chat.parlance.protocol;

import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import org.jspecify.annotations.Nullable;

/** What a person types in line mode. */
public sealed interface LineCommand {

    record Say(String text) implements LineCommand {}

    record Register(UserId user, String password, String name) implements LineCommand {}

    record Login(UserId user, String password) implements LineCommand {}

    record Logout() implements LineCommand {}

    record Rooms() implements LineCommand {}

    record Create(RoomId room) implements LineCommand {}

    record Join(RoomId room, @Nullable Long since) implements LineCommand {}

    record ExitRoom() implements LineCommand {}

    /** @param before the seq the page ends before, null for the newest */
    record History(@Nullable Long before) implements LineCommand {}

    record Who() implements LineCommand {}

    record Commands() implements LineCommand {}

    record Quit() implements LineCommand {}

    /** An empty line. */
    record Nothing() implements LineCommand {}
}
