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

/** What one client notes of one room. A message is known by its id and its text: with another text it is another one. */
final class RoomNotes {

    private final List<Send> sends = new ArrayList<>();
    private final List<Seen> seen = new ArrayList<>();
    private final List<Seen> afterRemoval = new ArrayList<>();
    private Cursor place = Cursor.START;

    static String message(String id, String text) {
        return id + "=" + text;
    }

    /** The event as the checker takes it. */
    static Seen seen(Event event) {
        return new Seen(
                event.seq(),
                event.body() instanceof EventBody.Message posted
                        ? message(posted.id().value(), String.valueOf(posted.text()))
                        : "");
    }

    /** The seq of the last event that was seen. */
    long last() {
        return seen.isEmpty() ? 0 : seen.getLast().seq();
    }

    /** What the client says when it resumes. */
    Since since() {
        return new Since(last(), place.stamp());
    }

    void sent(Send send) {
        sends.add(send);
    }

    void show(Event event) {
        if (event.seq() > last()) {
            seen.add(seen(event));
            place = event.cursor();
        }
    }

    void givenAfterRemoval(Event event) {
        afterRemoval.add(seen(event));
    }

    Log log(String client) {
        return new Log(client, List.copyOf(sends), List.copyOf(seen), List.copyOf(afterRemoval));
    }
}
