package chat.parlance.config;

import java.util.Set;

/** Keys of the configuration, for tests of other packages. */
public final class ConfigKeys {

    private ConfigKeys() {}

    /** All keys, such as {@code http.port}. */
    public static Set<String> all() {
        return ConfigKey.all().keySet();
    }
}
