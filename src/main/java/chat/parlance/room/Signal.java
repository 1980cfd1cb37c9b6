package chat.parlance.room;

import chat.parlance.model.ReadMarker;
import chat.parlance.model.RoomId;
import chat.parlance.model.RoomPreferences;
import chat.parlance.model.SavedMark;
import chat.parlance.model.ThreadMarker;
import chat.parlance.model.UserId;
import chat.parlance.model.UserPreferences;
import java.util.Optional;

/** Something that is sent to the connections of the moment. It has no place in a room's sequence and no history. */
public sealed interface Signal {

    /** Signal that clients receive unchanged. */
    sealed interface Shown extends Signal {

        /** Room of the signal; empty when it concerns all rooms of its user. */
        Optional<RoomId> place();
    }

    /** The user is typing; for the other connections that follow the room. */
    record Typing(RoomId room, UserId user) implements Shown {

        @Override
        public Optional<RoomId> place() {
            return Optional.of(room);
        }
    }

    /** A user's read marker as stored; for all connections of that user. */
    record Read(ReadMarker marker) implements Shown {

        @Override
        public Optional<RoomId> place() {
            return Optional.of(marker.room());
        }
    }

    /** Preferences of a user as stored; for all connections of that user. */
    sealed interface Preferred extends Shown {

        UserId user();

        /** Revision of the preferences: of two for the same room the greater one is newer. */
        long revision();
    }

    record RoomPreferred(RoomId room, UserId user, RoomPreferences preferences) implements Preferred {

        @Override
        public Optional<RoomId> place() {
            return Optional.of(room);
        }

        @Override
        public long revision() {
            return preferences.revision();
        }
    }

    record UserPreferred(UserId user, UserPreferences preferences) implements Preferred {

        @Override
        public Optional<RoomId> place() {
            return Optional.empty();
        }

        @Override
        public long revision() {
            return preferences.revision();
        }
    }

    /** A thread's state for its user; for all connections of that user. */
    record ThreadState(ThreadMarker marker) implements Shown {

        @Override
        public Optional<RoomId> place() {
            return Optional.of(marker.room());
        }
    }

    /** A message that a user saved or removed from its list; for all connections of that user. */
    record Saved(SavedMark mark) implements Shown {

        @Override
        public Optional<RoomId> place() {
            return Optional.of(mark.room());
        }
    }

    /**
     * A user's membership in a room changed; the hubs look up the present one and send it to all connections of that
     * user.
     */
    record MembershipChanged(RoomId room, UserId user) implements Signal {}
}
