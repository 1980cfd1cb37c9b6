/**
 * Fuzzers of everything that reads bytes from outside. Jazzer mutates inputs and keeps those that reach new code;
 * {@link chat.parlance.fuzz.FuzzIT} runs each in a JVM of its own.
 */
@NullMarked
package chat.parlance.fuzz;

import org.jspecify.annotations.NullMarked;
