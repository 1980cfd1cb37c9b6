package chat.parlance.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Listening sockets of a process, as Linux lists them. */
public final class Listeners {

    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final String LISTENING = "0A";
    private static final int ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;
    private static final int HEX = 16;

    private Listeners() {}

    /** Addresses on which a process accepts TCP connections. */
    public static List<InetSocketAddress> of(long pid) {
        Set<String> own = inodes(pid);
        return Stream.of("tcp", "tcp6")
                .flatMap(table -> lines(Path.of("/proc/" + pid + "/net/" + table)))
                .map(line -> List.of(BLANKS.split(line.strip())))
                .filter(fields ->
                        fields.get(STATE).equals(LISTENING) && own.contains("socket:[" + fields.get(INODE) + "]"))
                .map(fields -> address(fields.get(ADDRESS)))
                .toList();
    }

    private static Stream<String> lines(Path table) {
        try {
            return Files.readAllLines(table).stream().skip(1);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Set<String> inodes(long pid) {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return descriptors.map(Listeners::target).collect(Collectors.toSet());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closed) {
            return "";
        }
    }

    /** Words of four bytes in the order of the machine, and the port. */
    private static InetSocketAddress address(String listed) {
        int colon = listed.indexOf(':');
        ByteBuffer words = ByteBuffer.wrap(HexFormat.of().parseHex(listed.substring(0, colon)))
                .order(ByteOrder.nativeOrder());
        ByteBuffer bytes = ByteBuffer.allocate(words.remaining());
        while (words.hasRemaining()) {
            bytes.putInt(words.getInt());
        }
        try {
            return new InetSocketAddress(
                    InetAddress.getByAddress(bytes.array()), Integer.parseInt(listed.substring(colon + 1), HEX));
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
