/** The checking client of {@code docker/smoke}, which runs beside the containers of a real deployment. */
@NullMarked
package chat.parlance.smoke;

import org.jspecify.annotations.NullMarked;
