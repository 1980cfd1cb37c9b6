/**
 * Catalogue of errors: {@link chat.parlance.error.ErrorCode} lists every code that REST, WebSocket, line mode and the
 * bus share. Depends on the JDK alone; everything may use it.
 */
@NullMarked
package chat.parlance.error;

import org.jspecify.annotations.NullMarked;
