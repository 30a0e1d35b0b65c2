package io.planwarden.audit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TermTest {
  @Test
  void termsOfARow_areThoseOfItsText() {
    RandomRows rows = new RandomRows(17);
    for (int i = 0; i < 2_000; i++) {
      AuditRow row = rows.next();

      assertThat(Term.of(row)).as("%s", row).isEqualTo(Term.inRow(RowText.of(row)));
    }
  }
}
