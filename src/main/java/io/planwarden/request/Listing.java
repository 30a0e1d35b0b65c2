package io.planwarden.request;

import java.util.List;

/**
 * A list as the API answers it.
 *
 * @param total how many items there are in all
 * @param offset how many items were skipped
 * @param limit how many items were asked for at most
 */
public record Listing<T>(List<T> items, long total, long offset, int limit) {}
