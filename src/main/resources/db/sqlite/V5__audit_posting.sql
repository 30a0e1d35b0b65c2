-- Which rows of the audit a filter finds: for each step of the index, the rows that have a term.
-- Derived from the rows, not part of the chain, and filled behind the writer; to have it built anew,
-- empty it and set audit_term_head to 0. Takes the place of a table with an entry for each row,
-- which was dear: every change adds two rows with six or seven terms each.
DROP TABLE audit_term;

CREATE TABLE audit_posting (
  term   TEXT NOT NULL,
  -- The last of the rows; no other of them is a step or more before it.
  last   INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  -- How far each is before the last, newest first, with commas between.
  seqs   TEXT NOT NULL,
  PRIMARY KEY (term, last)
) STRICT, WITHOUT ROWID;

UPDATE audit_term_head SET seq = 0;
