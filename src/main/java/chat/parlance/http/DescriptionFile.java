package chat.parlance.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * A file of the jar that describes the interface.
 *
 * @param yaml the file, unchanged
 * @param json the same, for programs without a YAML parser
 */
record DescriptionFile(Buffer yaml, JsonObject json) {

    /** Reads {@code api/NAME.yaml}; it takes some hundredths of a second. */
    static DescriptionFile read(String name) {
        String path = "api/" + name + ".yaml";
        try (InputStream file = DescriptionFile.class.getClassLoader().getResourceAsStream(path)) {
            Buffer yaml = Buffer.buffer(Objects.requireNonNull(file, path).readAllBytes());
            Object loaded =
                    new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml.toString(StandardCharsets.UTF_8));
            return new DescriptionFile(yaml, (JsonObject) json(loaded));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Object json(Object yaml) {
        return switch (yaml) {
            case Map<?, ?> map -> {
                JsonObject object = new JsonObject();
                map.forEach((key, value) -> object.put(String.valueOf(key), json(value)));
                yield object;
            }
            case List<?> list -> {
                JsonArray array = new JsonArray();
                list.forEach(element -> array.add(json(element)));
                yield array;
            }
            default -> yaml;
        };
    }
}
