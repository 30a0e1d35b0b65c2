package io.planwarden.gateway;

/**
 * Which part of a list to read.
 *
 * @param offset how many items to skip, from 0; NCP counts items, not pages
 * @param limit how many items to read at most, from 1
 */
public record Paging(long offset, int limit) {}
