/**
 * The benchmark behind {@code parlance bench}: starts a node, drives it as clients do, checks every delivery and prints
 * what it cost. A client of the server like any other: it uses no class of it.
 */
@NullMarked
package chat.parlance.bench;

import org.jspecify.annotations.NullMarked;
