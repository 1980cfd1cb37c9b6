/**
 * The REST door and the page. {@link chat.parlance.http.StrictServer} makes the servers of both HTTP ports, {@link
 * chat.parlance.http.HttpVerticle} binds the public one; {@link
 * chat.parlance.http.ApiRoutes} routes and checks what the contract, api/openapi.yaml, describes, and {@link
 * chat.parlance.http.ReferenceRoutes} shows it to people; each class of operations turns requests into calls of room and
 * auth; {@link chat.parlance.http.Problems} is the one place that turns failures into answers.
 */
@NullMarked
package chat.parlance.http;

import org.jspecify.annotations.NullMarked;
