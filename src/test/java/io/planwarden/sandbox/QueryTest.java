package io.planwarden.sandbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class QueryTest {

  @Test
  void encodedValues_decoded() {
    assertEquals("기본 +", Query.parse("a=1&n=%EA%B8%B0%EB%B3%B8%20%2B").text("n"));
  }

  @Test
  void repeatedOrBareNames_firstAndEmpty() {
    Query query = Query.parse("a=1&a=2&b&&c=");

    assertEquals("1", query.text("a"));
    assertEquals("", query.text("b"));
    assertEquals("", query.text("c"));
    assertNull(query.text("d"));
  }

  @Test
  void brokenEscape_refused() {
    assertThrows(Refusal.class, () -> Query.parse("a=%zz"));
  }
}
