package chat.parlance.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.nulabinc.zxcvbn.Context;
import com.nulabinc.zxcvbn.StandardKeyboards;
import com.nulabinc.zxcvbn.matchers.Keyboard;
import com.nulabinc.zxcvbn.matchers.KeyboardLoader;
import com.nulabinc.zxcvbn.matchers.SlantedKeyboardLoader;
import com.nulabinc.zxcvbn.matchers.SpatialMatcher;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Texts typed by walks over neighbouring keys: rows, columns, zigzags, with or without Shift. The search for walks is
 * zxcvbn's; it knows the keyboards of the United States and Japan and Dvorak's, and learns the others here.
 */
final class KeyboardWalks {

    private static final KeyboardLoader AZERTY = layout("azerty", """
        ²~ &1 é2 "3 '4 (5 -6 è7 _8 ç9 à0 )° =+
            aA zZ eE rR tT yY uU iI oO pP ^¨ $£
             qQ sS dD fF gG hH jJ kK lL mM ù% *µ
              wW xX cC vV bB nN ,? ;. :/ !§
        """);

    private static final KeyboardLoader QWERTZ = layout("qwertz", """
        ^° 1! 2" 3§ 4$ 5% 6& 7/ 8( 9) 0= ß? ´`
            qQ wW eE rR tT zZ uU iI oO pP üÜ +*
             aA sS dD fF gG hH jJ kK lL öÖ äÄ #'
              yY xX cC vV bB nN mM ,; .: -_
        """);

    private static final KeyboardLoader COLEMAK = layout("colemak", """
        `~ 1! 2@ 3# 4$ 5% 6^ 7& 8* 9( 0) -_ =+
            qQ wW fF pP gG jJ lL uU yY ;: [{ ]} \\|
             aA rR sS tT dD hH nN eE iI oO '"
              zZ xX cC vV bB kK mM ,< .> /?
        """);

    private static final KeyboardLoader RUSSIAN = layout("russian", """
        ёЁ 1! 2" 3№ 4; 5% 6: 7? 8* 9( 0) -_ =+
            йЙ цЦ уУ кК еЕ нН гГ шШ щЩ зЗ хХ ъЪ \\/
             фФ ыЫ вВ аА пП рР оО лЛ дД жЖ эЭ
              яЯ чЧ сС мМ иИ тТ ьЬ бБ юЮ .,
        """);

    private static final List<Keyboard> KEYBOARDS = Stream.of(
                    StandardKeyboards.QWERTY_LOADER,
                    StandardKeyboards.JIS_LOADER,
                    StandardKeyboards.DVORAK_LOADER,
                    AZERTY,
                    QWERTZ,
                    COLEMAK,
                    RUSSIAN)
            .map(KeyboardWalks::load)
            .toList();

    private KeyboardWalks() {}

    /**
     * True for a text that is mostly walks on one keyboard: walks, each counted as one character, and all other
     * characters are fewer than half of the text. Random text contains a few walks of three keys.
     */
    static boolean consistsOf(String text) {
        return KEYBOARDS.stream().anyMatch(keyboard -> 2 * unpredicted(text, keyboard) < text.length());
    }

    private static int unpredicted(String text, Keyboard keyboard) {
        return text.length()
                - new SpatialMatcher(new Context(Map.of(), Map.of(keyboard.getName(), keyboard)))
                        .execute(text).stream()
                                .mapToInt(walk -> walk.tokenLength() - 1)
                                .sum();
    }

    private static Keyboard load(KeyboardLoader loader) {
        try {
            return loader.load();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * @param keys each key without Shift and with it; each row starts one character further right, as on the keyboard
     */
    private static KeyboardLoader layout(String name, String keys) {
        return new SlantedKeyboardLoader(name, () -> new ByteArrayInputStream(keys.getBytes(UTF_8)));
    }
}
