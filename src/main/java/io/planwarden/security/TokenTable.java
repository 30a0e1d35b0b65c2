package io.planwarden.security;

import java.util.List;
import java.util.Optional;

/** The tokens that are accepted. */
record TokenTable(List<TokenEntry> entries) {
  static final TokenTable EMPTY = new TokenTable(List.of());

  TokenTable {
    entries = List.copyOf(entries);
  }

  /** Who bears the token; looks at all entries, so that the time tells nothing of which. */
  Optional<TokenEntry> find(String token) {
    TokenHash hash = TokenHash.of(token);
    TokenEntry found = null;
    for (TokenEntry entry : entries) {
      if (entry.hash().matches(hash)) {
        found = entry;
      }
    }
    return Optional.ofNullable(found);
  }
}
