/**
 * The port to the API gateway's management API, in our words; nothing of NCP's wire format is known
 * here.
 */
@NullMarked
package io.planwarden.gateway;

import org.jspecify.annotations.NullMarked;
