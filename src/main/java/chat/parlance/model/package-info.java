/**
 * The nouns of the field as records: rooms, users, messages and the events they make. They validate themselves, so a
 * value that exists is well formed. Depends on the JDK, the error catalogue and {@code text} alone; everything may use it.
 */
@NullMarked
package chat.parlance.model;

import org.jspecify.annotations.NullMarked;
