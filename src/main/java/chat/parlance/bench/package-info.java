/**
 * The benchmark behind {@code parlance bench}: starts a node, drives it as clients do, checks every delivery and prints
 * the cost. It is a client of the server like any other, and uses none of its classes.
 */
@NullMarked
package chat.parlance.bench;

import org.jspecify.annotations.NullMarked;
