-- Written and emptied again to find out whether a store that could not be written can be written
-- now. Holds nothing of meaning; it is not compressed, so that it takes the room that it seems to.
CREATE TABLE store_probe (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  filler   BYTEA NOT NULL
);

ALTER TABLE store_probe ALTER COLUMN filler SET STORAGE EXTERNAL;

INSERT INTO store_probe VALUES (1, '');
