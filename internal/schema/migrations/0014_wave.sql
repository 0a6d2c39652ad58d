-- Surveys, the register side: what is asked, of whom, who has drawn a token, the hashes
-- of spent tokens in batches, and what was released. No answer is here. Days and
-- instants that do not apply are null.

CREATE TABLE wave (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  code TEXT NOT NULL,
  title TEXT NOT NULL,
  kind TEXT NOT NULL,
  about TEXT,
  instrument TEXT NOT NULL,
  instrument_hash TEXT,
  census TEXT NOT NULL,
  opens TEXT NOT NULL,
  closes TEXT NOT NULL,
  paper_until TEXT,
  whom TEXT NOT NULL,
  minimum INTEGER NOT NULL,
  comments INTEGER NOT NULL,
  comment_minimum INTEGER NOT NULL,
  languages TEXT NOT NULL,
  paper INTEGER NOT NULL,
  weighting TEXT NOT NULL,
  remind_on TEXT,
  keep_months INTEGER NOT NULL,
  rules TEXT,
  units TEXT,
  staff_groups TEXT,
  eligible INTEGER,
  unplaced INTEGER,
  census_hash TEXT,
  public_key TEXT,
  key_hash TEXT,
  notice TEXT,
  notice_hash TEXT,
  called TEXT,
  called_by TEXT,
  published TEXT,
  settled TEXT,
  answers INTEGER,
  ended TEXT,
  abandoned TEXT,
  abandoned_by TEXT,
  reason TEXT,
  source TEXT,
  UNIQUE (org_id, code)
);

-- How many in each team and staff group were asked.
CREATE TABLE wave_stratum (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  wave_id TEXT NOT NULL REFERENCES wave (id),
  unit TEXT,
  staff_group TEXT,
  eligible INTEGER NOT NULL
);
CREATE INDEX wave_stratum_wave ON wave_stratum (wave_id);

-- The census: those who may draw a token.
CREATE TABLE wave_person (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  wave_id TEXT NOT NULL REFERENCES wave (id),
  person_id TEXT NOT NULL,
  unit TEXT,
  staff_group TEXT,
  UNIQUE (wave_id, person_id)
);

-- Who has drawn a token (web) or was given a slip, by day alone.
CREATE TABLE token_issued (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  wave_id TEXT NOT NULL REFERENCES wave (id),
  person_id TEXT NOT NULL,
  way TEXT NOT NULL,
  day TEXT NOT NULL,
  UNIQUE (wave_id, person_id)
);

CREATE TABLE serial_stack (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  wave_id TEXT NOT NULL REFERENCES wave (id),
  number INTEGER NOT NULL,
  slips INTEGER NOT NULL,
  seal TEXT NOT NULL,
  made TEXT NOT NULL,
  made_by TEXT NOT NULL,
  UNIQUE (wave_id, number)
);

-- Hashes of spent tokens, sorted, one a line.
CREATE TABLE spent_batch (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  wave_id TEXT NOT NULL REFERENCES wave (id),
  number INTEGER NOT NULL,
  spent INTEGER NOT NULL,
  hashes TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  day TEXT NOT NULL,
  UNIQUE (wave_id, number)
);

CREATE TABLE wave_reminder (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  wave_id TEXT NOT NULL REFERENCES wave (id),
  number INTEGER NOT NULL,
  day TEXT NOT NULL,
  sent INTEGER NOT NULL,
  sent_by TEXT NOT NULL,
  UNIQUE (wave_id, number)
);

CREATE TABLE wave_release (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  wave_id TEXT NOT NULL REFERENCES wave (id),
  number INTEGER NOT NULL,
  day TEXT NOT NULL,
  released_by TEXT NOT NULL,
  body TEXT NOT NULL,
  certificate TEXT NOT NULL,
  tested_with TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  UNIQUE (org_id, number)
);

-- Not governed. The private key of a wave, sealed with a key that is not in the database,
-- until the wave is settled.
CREATE TABLE wave_key (
  wave_id TEXT PRIMARY KEY,
  sealed TEXT NOT NULL
);

-- Not governed. Draws, under a keyed mark of the person: sealed, so that neither order nor
-- content of the table tells who drew. recorded is the day on which a draw went to the
-- record. They are deleted when the wave is settled.
CREATE TABLE token_draw (
  mark TEXT PRIMARY KEY,
  wave_id TEXT NOT NULL,
  sealed TEXT NOT NULL,
  recorded TEXT
);
CREATE INDEX token_draw_wave ON token_draw (wave_id);
