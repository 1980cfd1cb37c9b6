package chat.parlance.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Receiver of the fields of an event body: JSON, the bus and the store each have one. A body writes its fields always in
 * the same order, absent ones included, because the bus sends no names.
 */
public interface BodyWriter {

    void seq(EventField field, @Nullable Long seq);

    void text(EventField field, @Nullable String text);

    void flag(EventField field, boolean flag);

    void texts(EventField field, List<String> texts);

    void users(EventField field, List<UserId> users);
}
