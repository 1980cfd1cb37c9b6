/** Log lines of conditions that last. Every package may use it; it uses none. */
@NullMarked
package chat.parlance.log;

import org.jspecify.annotations.NullMarked;
