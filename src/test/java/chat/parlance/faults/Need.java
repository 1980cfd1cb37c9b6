package chat.parlance.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** What a fault needs of the machine, which not every one allows. */
enum Need {
    NAMESPACES {
        @Override
        Optional<String> missing(Network network) {
            return network instanceof Network.Loopback loopback
                    ? Optional.of("no network namespaces: " + loopback.reason())
                    : Optional.empty();
        }
    },
    SMALL_DISK {
        @Override
        Optional<String> missing(Network network) {
            try {
                SmallDisk.mount(1).close();
                return Optional.empty();
            } catch (IllegalStateException refused) {
                return Optional.of("no tmpfs: " + refused.getMessage());
            }
        }
    },
    FAKETIME {
        @Override
        Optional<String> missing(Network network) {
            return libfaketime().isPresent() ? Optional.empty() : Optional.of("no libfaketime");
        }
    };

    /** Why the machine does not have it; empty when it has. */
    abstract Optional<String> missing(Network network);

    /** Debian's library that changes what a process takes for the time. */
    static Optional<Path> libfaketime() {
        try (Stream<Path> files =
                Files.find(Path.of("/usr/lib"), 3, (file, attributes) -> file.endsWith("faketime/libfaketime.so.1"))) {
            return files.findFirst();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
