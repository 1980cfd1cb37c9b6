package chat.parlance.simulation;

import chat.parlance.model.Cursor;
import chat.parlance.model.Event;
import chat.parlance.model.EventBody;
import chat.parlance.model.Since;
import chat.parlance.testing.ContractChecker.Log;
import chat.parlance.testing.ContractChecker.Seen;
import chat.parlance.testing.ContractChecker.Send;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Notes of one client about one room. A message is identified by its id and its text: with another text it is another
 * one.
 */
final class RoomNotes {

    private final List<Send> sends = new ArrayList<>();
    private final List<Seen> seen = new ArrayList<>();
    private final List<Seen> dropped = new ArrayList<>();
    private final List<Seen> afterRemoval = new ArrayList<>();
    private Cursor place = Cursor.START;
    private int drops;

    static String message(String id, String text) {
        return id + "=" + text;
    }

    /** Event in the form of the checker. The owner's messages have no text, because the owner deletes some of them. */
    static Seen seen(Event event) {
        return new Seen(
                event.seq(),
                event.body() instanceof EventBody.Message posted
                                && !event.sender().equals(SimulatedDatabase.OWNER)
                        ? message(posted.id().value(), String.valueOf(posted.text()))
                        : "",
                event.stamp().toString());
    }

    /** Seq of the last seen event. */
    long last() {
        return place.seq();
    }

    /** True when this is the last seen event. */
    boolean isAt(Cursor event) {
        return place.equals(event);
    }

    /** Cursor with which the client resumes. */
    Since since() {
        return new Since(place.seq(), place.stamp());
    }

    /** Number of times that it had to drop its copy. */
    int drops() {
        return drops;
    }

    void sent(Send send) {
        sends.add(send);
    }

    /** @return false when another event with the seq of the last seen one arrives */
    boolean show(Event event) {
        if (event.seq() > last()) {
            seen.add(seen(event));
            place = event.cursor();
        }
        return event.seq() < last() || isAt(event.cursor());
    }

    /** Drops the copy, of which nothing is certain. */
    void drop() {
        drops++;
        dropped.addAll(seen);
        seen.clear();
        place = Cursor.START;
    }

    void givenAfterRemoval(Event event) {
        afterRemoval.add(seen(event));
    }

    /** @param known knowledge about a send from an observer that sees everything */
    Log log(String client, UnaryOperator<Send> known) {
        return new Log(
                client,
                sends.stream().map(known).toList(),
                List.copyOf(seen),
                List.copyOf(dropped),
                List.copyOf(afterRemoval));
    }
}
