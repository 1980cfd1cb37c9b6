/** Log lines of conditions that last, and of faults of the program. Every package may use it; it uses errors alone. */
@NullMarked
package chat.parlance.log;

import org.jspecify.annotations.NullMarked;
