/**
 * The REST interface and the page. {@link chat.parlance.http.StrictServer} makes the servers of both HTTP ports, {@link
 * chat.parlance.http.HttpVerticle} binds the public one. {@link chat.parlance.http.ApiRoutes} routes and checks
 * requests by the API description, api/openapi.yaml, and {@link chat.parlance.http.ReferenceRoutes} serves its documentation.
 * Each class of operations turns requests into calls of room and auth; {@link chat.parlance.http.Problems} turns their
 * failures into {@link chat.parlance.http.ProblemDocument}s.
 */
@NullMarked
package chat.parlance.http;

import org.jspecify.annotations.NullMarked;
