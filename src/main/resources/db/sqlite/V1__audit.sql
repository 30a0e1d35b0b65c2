-- What the store belongs to: 'sandbox' or 'live'. Written once.
CREATE TABLE store_stamp (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  mode     TEXT NOT NULL CHECK (mode IN ('sandbox', 'live'))
) STRICT;

-- Append-only. row_json is the canonical row, the very text that hash covers; the other columns
-- repeat members of it for look-ups.
CREATE TABLE audit (
  seq          INTEGER PRIMARY KEY,
  operation_id TEXT NOT NULL,
  phase        TEXT NOT NULL CHECK (phase IN ('intent', 'outcome', 'resolution', 'note')),
  row_json     TEXT NOT NULL,
  hash         TEXT NOT NULL
) STRICT;

CREATE INDEX audit_operation ON audit (operation_id, seq);

-- The operations that no row has ended yet; kept in the transactions of their rows, so that the
-- start costs what is open and not what ever was.
CREATE TABLE open_operation (
  operation_id TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit
BEGIN
  SELECT RAISE(ABORT, 'audit rows are never updated');
END;
