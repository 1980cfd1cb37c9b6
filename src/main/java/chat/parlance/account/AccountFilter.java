package chat.parlance.account;

import chat.parlance.model.ServerRole;
import org.jspecify.annotations.Nullable;

/**
 * Selection of accounts.
 *
 * @param text part of the id, the name or the e-mail address, without regard to case; empty for all
 * @param role null for any
 * @param disabled null for both
 */
public record AccountFilter(
        String text, @Nullable ServerRole role, @Nullable Boolean disabled) {}
