package chat.parlance.setting;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Range of a number, or of the length of a text in characters, with both ends. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD}) // ArchUnit finds it at the field of the component.
public @interface Within {
    long min();

    long max();
}
