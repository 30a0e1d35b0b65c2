-- What replicas that share the database must know of each other.

-- The replicas that are alive, as far as is known. A row past its time is deleted, with all that
-- its replica holds; one that comes back finds that it is gone, and begins anew under another id.
CREATE TABLE replica (
  replica_id TEXT COLLATE "C" PRIMARY KEY,
  alive_until TIMESTAMPTZ NOT NULL,
  -- Its part of the rate towards NCP, and how much it could use.
  permits    INTEGER NOT NULL,
  wants      INTEGER NOT NULL
);

-- What only one replica at a time may have: targets of changes, and the part of the sweeper.
CREATE TABLE lease (
  name       TEXT COLLATE "C" PRIMARY KEY,
  replica_id TEXT COLLATE "C" NOT NULL REFERENCES replica ON DELETE CASCADE
);

CREATE INDEX lease_replica ON lease (replica_id);

-- Which targets an operation holds as long as it is open. Means nothing once open_operation does
-- not name the operation any more.
CREATE TABLE open_target (
  name         TEXT COLLATE "C" NOT NULL,
  operation_id TEXT COLLATE "C" NOT NULL,
  -- When it is settled at the latest, if NCP can be read then.
  held_until   TIMESTAMPTZ NOT NULL,
  PRIMARY KEY (name, operation_id)
);

CREATE INDEX open_target_operation ON open_target (operation_id);

-- Who is at work on an open operation.
CREATE TABLE operation_owner (
  operation_id TEXT COLLATE "C" PRIMARY KEY,
  replica_id   TEXT COLLATE "C" NOT NULL
);

-- The last change that pictures a target, from its intent on, and all that were made lately, so that a replica knows what the
-- others did. NCP's reads lag behind, and what one of us did is not the work of somebody else.
CREATE TABLE target_change (
  name         TEXT COLLATE "C" NOT NULL,
  change_id    BIGINT GENERATED ALWAYS AS IDENTITY,
  operation_id TEXT COLLATE "C" NOT NULL,
  changed_at   TIMESTAMPTZ NOT NULL,
  -- Whether it tells what the target looks like, and not only that something was done to it.
  pictured     BOOLEAN NOT NULL,
  PRIMARY KEY (name, operation_id)
);
