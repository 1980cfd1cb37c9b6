package chat.parlance.simulation;

import chat.parlance.error.ErrorCode;
import chat.parlance.model.RoomId;
import chat.parlance.model.UserId;
import chat.parlance.room.EventPage;
import chat.parlance.testing.ContractChecker.Breach;
import chat.parlance.testing.ContractChecker.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A reader's request for the newest page of a room, with every state of the room since then. The answer must be that of
 * one of these states: as fresh as the request, and denied to a reader who was banned all the time.
 */
final class Reading {

    static final int LIMIT = 20;

    private record State(EventPage page, boolean banned) {}

    private final RoomId room;
    private final UserId reader;
    private final List<State> states = new ArrayList<>();

    Reading(RoomId room, UserId reader) {
        this.room = room;
        this.reader = reader;
    }

    /** Notes the present state. */
    void note(SimulatedDatabase database) {
        SimulatedRoom present = database.room(room);
        states.add(new State(present.newest(LIMIT), present.isBanned(reader)));
    }

    /** Judges an answer with a page. */
    Optional<Violation> answered(EventPage page) {
        List<State> same = states.stream()
                .filter(state -> state.page().events().equals(page.events())
                        && state.page().head().seq() == page.head().seq())
                .toList();
        if (same.isEmpty()) {
            return Optional.of(new Violation(
                    "I8",
                    Breach.STALE,
                    "a page of %s up to %d is that of no state since its request"
                            .formatted(room, page.head().seq())));
        }
        return same.stream().allMatch(State::banned)
                ? Optional.of(new Violation("I9", Breach.LEAKED, reader + " is banned, and got a page of " + room))
                : Optional.empty();
    }

    /** Judges a refusal. */
    Optional<Violation> refused(ErrorCode code) {
        return code == ErrorCode.ROOM_BANNED && states.stream().noneMatch(State::banned)
                ? Optional.of(new Violation("I8", Breach.STALE, reader + " was not banned, and got no page of " + room))
                : Optional.empty();
    }
}
