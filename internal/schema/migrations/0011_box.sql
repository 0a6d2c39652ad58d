-- Ballot boxes: who may vote with which credential, who has voted, and the archive
-- of each contest. Ids are made from what a row is about where an id that tells the
-- time would tell when somebody voted.

-- entry_id is the line of the roll; null for a spare that nobody has.
CREATE TABLE credential (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  contest_id TEXT NOT NULL,
  entry_id TEXT,
  public TEXT NOT NULL,
  weight INTEGER NOT NULL,
  how TEXT NOT NULL,
  made TEXT NOT NULL,
  handed TEXT,
  voided TEXT,
  void_reason TEXT,
  replaces TEXT,
  UNIQUE (contest_id, public)
);

-- Nobody has two credentials at once.
CREATE UNIQUE INDEX credential_held ON credential (contest_id, entry_id) WHERE voided IS NULL;

-- id is that of the line of the roll. ballot is the place in the archive of the
-- ballot that counts, where it was cast on the web.
CREATE TABLE pollbook (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  contest_id TEXT NOT NULL,
  channel TEXT NOT NULL,
  at_hour TEXT NOT NULL,
  ballot INTEGER,
  state TEXT NOT NULL,
  reason TEXT
);

CREATE INDEX pollbook_by_contest ON pollbook (contest_id);

-- The archive: record n of the file, from 0. id is the contest and n.
CREATE TABLE box_file (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  contest_id TEXT NOT NULL,
  n INTEGER NOT NULL,
  name TEXT NOT NULL,
  body TEXT NOT NULL,
  UNIQUE (contest_id, n),
  UNIQUE (contest_id, name)
);

-- The archive's head after each change. id is the contest and the height.
CREATE TABLE box_head (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  contest_id TEXT NOT NULL,
  height INTEGER NOT NULL,
  head TEXT NOT NULL,
  stage TEXT NOT NULL,
  records INTEGER NOT NULL,
  size INTEGER NOT NULL,
  note TEXT NOT NULL,
  at_hour TEXT NOT NULL,
  UNIQUE (contest_id, height)
);
