package io.planwarden.gateway;

import java.util.List;

/**
 * One page of a list.
 *
 * @param total how many items match in all, as NCP counts them
 */
public record Page<T>(List<T> items, long total) {
  public Page {
    items = List.copyOf(items);
  }
}
