/** The main class and the node that it starts. The only package that uses all the others. */
@NullMarked
package chat.parlance;

import org.jspecify.annotations.NullMarked;
