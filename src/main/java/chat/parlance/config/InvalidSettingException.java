package chat.parlance.config;

/** A value is of the right type and in its range, and yet cannot be. */
final class InvalidSettingException extends IllegalArgumentException {

    private final String key;
    private final String allowed;

    /** @param allowed what the value must be, to be read after "must be" */
    InvalidSettingException(String key, String allowed) {
        super(key + " must be " + allowed);
        this.key = key;
        this.allowed = allowed;
    }

    String key() {
        return key;
    }

    String allowed() {
        return allowed;
    }
}
