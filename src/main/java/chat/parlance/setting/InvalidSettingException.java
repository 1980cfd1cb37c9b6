package chat.parlance.setting;

/** A value has the right type and range, but is not allowed. */
public final class InvalidSettingException extends IllegalArgumentException {

    private final String key;
    private final String allowed;

    /**
     * @param key as in {@code conf/parlance.yaml}, with its section
     * @param allowed description of the allowed values, to follow "must be"
     */
    public InvalidSettingException(String key, String allowed) {
        super(key + " must be " + allowed);
        this.key = key;
        this.allowed = allowed;
    }

    public String key() {
        return key;
    }

    public String allowed() {
        return allowed;
    }
}
