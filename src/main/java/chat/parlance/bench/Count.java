package chat.parlance.bench;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of things on the command line, from one to a limit. */
abstract class Count implements ITypeConverter<Integer> {

    private static final int MAX_DIGITS = 8;

    private final int max;

    private Count(int max) {
        this.max = max;
    }

    @Override
    public Integer convert(String text) {
        if (!text.matches("[1-9][0-9]{0," + (MAX_DIGITS - 1) + "}") || Integer.parseInt(text) > max) {
            throw new TypeConversionException("it must be a whole number of 1 to " + max + ", and is " + text);
        }
        return Integer.valueOf(text);
    }

    /** Up to 9,999. */
    static final class Few extends Count {
        Few() {
            super(9_999);
        }
    }

    /** Up to 999,999. */
    static final class Many extends Count {
        Many() {
            super(999_999);
        }
    }

    /** Up to 99,999,999. */
    static final class VeryMany extends Count {
        VeryMany() {
            super(99_999_999);
        }
    }
}
