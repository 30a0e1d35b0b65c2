-- Written and emptied again to find out whether a store that could not be written can be written
-- now. Holds nothing of meaning.
CREATE TABLE store_probe (
  only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
  filler   BLOB NOT NULL
) STRICT;

INSERT INTO store_probe VALUES (1, x'');
