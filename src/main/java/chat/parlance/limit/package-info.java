/**
 * How much anybody may ask for: {@link chat.parlance.limit.RateLimits} has a token bucket for each connection, user and
 * address. Those of users hold over the whole cluster, without a question to it: {@link
 * chat.parlance.limit.UserLimit} says how. Depends on model, error and the bucket library alone.
 */
@NullMarked
package chat.parlance.limit;

import org.jspecify.annotations.NullMarked;
