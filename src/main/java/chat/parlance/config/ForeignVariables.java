package chat.parlance.config;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Variables that begin as those of a node do and are none: Kubernetes describes a Service called {@code parlance}, or one whose
 * name begins so, to all pods of its namespace (service links), and docker-compose.yml has variables of its own.
 */
final class ForeignVariables {

    /** Variables of docker-compose.yml. */
    private static final Set<String> COMPOSE = Set.of(
            "PARLANCE_IMAGE", "PARLANCE_NODES", "PARLANCE_NODE_MEMORY", "PARLANCE_POSTGRES_MEMORY", "PARLANCE_PUBLISH");

    /** {@code PARLANCE_PORT} and {@code PARLANCE_HTTP_PORT}, of services parlance and parlance-http. */
    private static final Pattern LINK_PORT = Pattern.compile("PARLANCE_([A-Z0-9_]+_)?PORT");

    private static final Pattern LINK_VALUE = Pattern.compile("(tcp|udp|sctp)://.*");

    private static final Pattern LINK_DETAIL = Pattern.compile(
            "PARLANCE_([A-Z0-9_]+_)?(SERVICE_HOST|SERVICE_PORT(_[A-Z0-9_]+)?|PORT_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)");

    private ForeignVariables() {}

    static boolean contains(Map.Entry<String, String> variable) {
        return COMPOSE.contains(variable.getKey()) || isServiceLink(variable);
    }

    private static boolean isServiceLink(Map.Entry<String, String> variable) {
        String name = variable.getKey();
        return (LINK_PORT.matcher(name).matches()
                        && LINK_VALUE.matcher(variable.getValue()).matches())
                || LINK_DETAIL.matcher(name).matches();
    }
}
