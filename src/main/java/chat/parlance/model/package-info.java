/**
 * The domain as records: rooms, users, messages and their events. They validate themselves, so each instance is
 * well-formed. Depends on the JDK, the error catalogue and {@code text} alone; everything may use it.
 */
@NullMarked
package chat.parlance.model;

import org.jspecify.annotations.NullMarked;
