-- The keys of polls: how the keyholders make them together, and that they were
-- destroyed.

CREATE TABLE key_setup (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  poll_id TEXT NOT NULL,
  group_name TEXT NOT NULL,
  trustees INTEGER NOT NULL,
  threshold INTEGER NOT NULL,
  rehearsal INTEGER NOT NULL,
  begun TEXT NOT NULL,
  done TEXT,
  trustees_sha256 TEXT,
  given_up TEXT,
  reason TEXT
);

CREATE INDEX key_setup_by_poll ON key_setup (poll_id);

-- Who the keyholders are, and their numbers, is fixed when a setup begins.
CREATE TABLE key_holder (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  setup_id TEXT NOT NULL REFERENCES key_setup (id),
  keyholder TEXT NOT NULL,
  number INTEGER NOT NULL,
  UNIQUE (setup_id, keyholder),
  UNIQUE (setup_id, number)
);

CREATE INDEX key_holder_by_person ON key_holder (org_id, keyholder);

-- Public messages only: what is for one keyholder alone is encrypted to them.
CREATE TABLE key_message (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  setup_id TEXT NOT NULL REFERENCES key_setup (id),
  keyholder TEXT NOT NULL,
  number INTEGER NOT NULL,
  step TEXT NOT NULL,
  body TEXT NOT NULL,
  entered TEXT NOT NULL,
  UNIQUE (setup_id, keyholder, step)
);

CREATE TABLE key_destroyed (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  setup_id TEXT NOT NULL REFERENCES key_setup (id),
  keyholder TEXT NOT NULL,
  day TEXT NOT NULL,
  said_by TEXT NOT NULL,
  witness TEXT NOT NULL,
  statement TEXT NOT NULL,
  UNIQUE (setup_id, keyholder)
);
