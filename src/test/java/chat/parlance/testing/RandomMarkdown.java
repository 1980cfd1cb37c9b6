package chat.parlance.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Random texts in Markdown, with mentions everywhere: blocks within blocks, markup that is not closed, tabs, tables,
 * entities and loose signs. Each mention of a text has an id of its own, so a comparison shows which of them count.
 */
public final class RandomMarkdown {

    private static final List<String> SIGNS = List.of(
            "@",
            "@",
            "@",
            "`",
            "`",
            "``",
            "```",
            "~~~",
            "\n",
            "\n",
            "\n",
            "\n\n",
            " ",
            " ",
            "  ",
            "    ",
            "\t",
            "> ",
            ">",
            "- ",
            "-",
            "* ",
            "1. ",
            "2) ",
            "| ",
            "|",
            "|---|",
            "|-|-|\n",
            "[",
            "]",
            "](",
            "(",
            ")",
            "<",
            ">",
            "\\",
            "\\\n",
            "*",
            "_",
            "**",
            "__",
            "~~",
            "&commat;",
            "&nbsp;",
            "&#64;",
            "&#8203;",
            "&",
            " https://x.example/",
            " www.x.example",
            " x.example/",
            " me@x.example",
            "a",
            "a",
            "b c",
            "!",
            "![",
            ":",
            "[a]: ",
            "---",
            "***",
            "===",
            "# ",
            "\r\n",
            "\"",
            "'",
            "[ ] ",
            "[x] ",
            "<b>",
            "<https://x.example/",
            "請",
            "ü",
            "\u00a0",
            "\u3000",
            "👍",
            ".",
            ",",
            "/");

    private static final List<String> WORDS = List.of(
            "a",
            "b c",
            "word",
            "x_y",
            "don't",
            "2*3",
            "請看",
            "ü",
            "&amp;",
            "&nbsp;",
            "&commat;",
            "&#64;",
            "\\",
            "<",
            ">",
            "|",
            "`",
            "*",
            "_",
            "~",
            "[",
            "]",
            "!",
            "https://x.example/a_b",
            "www.x.example",
            "x.example/p",
            "me@x.example",
            "<i>",
            "\u00a0",
            "#",
            ":",
            "\\*",
            "\\`");

    private final Random random;
    private int named;

    private RandomMarkdown(Random random) {
        this.random = random;
    }

    /** A text, every second one of a grammar and the others of loose signs. */
    public static String next(Random random) {
        RandomMarkdown text = new RandomMarkdown(random);
        return random.nextBoolean() ? text.blocks(0, "") : text.signs();
    }

    private String signs() {
        StringBuilder text = new StringBuilder();
        int count = 3 + random.nextInt(22);
        for (int i = 0; i < count; i++) {
            String sign = one(SIGNS);
            text.append(sign.equals("@") ? mention() : sign);
        }
        return text.toString();
    }

    private String blocks(int depth, String indent) {
        StringBuilder text = new StringBuilder();
        int count = 1 + random.nextInt(depth == 0 ? 4 : 2);
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : indent)
                    .append(block(depth, indent))
                    .append(one(List.of("\n", "\n", "\n\n", "\n" + indent + "\n")));
        }
        return text.toString();
    }

    private String block(int depth, String indent) {
        return switch (random.nextInt(depth < 3 ? 8 : 4)) {
            case 0, 1 -> paragraph(indent);
            case 2 -> fence(indent);
            case 3 -> table(indent);
            case 4 ->
                "> "
                        + blocks(depth + 1, indent + one(List.of("> ", "> ", ">", "")))
                                .stripTrailing();
            case 5 -> list(depth, indent, one(List.of("- ", "* ", "+ ", "-   ", "-\t")));
            case 6 -> list(depth, indent, one(List.of("1. ", "2) ", "10. ")));
            default ->
                one(List.of(
                        "---", "***", "===", "    " + inline(), "# " + inline(), "[a]: " + inline(), "\t" + inline()));
        };
    }

    private String list(int depth, String indent, String bullet) {
        List<String> items = new ArrayList<>();
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            String deeper = indent + " ".repeat(Math.max(0, bullet.length() + one(List.of(0, 0, 0, -1, 1, 2))));
            items.add(bullet
                    + one(List.of("", "", "", "[ ] "))
                    + blocks(depth + 1, deeper).stripTrailing());
        }
        return String.join("\n" + one(List.of("", "", "\n")) + indent, items);
    }

    private String fence(String indent) {
        String fence = one(List.of("```", "```", "````", "~~~", "~~~~"));
        String begin = one(List.of("", "", "", " ", "  ", "   ", "    ", "\t"));
        StringBuilder text =
                new StringBuilder(begin + fence + one(List.of("", "", "java", " a " + mention(), " `a`", " \t")));
        int lines = random.nextInt(3);
        for (int i = 0; i < lines; i++) {
            text.append('\n')
                    .append(indent)
                    .append(one(List.of("", " ", "  ", "\t", "> ")))
                    .append(inline());
        }
        String end = one(List.of(
                fence, fence, fence, fence + "`", fence + " ", "  " + fence, "\t" + fence, fence + " a", "```", ""));
        return text.append('\n').append(indent).append(end).toString();
    }

    private String table(String indent) {
        return "| " + inline() + " | b |\n" + indent + one(List.of("|---|---|", "| :-- | - |", "|---|", "---|---"))
                + "\n" + indent + "| " + inline() + " | " + inline() + one(List.of(" |", "", " | c |"));
    }

    private String paragraph(String indent) {
        StringBuilder text = new StringBuilder(inline());
        int lines = random.nextInt(3);
        for (int i = 0; i < lines; i++) {
            text.append(one(List.of("", "", "  ", "\\")))
                    .append('\n')
                    .append(indent)
                    .append(one(List.of("", "", " ", "    ", "\t")))
                    .append(inline());
        }
        return text.toString();
    }

    private String inline() {
        StringBuilder text = new StringBuilder();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            text.append(span()).append(one(List.of(" ", " ", "", "\n")));
        }
        return text.toString().strip();
    }

    private String span() {
        return switch (random.nextInt(12)) {
            case 0, 1, 2 -> mention();
            case 3, 4 -> one(WORDS);
            case 5 -> around(one(List.of("*", "_", "**", "__", "~~", "~", "***")));
            case 6, 7 -> around(one(List.of("`", "`", "``", "```")));
            case 8 ->
                "[" + inner() + "]("
                        + one(List.of(
                                "https://x.example",
                                mention(),
                                "<" + mention() + ">",
                                "x \"" + inner() + "\"",
                                "",
                                "a b"))
                        + ")";
            case 9 -> "![" + inner() + "](https://x.example)";
            case 10 ->
                one(List.of(
                        "<https://x.example/" + mention() + ">",
                        "https://x.example/" + mention(),
                        "<" + mention() + ">",
                        "\\" + mention()));
            default -> "[" + inner() + "]" + one(List.of("", ": ", "[a]", "("));
        };
    }

    private String around(String sign) {
        return sign + inner() + one(List.of(sign, sign, sign, sign, ""));
    }

    private String inner() {
        return switch (random.nextInt(6)) {
            case 0 -> one(WORDS);
            case 1 -> mention() + "\n" + one(WORDS);
            case 2 -> one(WORDS) + "\n" + mention();
            case 3 -> one(WORDS) + " " + mention();
            case 4 -> span();
            default -> mention();
        };
    }

    private String mention() {
        return "@u" + named++;
    }

    private <T> T one(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
