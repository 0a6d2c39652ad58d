-- What follows from surveys: actions on findings, what happened to each, what members
-- say of them, and who answers for a directorate. Nothing here is ever deleted.

CREATE TABLE action (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  wave TEXT NOT NULL,
  wave_name TEXT NOT NULL,
  found_unit TEXT,
  found_unit_name TEXT,
  about TEXT NOT NULL,
  about_id TEXT,
  label TEXT NOT NULL,
  says TEXT NOT NULL,
  directorate TEXT,
  directorate_name TEXT,
  unit TEXT,
  unit_name TEXT,
  title TEXT NOT NULL,
  doing TEXT NOT NULL,
  owner TEXT NOT NULL,
  due TEXT NOT NULL,
  first_due TEXT NOT NULL,
  agreed TEXT NOT NULL,
  agreed_by TEXT NOT NULL
);

CREATE UNIQUE INDEX action_by_number ON action (org_id, number);

-- What happened, in order. It is only added to.
CREATE TABLE action_step (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  action_id TEXT NOT NULL,
  n INTEGER NOT NULL,
  kind TEXT NOT NULL,
  day TEXT NOT NULL,
  taken_by TEXT NOT NULL,
  note TEXT,
  due TEXT,
  owner TEXT
);

CREATE UNIQUE INDEX action_step_by_action ON action_step (action_id, n);
CREATE INDEX action_step_by_org ON action_step (org_id);

-- What members say of an action: one row each, under a keyed mark of the person, and
-- sealed with a key that is not in the database.
CREATE TABLE action_word (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  action_id TEXT NOT NULL,
  mark TEXT NOT NULL,
  sealed TEXT NOT NULL,
  erased TEXT
);

CREATE UNIQUE INDEX action_word_by_mark ON action_word (action_id, mark);
CREATE INDEX action_word_by_org ON action_word (org_id);

CREATE TABLE directorate_head (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  directorate TEXT NOT NULL,
  name TEXT NOT NULL,
  person_id TEXT NOT NULL,
  starts TEXT NOT NULL,
  ends TEXT
);

CREATE INDEX directorate_head_by_org ON directorate_head (org_id, directorate);
