-- Work done later, what is to be delivered, and what was sent to whom.

-- A job is leased by writing lease_until and lease_by. It is done when its row
-- is gone. once makes a job unique where it is not null.
CREATE TABLE job (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  payload TEXT NOT NULL,
  run_at TEXT NOT NULL,
  lease_until TEXT NOT NULL,
  lease_by TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'failed')),
  last_error TEXT NOT NULL,
  once TEXT UNIQUE
);

CREATE INDEX job_due ON job (state, run_at);

CREATE TABLE job_schedule (
  name TEXT PRIMARY KEY,
  spec TEXT NOT NULL,
  next_at TEXT NOT NULL
);

-- Governed: that a notice went to somebody on a day, and by which way.
CREATE TABLE notice (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  person_id TEXT,
  address_hash TEXT,
  kind TEXT NOT NULL,
  about TEXT NOT NULL,
  statutory INTEGER NOT NULL,
  reason TEXT NOT NULL,
  channel TEXT NOT NULL,
  subject_hash TEXT NOT NULL,
  body_hash TEXT NOT NULL,
  day TEXT NOT NULL,
  posted TEXT
);

CREATE INDEX notice_by_about ON notice (org_id, kind, about);
CREATE INDEX notice_by_person ON notice (org_id, person_id);

-- The outbox. It holds text and address until delivery, then only that there
-- was a message of this kind, for thirty days.
CREATE TABLE outbox (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  notice_id TEXT,
  person_id TEXT,
  who TEXT NOT NULL,
  kind TEXT NOT NULL,
  statutory INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'weekly', 'letter', 'sent', 'failed')),
  created TEXT NOT NULL,
  changed TEXT NOT NULL,
  expires TEXT NOT NULL,
  keep INTEGER NOT NULL,
  name TEXT NOT NULL,
  address TEXT NOT NULL,
  mail BLOB,
  class TEXT NOT NULL,
  once TEXT UNIQUE
);

CREATE INDEX outbox_by_state ON outbox (org_id, state, who);
CREATE INDEX outbox_by_notice ON outbox (notice_id);

CREATE TABLE notice_preference (
  org_id TEXT NOT NULL,
  who TEXT NOT NULL,
  kind TEXT NOT NULL,
  choice TEXT NOT NULL CHECK (choice IN ('now', 'weekly', 'never')),
  PRIMARY KEY (org_id, who, kind)
);
