/** The build of this program: version, commit, time, and version of the schema. Any package may use it. */
@NullMarked
package chat.parlance.build;

import org.jspecify.annotations.NullMarked;
