-- The tables of db/sqlite, in PostgreSQL's words. Text is compared byte by byte, whatever the
-- database's own order is.

-- What the store belongs to: 'sandbox' or 'live'. Written once.
CREATE TABLE store_stamp (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  mode     TEXT NOT NULL CHECK (mode IN ('sandbox', 'live'))
);

-- Append-only. row_json is the canonical row, the very text that hash covers; the other columns
-- repeat members of it for look-ups. seq comes from the head of the chain, never from a sequence.
CREATE TABLE audit (
  seq          BIGINT PRIMARY KEY,
  operation_id TEXT COLLATE "C" NOT NULL,
  phase        TEXT NOT NULL CHECK (phase IN ('intent', 'outcome', 'resolution', 'note')),
  row_json     TEXT NOT NULL,
  hash         TEXT NOT NULL
);

CREATE INDEX audit_operation ON audit (operation_id, seq);

CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit rows are never updated';
END
$$;

CREATE TRIGGER audit_no_update BEFORE UPDATE OR TRUNCATE ON audit
  FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only();

-- The operations that no row has ended yet; kept in the transactions of their rows, so that the
-- start costs what is open and not what ever was.
CREATE TABLE open_operation (
  operation_id TEXT COLLATE "C" PRIMARY KEY
);
