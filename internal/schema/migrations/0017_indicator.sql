-- Figures of one's own: what each means, revision by revision, and the files that
-- brought them in. Then the pack of measures that a board looks at.

CREATE TABLE indicator (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  code TEXT NOT NULL,
  n INTEGER NOT NULL,
  name TEXT NOT NULL,
  about TEXT NOT NULL,
  numerator TEXT NOT NULL,
  denominator TEXT NOT NULL,
  unit TEXT NOT NULL,
  per INTEGER NOT NULL,
  decimals INTEGER NOT NULL,
  direction TEXT NOT NULL,
  kind TEXT NOT NULL,
  source TEXT NOT NULL,
  licence TEXT NOT NULL,
  every TEXT NOT NULL,
  covers INTEGER NOT NULL,
  starts TEXT NOT NULL,
  closed TEXT NOT NULL,
  reason TEXT NOT NULL,
  entered TEXT NOT NULL,
  entered_by TEXT NOT NULL
);

CREATE UNIQUE INDEX indicator_by_code ON indicator (org_id, code, n);

CREATE TABLE indicator_import (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  indicator TEXT NOT NULL,
  file_name TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  rows_n INTEGER NOT NULL,
  kept_n INTEGER NOT NULL,
  rejected_n INTEGER NOT NULL,
  imported TEXT NOT NULL,
  imported_by TEXT NOT NULL,
  seal TEXT NOT NULL
);

CREATE INDEX indicator_import_by_indicator ON indicator_import (org_id, indicator);

-- The figures of an import, as text with every digit they came with. The import's seal
-- holds them.
CREATE TABLE indicator_value (
  import_id TEXT NOT NULL,
  period TEXT NOT NULL,
  unit TEXT NOT NULL,
  value TEXT NOT NULL,
  numerator TEXT NOT NULL,
  denominator TEXT NOT NULL,
  PRIMARY KEY (import_id, period, unit)
);

-- What did not fit, with its row and the reason. The same seal holds it.
CREATE TABLE indicator_rejection (
  import_id TEXT NOT NULL,
  n INTEGER NOT NULL,
  sheet_row INTEGER NOT NULL,
  field TEXT NOT NULL,
  cell TEXT NOT NULL,
  reason TEXT NOT NULL,
  PRIMARY KEY (import_id, n)
);

CREATE TABLE pack (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  code TEXT NOT NULL,
  title TEXT NOT NULL,
  day TEXT NOT NULL
);

CREATE UNIQUE INDEX pack_by_code ON pack (org_id, code);

-- A measure that leaves the pack stays in the table, with the day and the reason.
CREATE TABLE pack_measure (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  pack_id TEXT NOT NULL,
  position INTEGER NOT NULL,
  indicator TEXT NOT NULL,
  target TEXT NOT NULL,
  rebase TEXT NOT NULL,
  why TEXT NOT NULL,
  peers TEXT NOT NULL,
  day TEXT NOT NULL,
  ended TEXT NOT NULL,
  end_reason TEXT NOT NULL
);

CREATE INDEX pack_measure_by_pack ON pack_measure (pack_id, position);
