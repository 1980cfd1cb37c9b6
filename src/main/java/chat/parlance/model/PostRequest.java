package chat.parlance.model;

import chat.parlance.error.ChatException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request to post. Its target's stamp is checked when the body is stored and not stored with the event, so that a
 * retry is the same event with or without it.
 *
 * @param targetStamp the stamp of the event that the body names as its target, null when the request has none
 */
public record PostRequest(EventBody.Posted body, @Nullable Stamp targetStamp) {

    /** @throws ChatException with {@code bad_request} for a stamp without a target */
    public PostRequest {
        Objects.requireNonNull(body);
        if (targetStamp != null && body.target() == null) {
            throw ChatException.badRequest("A stamp needs replyTo, the message that it belongs to");
        }
    }

    /** Request without a stamp. */
    public PostRequest(EventBody.Posted body) {
        this(body, null);
    }
}
