-- Staff lists: who each employer employs, as its lists told it, by version.

CREATE TABLE staff (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  employer_id TEXT NOT NULL,
  employee_no TEXT,
  person_id TEXT NOT NULL,
  erased TEXT
);

-- An erased row has no employee number; there may be many of those.
CREATE UNIQUE INDEX staff_by_number ON staff (org_id, employer_id, employee_no);
CREATE INDEX staff_by_person ON staff (org_id, person_id, id);

-- Version n holds from its effective day and overrides all lower ones from that
-- day on.
CREATE TABLE staff_version (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  staff_id TEXT NOT NULL,
  n INTEGER NOT NULL,
  effective TEXT NOT NULL,
  import_id TEXT NOT NULL,
  given TEXT,
  family TEXT,
  preferred TEXT,
  email TEXT,
  assignment_no TEXT,
  staff_group TEXT,
  job_role TEXT,
  site TEXT,
  org_code TEXT,
  category TEXT,
  fte INTEGER,
  starts TEXT NOT NULL,
  ends TEXT,
  contract_ends TEXT,
  other_posts TEXT
);

CREATE UNIQUE INDEX staff_version_by_staff ON staff_version (staff_id, n);

CREATE TABLE staff_import (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  employer_id TEXT NOT NULL,
  as_at TEXT NOT NULL,
  file_name TEXT,
  file_sha256 TEXT NOT NULL,
  profile TEXT NOT NULL,
  rows_read INTEGER NOT NULL,
  joiners INTEGER NOT NULL,
  leavers INTEGER NOT NULL,
  changes INTEGER NOT NULL,
  unchanged INTEGER NOT NULL,
  held INTEGER NOT NULL,
  rejected INTEGER NOT NULL,
  dropped TEXT,
  doubts TEXT,
  confirmed_by TEXT,
  applied TEXT NOT NULL,
  applied_by TEXT NOT NULL,
  entry INTEGER NOT NULL
);

CREATE INDEX staff_import_by_employer ON staff_import (org_id, employer_id, entry);

CREATE TABLE staff_profile (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  name TEXT NOT NULL,
  mapping TEXT NOT NULL,
  saved TEXT NOT NULL,
  saved_by TEXT NOT NULL
);

CREATE UNIQUE INDEX staff_profile_by_name ON staff_profile (org_id, name);

-- Not governed: a list between dry run and apply, without the columns that are
-- never kept, and the rows of a list that were refused. Both go after some days.
CREATE TABLE staff_upload (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  employer_id TEXT NOT NULL,
  as_at TEXT NOT NULL,
  file_name TEXT NOT NULL,
  file_sha256 TEXT NOT NULL,
  profile TEXT NOT NULL,
  state TEXT NOT NULL,
  created TEXT NOT NULL,
  created_by TEXT NOT NULL,
  keep_until TEXT NOT NULL
);

CREATE INDEX staff_upload_by_day ON staff_upload (keep_until);

CREATE TABLE staff_upload_piece (
  upload_id TEXT NOT NULL,
  n INTEGER NOT NULL,
  body BLOB NOT NULL,
  PRIMARY KEY (upload_id, n)
);

CREATE TABLE staff_reject (
  import_id TEXT NOT NULL,
  n INTEGER NOT NULL,
  org_id TEXT NOT NULL,
  list_row INTEGER NOT NULL,
  employee_no TEXT NOT NULL,
  name TEXT NOT NULL,
  field TEXT NOT NULL,
  value TEXT NOT NULL,
  reason TEXT NOT NULL,
  keep_until TEXT NOT NULL,
  PRIMARY KEY (import_id, n)
);

CREATE INDEX staff_reject_by_day ON staff_reject (keep_until);
