/** How long the other end of a connection may keep us waiting, below the HTTP layer. */
@NullMarked
package io.planwarden.peer;

import org.jspecify.annotations.NullMarked;
