/** This process as one of several that share a store: what only one of them at a time may have. */
@NullMarked
package io.planwarden.replica;

import org.jspecify.annotations.NullMarked;
