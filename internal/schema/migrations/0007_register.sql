-- Requests to inspect the register of members, what became of them, and who asked
-- to be left out of what is shown.

CREATE TABLE inspection_request (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  audience TEXT NOT NULL,
  person_id TEXT,
  requester TEXT,
  organisation TEXT,
  address TEXT,
  email TEXT,
  purpose TEXT,
  shared TEXT NOT NULL,
  others TEXT,
  wants TEXT NOT NULL,
  legal_form TEXT NOT NULL,
  received TEXT NOT NULL,
  due TEXT,
  due_known INTEGER NOT NULL,
  erased TEXT
);

CREATE UNIQUE INDEX inspection_request_by_number ON inspection_request (org_id, number);

-- What was done about a request, in order. It is only added to.
CREATE TABLE inspection_step (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  request_id TEXT NOT NULL,
  n INTEGER NOT NULL,
  kind TEXT NOT NULL,
  day TEXT NOT NULL,
  ground TEXT,
  note TEXT,
  taken_by TEXT NOT NULL,
  view TEXT,
  register_day TEXT,
  fields TEXT,
  entries INTEGER,
  sha256 TEXT
);

CREATE UNIQUE INDEX inspection_step_by_request ON inspection_step (request_id, n);
CREATE INDEX inspection_step_by_org ON inspection_step (org_id);

-- Members who asked to be left out of what is shown to others, where the law lets
-- them ask that.
CREATE TABLE register_withholding (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  member_id TEXT NOT NULL,
  starts TEXT NOT NULL,
  ends TEXT
);

CREATE INDEX register_withholding_by_member ON register_withholding (org_id, member_id);
