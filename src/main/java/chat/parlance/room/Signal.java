package chat.parlance.room;

import chat.parlance.model.ReadMarker;
import chat.parlance.model.RoomId;
import chat.parlance.model.RoomPreferences;
import chat.parlance.model.SavedMark;
import chat.parlance.model.ThreadMarker;
import chat.parlance.model.UserId;
import chat.parlance.model.UserPreferences;
import java.util.Optional;

/** Something that is told to whoever is there at the moment. It has no place in a room's sequence and no history. */
public sealed interface Signal {

    /** What clients are told as it is. */
    sealed interface Shown extends Signal {}

    /** The user is typing; for the others who follow the room. */
    record Typing(RoomId room, UserId user) implements Shown {}

    /** A user's marker, as it is stored now; for all connections of that user. */
    record Read(ReadMarker marker) implements Shown {}

    /** Preferences of a user, as they are stored now; for all connections of that user. */
    sealed interface Preferred extends Shown {

        UserId user();

        /** The room that they are for, empty for the list of all rooms. */
        Optional<RoomId> place();

        /** Of preferences for one place those with the greatest revision are the newest. */
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

    /** A thread as its user has it now; for all connections of that user. */
    record ThreadState(ThreadMarker marker) implements Shown {}

    /** A message that a user has saved, or removed from its list; for all connections of that user. */
    record Saved(SavedMark mark) implements Shown {}

    /** A user's standing in a room has changed; for all connections of that user, who are told how it is now. */
    record Standing(RoomId room, UserId user) implements Signal {}
}
