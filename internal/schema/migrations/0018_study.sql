-- Studies: what was to be tested, registered before its data were looked at, and what
-- happened to each. Nothing here is ever changed or deleted.

CREATE TABLE study (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  code TEXT NOT NULL,
  spec TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  registered TEXT NOT NULL,
  registered_by TEXT NOT NULL
);

CREATE UNIQUE INDEX study_by_code ON study (org_id, code);

CREATE TABLE study_step (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  study_id TEXT NOT NULL,
  n INTEGER NOT NULL,
  kind TEXT NOT NULL,
  day TEXT NOT NULL,
  data_sha256 TEXT,
  output_sha256 TEXT,
  seed INTEGER,
  program TEXT,
  reason TEXT,
  taken_by TEXT NOT NULL,
  seal TEXT NOT NULL
);

CREATE UNIQUE INDEX study_step_by_study ON study_step (study_id, n);
CREATE INDEX study_step_by_org ON study_step (org_id);

-- Sealed: the data that a study was locked to, and the output of its run.
CREATE TABLE study_file (
  id TEXT PRIMARY KEY,
  step_id TEXT NOT NULL,
  name TEXT NOT NULL,
  content TEXT NOT NULL
);

CREATE INDEX study_file_by_step ON study_file (step_id);
