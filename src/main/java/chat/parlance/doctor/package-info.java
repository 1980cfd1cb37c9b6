/**
 * {@code parlance doctor}: checks what a node needs of its surroundings, and names the one fix for each finding. The checks
 * judge plain values, so that each finding has a test; {@link chat.parlance.persistence.ServerFacts} asks Postgres.
 */
@NullMarked
package chat.parlance.doctor;

import org.jspecify.annotations.NullMarked;
