-- Published figures: what was imported from where, and the figures themselves.
-- The four tables below published_import are sealed: published_import.seal is
-- the digest of the rows that name it, so that none of them changes unseen.

CREATE TABLE published_import (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  year INTEGER NOT NULL,
  file_name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  source TEXT NOT NULL,
  publisher TEXT NOT NULL,
  licence TEXT NOT NULL,
  rows_n INTEGER NOT NULL,
  orgs_n INTEGER NOT NULL,
  measures_n INTEGER NOT NULL,
  values_n INTEGER NOT NULL,
  hidden_n INTEGER NOT NULL,
  rejected_n INTEGER NOT NULL,
  kept_n INTEGER NOT NULL,
  imported TEXT NOT NULL,
  imported_by TEXT NOT NULL,
  entry INTEGER NOT NULL,
  seal TEXT NOT NULL,
  replaced_by TEXT
);

CREATE INDEX published_import_by_file ON published_import (sha256);

CREATE TABLE published_org (
  import_id TEXT NOT NULL,
  ods TEXT NOT NULL,
  name TEXT NOT NULL,
  scope TEXT NOT NULL,
  bench_group TEXT NOT NULL,
  org_type TEXT NOT NULL,
  region TEXT NOT NULL,
  ics TEXT NOT NULL,
  weighting TEXT NOT NULL,
  breakdown TEXT NOT NULL,
  part TEXT NOT NULL,
  alt_names TEXT NOT NULL,
  predecessors TEXT NOT NULL,
  merged TEXT NOT NULL,
  PRIMARY KEY (import_id, ods)
);

CREATE INDEX published_org_by_code ON published_org (ods);

CREATE TABLE published_measure (
  import_id TEXT NOT NULL,
  measure TEXT NOT NULL,
  label TEXT NOT NULL,
  unit TEXT NOT NULL,
  kind TEXT NOT NULL,
  direction TEXT NOT NULL,
  code TEXT NOT NULL,
  question TEXT NOT NULL,
  answer TEXT NOT NULL,
  weighted INTEGER NOT NULL,
  base_unit TEXT NOT NULL,
  low TEXT NOT NULL,
  high TEXT NOT NULL,
  spread TEXT NOT NULL,
  PRIMARY KEY (import_id, measure)
);

-- A figure is text with as many digits as it was published with. No figure
-- means that the publisher hid it; what is not published has no row.
CREATE TABLE published_value (
  import_id TEXT NOT NULL,
  measure TEXT NOT NULL,
  period TEXT NOT NULL,
  ods TEXT NOT NULL,
  figure TEXT,
  base INTEGER NOT NULL,
  PRIMARY KEY (import_id, measure, period, ods)
);

CREATE TABLE published_rejection (
  import_id TEXT NOT NULL,
  n INTEGER NOT NULL,
  sheet TEXT NOT NULL,
  sheet_row INTEGER NOT NULL,
  field TEXT NOT NULL,
  reason TEXT NOT NULL,
  remedy TEXT NOT NULL,
  PRIMARY KEY (import_id, n)
);
