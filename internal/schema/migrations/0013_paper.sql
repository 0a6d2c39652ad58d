-- Votes on paper and by telephone: batches, what two tellers keyed of each paper
-- without seeing each other's, what was ruled about differences, and the reckoning.
-- What a paper says (ballot) is sealed with a key that is not in the database.

-- Every paper of a batch carries the same number of votes. The salt keeps the
-- published hash from telling what a few papers say.
CREATE TABLE paper_batch (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  contest_id TEXT NOT NULL,
  channel TEXT NOT NULL,
  code TEXT NOT NULL,
  papers INTEGER NOT NULL,
  weight INTEGER NOT NULL,
  salt TEXT NOT NULL,
  made TEXT NOT NULL,
  made_by TEXT NOT NULL,
  settled TEXT,
  settled_by TEXT,
  sha256 TEXT,
  UNIQUE (contest_id, code)
);

CREATE TABLE paper_keyed (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  batch_id TEXT NOT NULL REFERENCES paper_batch (id),
  paper INTEGER NOT NULL,
  teller TEXT NOT NULL,
  ballot TEXT NOT NULL,
  UNIQUE (batch_id, paper, teller)
);

CREATE TABLE paper_ruling (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  batch_id TEXT NOT NULL REFERENCES paper_batch (id),
  paper INTEGER NOT NULL,
  ruling TEXT NOT NULL,
  ballot TEXT NOT NULL,
  ruled_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  UNIQUE (batch_id, paper)
);

-- issued = returned + spoilt + disqualified + not returned, by channel.
CREATE TABLE reconciliation (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  contest_id TEXT NOT NULL,
  channel TEXT NOT NULL,
  issued INTEGER NOT NULL,
  returned INTEGER NOT NULL,
  spoilt INTEGER NOT NULL,
  disqualified INTEGER NOT NULL,
  not_returned INTEGER NOT NULL,
  day TEXT NOT NULL,
  signed_by TEXT NOT NULL,
  UNIQUE (contest_id, channel)
);
