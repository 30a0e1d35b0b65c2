-- Which rows of the audit a filter finds. Derived from the rows, not part of the chain, and filled
-- behind the writer; to have it built anew, empty it and set the head to 0.
CREATE TABLE audit_term (
  term TEXT COLLATE "C" NOT NULL,
  seq  BIGINT NOT NULL,
  PRIMARY KEY (term, seq)
);

-- The last row that is in the index.
CREATE TABLE audit_term_head (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  seq      BIGINT NOT NULL
);

INSERT INTO audit_term_head VALUES (1, 0);
