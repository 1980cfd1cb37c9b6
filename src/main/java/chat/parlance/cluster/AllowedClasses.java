package chat.parlance.cluster;

import com.hazelcast.config.ClassFilter;
import com.hazelcast.config.JavaSerializationFilterConfig;
import io.vertx.spi.cluster.hazelcast.impl.HazelcastNodeInfo;
import io.vertx.spi.cluster.hazelcast.impl.HazelcastRegistrationInfo;
import java.util.List;
import java.util.Set;

/**
 * Classes that Hazelcast may make of what another member sends. Its maps hold what Vert.x keeps in them, which are two
 * classes and strings; members also send each other Hazelcast's own operations, and exceptions by Java's serialization.
 *
 * <p>Hazelcast filters what comes by Java's serialization. It has no filter for objects that are made of a class name on the
 * wire ({@code DataSerializable}, {@code Compact}); those it asks the class loader of its configuration for, which is this
 * one. A class that is there and not allowed is a {@link SecurityException}, because after a
 * {@link ClassNotFoundException} Hazelcast would ask another class loader.
 */
final class AllowedClasses extends ClassLoader {

    private static final String OWN_PREFIX = "com.hazelcast.";

    /** Packages of exceptions that Hazelcast's operations throw. */
    private static final List<String> EXCEPTION_PACKAGES = List.of(
            "java.lang",
            "com.hazelcast.cluster",
            "com.hazelcast.config",
            "com.hazelcast.core",
            "com.hazelcast.internal.cluster.impl",
            "com.hazelcast.internal.partition",
            "com.hazelcast.internal.util",
            "com.hazelcast.map",
            "com.hazelcast.nio.serialization",
            "com.hazelcast.partition",
            "com.hazelcast.spi.exception",
            "com.hazelcast.splitbrainprotection",
            "com.hazelcast.transaction");

    /** Parts of exceptions, and exceptions of packages that also have other things. */
    private static final Set<String> CLASSES = Set.of(
            "[Ljava.lang.StackTraceElement;",
            "[Ljava.lang.Throwable;",
            "java.io.EOFException",
            "java.io.IOException",
            "java.util.ArrayList",
            "java.util.Collections$EmptyList",
            "java.util.Collections$UnmodifiableCollection",
            "java.util.Collections$UnmodifiableList",
            "java.util.Collections$UnmodifiableRandomAccessList",
            "java.util.ConcurrentModificationException",
            "java.util.UUID",
            "java.util.concurrent.CancellationException",
            "java.util.concurrent.CompletionException",
            "java.util.concurrent.ExecutionException",
            "java.util.concurrent.RejectedExecutionException",
            "java.util.concurrent.TimeoutException");

    private static final Set<String> OF_VERTX =
            Set.of(HazelcastNodeInfo.class.getName(), HazelcastRegistrationInfo.class.getName());

    private static final ClassFilter EXCEPTIONS =
            new ClassFilter().setPackages(EXCEPTION_PACKAGES).setClasses(CLASSES);

    AllowedClasses(ClassLoader parent) {
        super("hazelcast-data", parent);
    }

    /** The same for Java's serialization, with none of Hazelcast's defaults, which allow all of the JDK and of Hazelcast. */
    static JavaSerializationFilterConfig filter() {
        JavaSerializationFilterConfig filter = new JavaSerializationFilterConfig();
        filter.setDefaultsDisabled(true);
        filter.setWhitelist(EXCEPTIONS);
        return filter;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        Class<?> found = super.loadClass(name, resolve);
        if (!isAllowed(name)) {
            throw new SecurityException("members may not send " + name);
        }
        return found;
    }

    private static boolean isAllowed(String name) {
        return name.startsWith(OWN_PREFIX) || OF_VERTX.contains(name) || EXCEPTIONS.isListed(name);
    }
}
