/** Connections below the HTTP layer: how long a peer may keep us waiting, when answers leave. */
@NullMarked
package io.planwarden.peer;

import org.jspecify.annotations.NullMarked;
