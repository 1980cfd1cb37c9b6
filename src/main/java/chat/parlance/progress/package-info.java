/** The bar that shows a person at a terminal the progress of a long command. Any package of a command may use it. */
@NullMarked
package chat.parlance.progress;

import org.jspecify.annotations.NullMarked;
