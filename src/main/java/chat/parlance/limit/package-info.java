/**
 * Rate limits: {@link chat.parlance.limit.RateLimits} has a token bucket for each connection, user and address. The
 * limits of users hold over the whole cluster, without queries to other nodes, see {@link
 * chat.parlance.limit.UserLimit}. Depends on model, error and the bucket library alone.
 */
@NullMarked
package chat.parlance.limit;

import org.jspecify.annotations.NullMarked;
