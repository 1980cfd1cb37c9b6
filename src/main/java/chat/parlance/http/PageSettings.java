package chat.parlance.http;

import chat.parlance.setting.InvalidSettingException;
import chat.parlance.setting.Within;
import java.nio.file.Files;
import java.nio.file.Path;

/** Section {@code page}. */
public record PageSettings(@Within(min = 0, max = 4_096) String folder) {

    public PageSettings {
        if (!folder.isEmpty() && !Files.isRegularFile(Path.of(folder, "index.html"))) {
            throw new InvalidSettingException("page.folder", "empty or a folder with the page's index.html");
        }
    }
}
