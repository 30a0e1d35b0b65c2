/** Wiring, start-up checks and commands. */
@NullMarked
package io.planwarden.app;

import org.jspecify.annotations.NullMarked;
