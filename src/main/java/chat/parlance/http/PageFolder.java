package chat.parlance.http;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The page's modules as they are in a folder, for developers of the page: a reload shows the changes. Libraries come
 * from the bundle.
 */
final class PageFolder implements PageFiles {

    private static final String LIBRARY = "/library/";

    private final Path folder;

    PageFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    @Override
    public @Nullable PageFile file(String path) {
        byte[] content = content(path.equals("/") ? "/index.html" : path);
        return content == null ? null : PageFile.of(path.equals("/") ? "index.html" : path, content, null, null);
    }

    @Override
    public void mount(Router router) {
        // Files are read anew for each request, which takes time.
        router.get("/*").blockingHandler(this::send, false);
    }

    private void send(RoutingContext context) {
        PageFile file = file(context.normalizedPath());
        if (file == null) {
            context.next();
        } else {
            PageRoutes.send(context, context.normalizedPath(), file);
        }
    }

    private byte @Nullable [] content(String path) {
        try {
            Path file = folder.resolve(path.substring(1)).normalize();
            if (isWithin(file)) {
                return Files.readAllBytes(file);
            }
            return path.startsWith(LIBRARY) && path.endsWith(".js") ? PageBundle.bytesIfAny(path) : null;
        } catch (InvalidPathException none) {
            return null;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** True for a file below the folder that is not hidden, and whose links do not leave the folder. */
    private boolean isWithin(Path file) throws IOException {
        if (!file.startsWith(folder) || !Files.isRegularFile(file)) {
            return false;
        }
        Path real = folder.toRealPath();
        if (!file.toRealPath().startsWith(real)) {
            return false;
        }
        for (Path part : folder.relativize(file)) {
            if (part.toString().startsWith(".")) {
                return false;
            }
        }
        return PageFile.isKnown(file.toString());
    }
}
