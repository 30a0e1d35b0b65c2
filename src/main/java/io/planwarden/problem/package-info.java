/**
 * Every error a caller can meet: its stable code, and the one rendering as problem+json (RFC 9457).
 */
@NullMarked
package io.planwarden.problem;

import org.jspecify.annotations.NullMarked;
