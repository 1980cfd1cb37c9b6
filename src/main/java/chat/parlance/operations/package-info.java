/**
 * What a node tells its operator: metrics and health on the management port. Nothing of a node's work depends on it.
 */
@NullMarked
package chat.parlance.operations;

import org.jspecify.annotations.NullMarked;
