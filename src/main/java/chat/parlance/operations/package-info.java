/**
 * Metrics and health of a node, for its operator, on the management port. The node's work does not depend on this
 * package.
 */
@NullMarked
package chat.parlance.operations;

import org.jspecify.annotations.NullMarked;
