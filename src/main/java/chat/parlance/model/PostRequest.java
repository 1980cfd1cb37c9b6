package chat.parlance.model;

import chat.parlance.error.ChatException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A request to post. Its target's stamp is checked when the body is stored and is no part of the stored event, so that a
 * retry is the same event with or without it.
 *
 * @param targetStamp the stamp of the event that the body names as its target, null where the request carries none
 */
public record PostRequest(EventBody.Posted body, @Nullable Stamp targetStamp) {

    /** @throws ChatException with {@code bad_request} for a stamp without a target */
    public PostRequest {
        Objects.requireNonNull(body);
        if (targetStamp != null && body.target() == null) {
            throw ChatException.badRequest("A stamp belongs to the message in replyTo, which is missing");
        }
    }

    /** Without a stamp. */
    public PostRequest(EventBody.Posted body) {
        this(body, null);
    }
}
