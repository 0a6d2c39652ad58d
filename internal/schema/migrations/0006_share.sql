-- Shares: a ledger to which entries are only added. Holdings are derived.

CREATE TABLE share_class (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  code TEXT NOT NULL,
  name TEXT NOT NULL,
  nominal_pence INTEGER NOT NULL,
  dividend INTEGER NOT NULL,
  withdrawable INTEGER NOT NULL,
  transferable INTEGER NOT NULL,
  cancels_on_leaving INTEGER NOT NULL,
  max_holding_pence INTEGER NOT NULL,
  starts TEXT NOT NULL,
  ends TEXT NOT NULL,
  UNIQUE (org_id, code)
);

CREATE TABLE share_entry (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  kind TEXT NOT NULL,
  class_id TEXT NOT NULL REFERENCES share_class (id),
  from_member TEXT NOT NULL,
  to_member TEXT NOT NULL,
  quantity INTEGER NOT NULL,
  to_class_id TEXT NOT NULL,
  to_quantity INTEGER NOT NULL,
  paid_pence INTEGER NOT NULL,
  effective TEXT NOT NULL,
  entered TEXT NOT NULL,
  reverses TEXT NOT NULL,
  reason TEXT NOT NULL,
  UNIQUE (org_id, number)
);

CREATE INDEX share_entry_from ON share_entry (org_id, from_member);
CREATE INDEX share_entry_to ON share_entry (org_id, to_member);

CREATE TABLE certificate (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  number INTEGER NOT NULL,
  member_id TEXT NOT NULL,
  class_id TEXT NOT NULL REFERENCES share_class (id),
  quantity INTEGER NOT NULL,
  issued TEXT NOT NULL,
  entry_id TEXT NOT NULL,
  record_entry INTEGER NOT NULL,
  cancelled TEXT NOT NULL,
  cancelled_by TEXT NOT NULL,
  UNIQUE (org_id, number)
);

CREATE INDEX certificate_by_member ON certificate (org_id, member_id);

-- Money that an entry owed to a member, when it was paid.
CREATE TABLE share_payment (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  entry_id TEXT NOT NULL REFERENCES share_entry (id),
  paid_on TEXT NOT NULL,
  pence INTEGER NOT NULL,
  reference TEXT NOT NULL,
  UNIQUE (org_id, entry_id)
);

-- Rights and roles held without capital, and their use.
CREATE TABLE stake (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  member_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  basis TEXT NOT NULL,
  granted TEXT NOT NULL,
  ends TEXT NOT NULL,
  ended_reason TEXT NOT NULL
);

CREATE INDEX stake_by_member ON stake (org_id, member_id);

CREATE TABLE stake_use (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  stake_id TEXT NOT NULL REFERENCES stake (id),
  used TEXT NOT NULL,
  what TEXT NOT NULL
);

CREATE INDEX stake_use_by_stake ON stake_use (org_id, stake_id);

-- A joint venture: the organisations that own it, and what it may not decide alone.
CREATE TABLE venture_parent (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  parent_org TEXT NOT NULL,
  shareholding_bp INTEGER NOT NULL,
  board_seats INTEGER NOT NULL,
  starts TEXT NOT NULL,
  ends TEXT NOT NULL
);

CREATE TABLE reserved_matter (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  code TEXT NOT NULL,
  title TEXT NOT NULL,
  text TEXT NOT NULL,
  consent_rule TEXT NOT NULL,
  threshold INTEGER NOT NULL,
  named TEXT NOT NULL,
  starts TEXT NOT NULL,
  ends TEXT NOT NULL
);
