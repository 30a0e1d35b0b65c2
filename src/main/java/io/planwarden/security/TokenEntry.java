package io.planwarden.security;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A token and what its bearer is.
 *
 * @param caller the bearer's id
 * @param roles what it may do
 * @param products the products that it is confined to, null if it is not
 */
record TokenEntry(
    String caller, TokenHash hash, Set<String> roles, @Nullable Set<String> products) {}
