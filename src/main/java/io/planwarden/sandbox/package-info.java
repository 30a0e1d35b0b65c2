/**
 * A simulated NCP API Gateway management API, stateful and signature-checking, for working and
 * testing without an account; it uses nothing of Planwarden's own.
 */
@NullMarked
package io.planwarden.sandbox;

import org.jspecify.annotations.NullMarked;
