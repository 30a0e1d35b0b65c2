/** REST resources of operations and of the audit. */
@NullMarked
package io.planwarden.operation;

import org.jspecify.annotations.NullMarked;
