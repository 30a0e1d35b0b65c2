/** The only way to change NCP: locks, images before and after, intent, send, settle, outcome. */
@NullMarked
package io.planwarden.change;

import org.jspecify.annotations.NullMarked;
