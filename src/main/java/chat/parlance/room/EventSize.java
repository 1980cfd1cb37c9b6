package chat.parlance.room;

import chat.parlance.model.BodyWriter;
import chat.parlance.model.Event;
import chat.parlance.model.EventBody;
import chat.parlance.model.EventField;
import chat.parlance.model.UserId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Memory of an event, an estimate from the fields of its body and the users of its tallies. */
final class EventSize implements BodyWriter {

    /** An event without its texts and lists. */
    static final int EVENT_BYTES = 512;

    private static final int ENTRY_BYTES = 64;

    private int bytes = EVENT_BYTES;

    private EventSize() {}

    static int bytes(Event event) {
        EventSize size = new EventSize();
        event.body().write(size);
        if (event.body() instanceof EventBody.Message message) {
            message.state().reactions().forEach(tally -> size.users(tally.users()));
            message.state().votes().forEach(tally -> size.users(tally.users()));
        }
        return size.bytes;
    }

    @Override
    public void seq(EventField field, @Nullable Long seq) {
        // Counted with the event.
    }

    @Override
    public void text(EventField field, @Nullable String text) {
        if (text != null) {
            bytes += text.getBytes(StandardCharsets.UTF_8).length;
        }
    }

    @Override
    public void flag(EventField field, boolean flag) {
        // Counted with the event.
    }

    @Override
    public void texts(EventField field, List<String> texts) {
        texts.forEach(text -> bytes += ENTRY_BYTES + text.getBytes(StandardCharsets.UTF_8).length);
    }

    @Override
    public void users(EventField field, List<UserId> users) {
        users(users);
    }

    private void users(List<UserId> users) {
        bytes += ENTRY_BYTES * users.size();
    }
}
