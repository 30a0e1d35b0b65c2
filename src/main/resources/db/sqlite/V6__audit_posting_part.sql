-- The index of the audit by parts of its rows: what is added at one time lies together, and costs no
-- more when much has been added before. Ordered by terms alone, each entry for a plan changed a page
-- of its own. Derived from the rows; filled anew.
DROP TABLE audit_posting;

CREATE TABLE audit_posting (
  -- Rows 1 to 16,384 are part 0, and so on.
  part   INTEGER NOT NULL,
  term   TEXT NOT NULL,
  -- The last of the rows; no other of them is a step or more before it, or in another part.
  last   INTEGER NOT NULL,
  amount INTEGER NOT NULL,
  -- How far each is before the last, newest first, with commas between.
  seqs   TEXT NOT NULL,
  PRIMARY KEY (part, term, last)
) STRICT, WITHOUT ROWID;

UPDATE audit_term_head SET seq = 0;
