/** How much each caller may ask of Planwarden. */
@NullMarked
package io.planwarden.ratelimit;

import org.jspecify.annotations.NullMarked;
