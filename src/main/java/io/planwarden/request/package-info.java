/**
 * What is known of the request at hand: its id, its caller, its deadline; and the order of the
 * filters.
 */
@NullMarked
package io.planwarden.request;

import org.jspecify.annotations.NullMarked;
