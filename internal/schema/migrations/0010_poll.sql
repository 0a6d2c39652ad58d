-- Polls: what members are called to, from the draft to the declaration. Dated facts;
-- where a poll stands follows from them and the time. Days and instants that do not
-- apply are null.

CREATE TABLE poll (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  code TEXT NOT NULL,
  title TEXT NOT NULL,
  kind TEXT NOT NULL,
  about TEXT,
  legal_form TEXT,
  follows TEXT,
  rules TEXT NOT NULL,
  rules_hash TEXT,
  closes TEXT NOT NULL,
  called TEXT,
  called_by TEXT,
  revision INTEGER NOT NULL,
  key_made TEXT,
  key_group TEXT,
  announced TEXT,
  announced_by TEXT,
  notice TEXT,
  notice_hash TEXT,
  ended TEXT,
  abandoned TEXT,
  abandoned_by TEXT,
  reason TEXT,
  UNIQUE (org_id, code)
);

-- The timetable, from the call on.
CREATE TABLE poll_step (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  poll_id TEXT NOT NULL REFERENCES poll (id),
  step TEXT NOT NULL,
  day TEXT NOT NULL,
  counted INTEGER NOT NULL,
  changed_by TEXT,
  reason TEXT,
  UNIQUE (poll_id, step)
);

CREATE TABLE contest (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  poll_id TEXT NOT NULL REFERENCES poll (id),
  position INTEGER NOT NULL,
  code TEXT NOT NULL,
  title TEXT NOT NULL,
  class TEXT,
  constituency TEXT,
  seats INTEGER NOT NULL,
  question TEXT,
  answers TEXT,
  uuid TEXT NOT NULL UNIQUE,
  role TEXT,
  term_starts TEXT,
  term_ends TEXT,
  uncontested TEXT,
  counted TEXT,
  UNIQUE (poll_id, code)
);

-- accepted is null until somebody decides; position is that on the ballot.
CREATE TABLE nomination (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  contest_id TEXT NOT NULL REFERENCES contest (id),
  person_id TEXT NOT NULL,
  ballot_name TEXT,
  statement TEXT,
  interests TEXT,
  photo_sha256 TEXT,
  entered TEXT NOT NULL,
  decided TEXT,
  accepted INTEGER,
  decided_by TEXT,
  reason TEXT,
  withdrawn TEXT,
  position INTEGER,
  erased TEXT,
  UNIQUE (contest_id, person_id)
);

CREATE INDEX nomination_by_person ON nomination (org_id, person_id);

CREATE TABLE nomination_backer (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  nomination_id TEXT NOT NULL REFERENCES nomination (id),
  person_id TEXT NOT NULL,
  role TEXT NOT NULL,
  asked TEXT NOT NULL,
  agreed TEXT,
  declined TEXT,
  UNIQUE (nomination_id, person_id)
);

CREATE INDEX nomination_backer_by_person ON nomination_backer (org_id, person_id);

-- Photographs by their hash. The image is null once it is erased.
CREATE TABLE photo (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  kind TEXT NOT NULL,
  image BLOB,
  UNIQUE (org_id, sha256)
);

CREATE TABLE roll (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  contest_id TEXT NOT NULL UNIQUE REFERENCES contest (id),
  day TEXT NOT NULL,
  entries INTEGER NOT NULL,
  struck INTEGER NOT NULL,
  votes INTEGER NOT NULL,
  first_seal TEXT NOT NULL,
  seal TEXT NOT NULL,
  made TEXT NOT NULL,
  made_by TEXT NOT NULL
);

-- number is drawn for this contest. added and struck name the claim that did it.
CREATE TABLE roll_entry (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  roll_id TEXT NOT NULL REFERENCES roll (id),
  contest_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  person_id TEXT NOT NULL,
  member_id TEXT,
  weight INTEGER NOT NULL,
  salt BLOB NOT NULL,
  commitment BLOB NOT NULL,
  added TEXT,
  struck TEXT,
  UNIQUE (contest_id, number),
  UNIQUE (contest_id, person_id)
);

CREATE INDEX roll_entry_by_person ON roll_entry (org_id, person_id);

CREATE TABLE roll_claim (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  contest_id TEXT NOT NULL REFERENCES contest (id),
  person_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  about TEXT NOT NULL,
  ground TEXT,
  entered TEXT NOT NULL,
  decided TEXT,
  decided_by TEXT,
  outcome TEXT,
  reason TEXT,
  new_seal TEXT
);

CREATE INDEX roll_claim_by_contest ON roll_claim (contest_id);

CREATE TABLE official (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  poll_id TEXT NOT NULL REFERENCES poll (id),
  person_id TEXT NOT NULL,
  office TEXT NOT NULL,
  side TEXT,
  named TEXT NOT NULL,
  named_by TEXT NOT NULL,
  ended TEXT,
  ended_by TEXT
);

CREATE INDEX official_by_poll ON official (poll_id);

CREATE TABLE declaration (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  contest_id TEXT NOT NULL UNIQUE REFERENCES contest (id),
  day TEXT NOT NULL,
  result TEXT NOT NULL,
  transcript_sha256 TEXT,
  archive_head TEXT,
  declared_by TEXT NOT NULL,
  petition_until TEXT NOT NULL
);

CREATE TABLE petition (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  contest_id TEXT NOT NULL REFERENCES contest (id),
  person_id TEXT NOT NULL,
  ground TEXT,
  entered TEXT NOT NULL,
  decided TEXT,
  decided_by TEXT,
  outcome TEXT,
  reason TEXT
);

CREATE INDEX petition_by_contest ON petition (contest_id);

-- Seats that stayed or fell empty. nomination_id is that of the one who left.
CREATE TABLE vacancy (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  contest_id TEXT NOT NULL REFERENCES contest (id),
  nomination_id TEXT,
  since TEXT NOT NULL,
  reason TEXT NOT NULL,
  way TEXT NOT NULL,
  settled TEXT,
  settled_by TEXT,
  filled_by TEXT,
  by_poll TEXT
);

CREATE INDEX vacancy_by_contest ON vacancy (contest_id);
