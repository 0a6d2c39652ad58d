-- The friends-and-family test. An answer has its point, month, rating, the way it came
-- and its language, and nothing else: no day, no address, nothing about the patient.

CREATE TABLE friends_point (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  setting TEXT NOT NULL,
  site_code TEXT,
  site_name TEXT,
  ward TEXT,
  first_speciality TEXT,
  second_speciality TEXT,
  modes TEXT NOT NULL,
  languages TEXT NOT NULL,
  opened TEXT NOT NULL,
  closed TEXT
);

-- The code is in a public address, which names no organisation.
CREATE UNIQUE INDEX friends_point_by_code ON friends_point (code);
CREATE INDEX friends_point_by_org ON friends_point (org_id);

-- Not governed. Answers of months that are not closed.
CREATE TABLE friends_open (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  point_id TEXT NOT NULL,
  month TEXT NOT NULL,
  rating INTEGER NOT NULL,
  mode TEXT NOT NULL,
  language TEXT NOT NULL
);

CREATE INDEX friends_open_by_month ON friends_open (org_id, month);

-- A month as it was closed, or corrected. figures is what it counted; seal is the
-- digest of the rows of friends_answer and friends_said that name it, so that none of
-- them changes unseen. shown is the release for everybody, where one could be made.
CREATE TABLE friends_month (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  month TEXT NOT NULL,
  n INTEGER NOT NULL,
  closed TEXT NOT NULL,
  closed_by TEXT NOT NULL,
  reason TEXT,
  answers INTEGER NOT NULL,
  figures TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  shown TEXT,
  certificate TEXT,
  seal TEXT NOT NULL
);

CREATE UNIQUE INDEX friends_month_by_month ON friends_month (org_id, month, n);

-- Sealed: the answers of a closed month, in the order of their random ids.
CREATE TABLE friends_answer (
  id TEXT PRIMARY KEY,
  month_id TEXT NOT NULL,
  point_id TEXT NOT NULL,
  rating INTEGER NOT NULL,
  mode TEXT NOT NULL,
  language TEXT NOT NULL
);

CREATE INDEX friends_answer_by_month ON friends_answer (month_id);

-- Sealed: that something was written, with the hash of the words.
CREATE TABLE friends_said (
  id TEXT PRIMARY KEY,
  month_id TEXT NOT NULL,
  point_id TEXT NOT NULL,
  rating INTEGER NOT NULL,
  publish INTEGER NOT NULL,
  sha256 TEXT NOT NULL
);

CREATE INDEX friends_said_by_month ON friends_said (month_id);

-- Not governed. What patients wrote, until the gate has decided; then the words are
-- gone and their hash stays.
CREATE TABLE friends_comment (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  point_id TEXT NOT NULL,
  month TEXT NOT NULL,
  rating INTEGER NOT NULL,
  publish INTEGER NOT NULL,
  sha256 TEXT NOT NULL,
  words TEXT
);

CREATE INDEX friends_comment_by_month ON friends_comment (org_id, month);

-- What the gate decided: the words as they are shown, or why they are not.
CREATE TABLE friends_gate (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  comment_id TEXT NOT NULL,
  point_id TEXT NOT NULL,
  month TEXT NOT NULL,
  rating INTEGER NOT NULL,
  publish INTEGER NOT NULL,
  shown INTEGER NOT NULL,
  words TEXT,
  reason TEXT,
  day TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  taken_back TEXT,
  taken_back_by TEXT,
  taken_back_reason TEXT
);

CREATE UNIQUE INDEX friends_gate_by_comment ON friends_gate (comment_id);
CREATE INDEX friends_gate_by_org ON friends_gate (org_id, month);

-- Answers that staff keyed from cards or the telephone, a stack at a time.
CREATE TABLE friends_cards (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  point_id TEXT NOT NULL,
  month TEXT NOT NULL,
  mode TEXT NOT NULL,
  very_good INTEGER NOT NULL,
  good INTEGER NOT NULL,
  neither INTEGER NOT NULL,
  poor INTEGER NOT NULL,
  very_poor INTEGER NOT NULL,
  dont_know INTEGER NOT NULL,
  keyed TEXT NOT NULL,
  keyed_by TEXT NOT NULL,
  struck TEXT,
  struck_by TEXT,
  strike_reason TEXT
);

CREATE INDEX friends_cards_by_month ON friends_cards (org_id, month);

-- How many patients of a point could have answered, as the organisation counts them.
CREATE TABLE friends_eligible (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  point_id TEXT NOT NULL,
  month TEXT NOT NULL,
  patients INTEGER NOT NULL,
  day TEXT NOT NULL,
  said_by TEXT NOT NULL
);

CREATE UNIQUE INDEX friends_eligible_by_point ON friends_eligible (point_id, month);
CREATE INDEX friends_eligible_by_org ON friends_eligible (org_id, month);

-- Months that were counted before, by the question set of their time.
CREATE TABLE friends_past (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  month TEXT NOT NULL,
  questions TEXT NOT NULL,
  setting TEXT NOT NULL,
  site TEXT,
  ward TEXT,
  first INTEGER NOT NULL,
  second INTEGER NOT NULL,
  third INTEGER NOT NULL,
  fourth INTEGER NOT NULL,
  fifth INTEGER NOT NULL,
  dont_know INTEGER NOT NULL,
  eligible INTEGER,
  day TEXT NOT NULL,
  imported_by TEXT NOT NULL
);

CREATE INDEX friends_past_by_month ON friends_past (org_id, month);
