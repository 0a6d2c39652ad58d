-- Membership: dated facts and the rules they are read by. Nobody's status is stored.
-- A day that is not known or does not apply is the empty text.

CREATE TABLE member_class (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  eligibility TEXT NOT NULL,
  admission TEXT NOT NULL,
  leave_rule TEXT NOT NULL,
  grace_days INTEGER NOT NULL,
  votes INTEGER NOT NULL,
  position INTEGER NOT NULL,
  eligibility_ref TEXT NOT NULL,
  leave_ref TEXT NOT NULL,
  starts TEXT NOT NULL,
  closed INTEGER NOT NULL,
  UNIQUE (org_id, code, starts)
);

CREATE TABLE constituency (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  class TEXT NOT NULL,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  rule TEXT NOT NULL,
  ref TEXT NOT NULL,
  position INTEGER NOT NULL,
  starts TEXT NOT NULL,
  UNIQUE (org_id, class, starts, code),
  UNIQUE (org_id, class, starts, position)
);

-- number is null until the first admission.
CREATE TABLE member (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  number INTEGER,
  UNIQUE (org_id, person_id),
  UNIQUE (org_id, number)
);

CREATE TABLE member_fact (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  member_id TEXT NOT NULL REFERENCES member (id),
  kind TEXT NOT NULL,
  class TEXT NOT NULL,
  effective TEXT NOT NULL,
  entered TEXT NOT NULL,
  decided_by TEXT NOT NULL,
  reason TEXT NOT NULL,
  data TEXT NOT NULL
);

CREATE INDEX member_fact_by_member ON member_fact (org_id, member_id);

-- What is to be erased because consent was withdrawn, and when it was done.
CREATE TABLE member_erasure (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  member_id TEXT NOT NULL REFERENCES member (id),
  due TEXT NOT NULL,
  basis TEXT NOT NULL,
  done TEXT NOT NULL
);

CREATE INDEX member_erasure_due ON member_erasure (org_id, done, due);
