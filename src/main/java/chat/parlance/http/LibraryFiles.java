package chat.parlance.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Files of a JavaScript library in its jar, in a folder named after the version in its {@code pom.properties}. */
record LibraryFiles(String group, String artifact, String base) {

    static LibraryFiles webJar(String group, String artifact) {
        return new LibraryFiles(group, artifact, "META-INF/resources/webjars/");
    }

    /**
     * Path of a file on the class path.
     *
     * @param path in the library
     */
    String resource(String path) {
        Properties properties = new Properties();
        String name = "META-INF/maven/" + group + "/" + artifact + "/pom.properties";
        try (InputStream in = LibraryFiles.class.getClassLoader().getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("The library " + artifact + " is missing");
            }
            properties.load(in);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return base + artifact + "/" + properties.getProperty("version") + "/" + path;
    }
}
