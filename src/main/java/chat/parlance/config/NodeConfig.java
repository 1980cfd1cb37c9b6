package chat.parlance.config;

import chat.parlance.setting.InvalidSettingException;
import chat.parlance.setting.Within;
import java.util.Set;

/** Section {@code node}: the process as a whole, which is no feature. */
public record NodeConfig(
        @Within(min = 0, max = 64) String name,
        Set<Role> roles,
        @Within(min = 100, max = 3_600_000) int startTimeoutMs) {

    /** Role of a node; each is one kind of verticle. */
    public enum Role {
        HTTP,
        WEBSOCKET,
        PERSISTENCE
    }

    public NodeConfig {
        roles = Set.copyOf(roles);
        if (roles.isEmpty()) {
            throw new InvalidSettingException("node.roles", "at least one role");
        }
    }

    public boolean has(Role role) {
        return roles.contains(role);
    }

    /** True when a role serves clients at the public port. */
    public boolean servesClients() {
        return has(Role.HTTP) || has(Role.WEBSOCKET);
    }

    /** @param id default for the name */
    public String nameOr(String id) {
        return name.isEmpty() ? id : name;
    }
}
