package chat.parlance.config;

/** A value has the right type and range, but is not allowed. */
final class InvalidSettingException extends IllegalArgumentException {

    private final String key;
    private final String allowed;

    /** @param allowed description of the allowed values, to follow "must be" */
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
