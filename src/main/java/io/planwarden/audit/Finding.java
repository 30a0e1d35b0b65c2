package io.planwarden.audit;

/**
 * Something wrong with the chain.
 *
 * @param seq number of the first row that is wrong or missing
 * @param fault what kind of thing it is
 * @param detail what was seen, for people
 */
public record Finding(long seq, Fault fault, String detail) {}
