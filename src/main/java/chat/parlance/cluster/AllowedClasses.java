package chat.parlance.cluster;

import com.hazelcast.config.ClassFilter;
import com.hazelcast.config.JavaSerializationFilterConfig;
import io.vertx.spi.cluster.hazelcast.impl.HazelcastNodeInfo;
import io.vertx.spi.cluster.hazelcast.impl.HazelcastRegistrationInfo;
import java.util.List;
import java.util.Set;

/**
 * Classes that Hazelcast may instantiate from another member's data. Its maps hold only Vert.x's entries, which are two
 * classes and strings; members also send each other Hazelcast's own operations, and exceptions by Java's serialization.
 *
 * <p>Hazelcast filters Java's serialization. It has no filter for objects that are instantiated by a class name on the
 * wire ({@code DataSerializable}, {@code Compact}); for those it asks the class loader of its configuration, which is
 * this one. An existing class that is not allowed is a {@link SecurityException}, because after a {@link
 * ClassNotFoundException} Hazelcast would ask another class loader.
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

    /** Classes in exceptions, and exceptions of packages that also have other classes. */
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

    /**
     * Filter with the same classes for Java's serialization, without Hazelcast's defaults, which allow all of the JDK
     * and of Hazelcast.
     */
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
