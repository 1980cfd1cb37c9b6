package chat.parlance.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The emoji that the page's picker offers, with their Unicode names: those that the JDK knows as single pictures. */
final class EmojiCatalogue {

    /** Blocks of the Unicode standard, in the order in which people look for them. */
    private record Block(String title, int first, int last) {}

    private static final List<Block> BLOCKS = List.of(
            new Block("Faces", 0x1F600, 0x1F64F),
            new Block("People and nature", 0x1F900, 0x1F9FF),
            new Block("Things", 0x1F300, 0x1F5FF),
            new Block("Travel", 0x1F680, 0x1F6FF),
            new Block("More", 0x1FA70, 0x1FAFF),
            new Block("Signs", 0x2300, 0x2BFF));

    private EmojiCatalogue() {}

    /** A JSON array of {@code {title, emoji: [[picture, name], ..]}}. */
    static byte[] json() {
        JsonArray groups = new JsonArray();
        for (Block block : BLOCKS) {
            JsonArray emoji = new JsonArray();
            IntStream.rangeClosed(block.first(), block.last())
                    .filter(EmojiCatalogue::isPicture)
                    .forEach(point ->
                            emoji.add(new JsonArray().add(picture(point)).add(name(point))));
            groups.add(new JsonObject().put("title", block.title()).put("emoji", emoji));
        }
        return groups.toBuffer().getBytes();
    }

    private static boolean isPicture(int point) {
        return Character.isDefined(point)
                && (Character.isEmojiPresentation(point) || point == 0x2764)
                && !Character.isEmojiModifier(point)
                && !Character.isEmojiComponent(point);
    }

    /** A heart is drawn in colour only when asked (variation selector 16). */
    private static String picture(int point) {
        return Character.toString(point) + (Character.isEmojiPresentation(point) ? "" : "\uFE0F");
    }

    private static String name(int point) {
        return Character.getName(point)
                .toLowerCase(Locale.ROOT)
                .replace(" sign", "")
                .replace("heavy black ", "");
    }
}
