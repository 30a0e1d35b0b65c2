package io.planwarden.audit;

import java.util.Set;

/**
 * What a row can be found by.
 *
 * @param seq the number of the row
 * @param terms at least one, for every row has a caller
 */
record RowTerms(long seq, Set<String> terms) {}
