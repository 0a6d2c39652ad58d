-- The record: one Merkle log an organisation. See docs/design/ground.md.

CREATE TABLE journal_head (
  org_id TEXT PRIMARY KEY,
  size INTEGER NOT NULL,
  at TEXT NOT NULL
);

CREATE TABLE journal_entry (
  org_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  at TEXT NOT NULL,
  kind TEXT NOT NULL,
  actor TEXT NOT NULL,
  body BLOB NOT NULL,
  salt BLOB NOT NULL,
  leaf TEXT NOT NULL,
  PRIMARY KEY (org_id, seq)
);

CREATE TABLE journal_row (
  org_id TEXT NOT NULL,
  seq INTEGER NOT NULL,
  n INTEGER NOT NULL,
  tbl TEXT NOT NULL,
  row_key TEXT NOT NULL,
  op TEXT NOT NULL,
  value BLOB,
  salt BLOB,
  commitment BLOB NOT NULL,
  PRIMARY KEY (org_id, seq, n)
);

CREATE INDEX journal_row_by_key ON journal_row (tbl, row_key);

CREATE TABLE journal_hash (
  org_id TEXT NOT NULL,
  idx INTEGER NOT NULL,
  hash BLOB NOT NULL,
  PRIMARY KEY (org_id, idx)
);

CREATE TABLE journal_checkpoint (
  org_id TEXT NOT NULL,
  size INTEGER NOT NULL,
  at TEXT NOT NULL,
  note TEXT NOT NULL,
  PRIMARY KEY (org_id, size)
);
