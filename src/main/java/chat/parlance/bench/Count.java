package chat.parlance.bench;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of things on the command line, at least one. */
final class Count implements ITypeConverter<Integer> {

    private static final String NUMBER = "[1-9][0-9]{0,7}";

    @Override
    public Integer convert(String text) {
        if (!text.matches(NUMBER)) {
            throw new TypeConversionException("it must be a whole number of 1 to 99999999, and is " + text);
        }
        return Integer.valueOf(text);
    }
}
