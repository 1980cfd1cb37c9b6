package chat.parlance.model;

import java.util.UUID;

/** Session of a user: a family of refresh tokens that is revoked as a whole. */
public record SessionId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
