-- Which operation a caller's Idempotency-Key stands for. A row is written in the transaction of the
-- audit row that begins the operation, and removed some time after it has expired.
CREATE TABLE idempotency_key (
  idem_key     TEXT COLLATE "C" NOT NULL,
  caller_kind  TEXT COLLATE "C" NOT NULL,
  caller_id    TEXT COLLATE "C" NOT NULL,
  fingerprint  TEXT NOT NULL,
  operation_id TEXT COLLATE "C" NOT NULL,
  -- Milliseconds since 1970-01-01T00:00:00Z.
  expires_at   BIGINT NOT NULL,
  -- The problem that the operation ended with, as JSON, for its replay.
  problem      TEXT,
  PRIMARY KEY (idem_key, caller_kind, caller_id)
);

CREATE INDEX idempotency_key_expiry ON idempotency_key (expires_at);
