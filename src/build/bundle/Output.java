import com.aayushatharva.brotli4j.Brotli4jLoader;
import com.aayushatharva.brotli4j.encoder.Encoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Folder of the files that a node serves, each unencoded, by gzip ({@code .gz}) and by brotli ({@code .br}), and the
 * list of their paths. If brotli4j has no native library, the files of brotli are omitted.
 */
final class Output {

    static final String LIST = "files.txt";

    private static final int BROTLI_QUALITY = 11;
    private static final int HASH_LENGTH = 10;

    private final Path folder;
    private final Set<String> paths = new TreeSet<>();
    private final boolean brotli = Brotli4jLoader.isAvailable();

    Output(Path folder) throws IOException {
        this.folder = folder;
        Files.createDirectories(folder);
    }

    /** Writes a file that a browser may cache permanently, with a hash of its content in its name. @return its path */
    String writeImmutable(String name, String ending, String content) throws IOException {
        String hash = sha256(content.getBytes(StandardCharsets.UTF_8)).substring(0, HASH_LENGTH);
        String path = "/assets/" + name + "-" + hash + ending;
        write(path, content);
        return path;
    }

    void write(String path, String content) throws IOException {
        write(path, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a file, and those of its encodings that are shorter: encodings of a picture are not. */
    void write(String path, byte[] plain) throws IOException {
        put(path, plain);
        putIfShorter(path + ".gz", gzip(plain), plain);
        if (brotli) {
            putIfShorter(
                    path + ".br", Encoder.compress(plain, new Encoder.Parameters().setQuality(BROTLI_QUALITY)), plain);
        }
        paths.add(path);
    }

    /** Writes a file for nodes of developers of the page alone. */
    void writeUnlisted(String path, String content) throws IOException {
        put(path, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes the list, which is the last of the files. */
    void finish() throws IOException {
        Files.writeString(folder.resolve(LIST), String.join("\n", paths) + "\n");
    }

    static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void putIfShorter(String path, byte[] encoded, byte[] plain) throws IOException {
        if (encoded.length < plain.length) {
            put(path, encoded);
        }
    }

    private void put(String path, byte[] content) throws IOException {
        Path file = folder.resolve(path.substring(1));
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    private static byte[] gzip(byte[] plain) throws IOException {
        ByteArrayOutputStream gzipped = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(gzipped) {
            {
                def.setLevel(Deflater.BEST_COMPRESSION);
            }
        }) {
            out.write(plain);
        }
        return gzipped.toByteArray();
    }
}
