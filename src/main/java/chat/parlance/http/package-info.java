/**
 * The REST door and the page. {@link chat.parlance.http.HttpVerticle} binds the public port and routes; each class of
 * routes turns requests into calls of room and auth; {@link chat.parlance.http.Problems} is the one place that turns
 * failures into answers.
 */
@NullMarked
package chat.parlance.http;

import org.jspecify.annotations.NullMarked;
