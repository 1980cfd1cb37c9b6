package chat.parlance.auth;

import java.text.Normalizer;
import java.util.Optional;
import rocks.xmpp.precis.PrecisProfiles;

/**
 * Form in which passwords are hashed, so that every keyboard and every encoding of the same text gives the same
 * password: the profile OpaqueString of RFC 8265 (spaces of all kinds are one, control and invisible characters are
 * refused), followed by NFKC instead of the profile's NFC, as NIST SP 800-63B advises: Japanese and Korean phones
 * switch between the wide and the narrow form of a letter on their own.
 */
final class PasswordText {

    private PasswordText() {}

    /** The form of a text; empty when the text has characters that a password must not have. */
    static Optional<String> of(String typed) {
        try {
            return Optional.of(Normalizer.normalize(PrecisProfiles.OPAQUE_STRING.enforce(typed), Normalizer.Form.NFKC));
        } catch (IllegalArgumentException refused) {
            return Optional.empty();
        }
    }
}
