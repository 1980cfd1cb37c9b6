package chat.parlance.account;

import chat.parlance.model.ServerRole;
import org.jspecify.annotations.Nullable;

/**
 * Change of an account by an administrator.
 *
 * @param role null to keep the role
 * @param disabled null to keep the account enabled or disabled
 */
public record AccountChange(
        @Nullable ServerRole role, @Nullable Boolean disabled) {

    /** True when there is nothing to change. */
    public boolean isEmpty() {
        return role == null && disabled == null;
    }
}
