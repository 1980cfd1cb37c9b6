package chat.parlance.verification;

import chat.parlance.model.BodyReader;
import chat.parlance.model.ClientId;
import chat.parlance.model.EventField;
import chat.parlance.model.UserId;
import chat.parlance.persistence.HistoryReader.StoredEvent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Fields of a stored posted event, as far as {@link HistoryAudit} reads them: to find out which required ones are absent. */
record StoredBody(StoredEvent event) implements BodyReader {

    @Override
    public ClientId id() {
        if (event.clientId() == null) {
            throw new IllegalArgumentException("an event without an id");
        }
        return new ClientId(event.clientId());
    }

    @Override
    public @Nullable Long seq(EventField field) {
        return event.target();
    }

    @Override
    public @Nullable String text(EventField field) {
        return event.text();
    }

    @Override
    public String emoji(EventField field) {
        return requiredText(field);
    }

    @Override
    public boolean flag(EventField field) {
        return false;
    }

    @Override
    public List<String> texts(EventField field) {
        return List.of();
    }

    @Override
    public List<UserId> users(EventField field) {
        return List.of();
    }
}
