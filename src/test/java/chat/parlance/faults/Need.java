package chat.parlance.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Requirement of a fault that not every machine meets. */
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

    /** Reason why the machine does not meet it; empty when it does. */
    abstract Optional<String> missing(Network network);

    /** Debian's library that changes the time that a process sees. */
    static Optional<Path> libfaketime() {
        try (Stream<Path> files =
                Files.find(Path.of("/usr/lib"), 3, (file, attributes) -> file.endsWith("faketime/libfaketime.so.1"))) {
            return files.findFirst();
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
