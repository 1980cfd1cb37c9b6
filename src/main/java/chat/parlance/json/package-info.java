/**
 * JSON: frames of the subprotocol {@code parlance.v1.json} by {@link chat.parlance.json.JsonCodec} and {@link
 * chat.parlance.json.JsonConversation}, and the resources of the REST API by {@link chat.parlance.json.ResourceCodec}.
 * docs/PROTOCOL.md describes them.
 */
@NullMarked
package chat.parlance.json;

import org.jspecify.annotations.NullMarked;
