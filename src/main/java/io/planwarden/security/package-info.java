/** Who may call: the modes none, token and oidc, and how an identity becomes a caller. */
@NullMarked
package io.planwarden.security;

import org.jspecify.annotations.NullMarked;
