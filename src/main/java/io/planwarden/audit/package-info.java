/** The append-only record of every change: intent before the effect, outcome after it. */
@NullMarked
package io.planwarden.audit;

import org.jspecify.annotations.NullMarked;
