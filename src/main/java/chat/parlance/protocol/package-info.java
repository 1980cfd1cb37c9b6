/**
 * What clients and server say to each other, in no language: frames and close codes. Depends on model and error; uses no
 * socket.
 */
@NullMarked
package chat.parlance.protocol;

import org.jspecify.annotations.NullMarked;
