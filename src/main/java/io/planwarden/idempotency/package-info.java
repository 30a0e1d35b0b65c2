/** Which operation a caller's Idempotency-Key stands for. */
@NullMarked
package io.planwarden.idempotency;

import org.jspecify.annotations.NullMarked;
