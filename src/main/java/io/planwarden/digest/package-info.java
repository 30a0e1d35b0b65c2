/** SHA-256, for rows, entity tags, payloads and tokens. */
@NullMarked
package io.planwarden.digest;

import org.jspecify.annotations.NullMarked;
