package chat.parlance.setting;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Component whose record groups keys of the section around it: the name of the component is no part of their names. So a
 * section with many keys, or with keys of several features, is made of small records.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.FIELD}) // ArchUnit finds it at the field of the component.
public @interface Unwrapped {}
