-- Organisations, people, appointments, sign-in. An organisation's id is its code
-- and the name of its record, so its rows have id = org_id.

CREATE TABLE organisation (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  legal_form TEXT,
  ods TEXT,
  parent_id TEXT,
  registered_no TEXT,
  registered_office TEXT,
  brand TEXT,
  invented INTEGER NOT NULL,
  opened TEXT NOT NULL,
  closed TEXT
);

CREATE TABLE person (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  given TEXT,
  family TEXT,
  email TEXT,
  postal_address TEXT,
  created TEXT NOT NULL,
  erased TEXT
);

-- The address is stored trimmed and in lower case; several people may have none.
CREATE UNIQUE INDEX person_by_email ON person (email, org_id);
CREATE INDEX person_by_name ON person (org_id, family, given, id);

CREATE TABLE appointment (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  role TEXT NOT NULL,
  scope TEXT,
  starts TEXT NOT NULL,
  ends TEXT,
  appointed_by TEXT NOT NULL,
  ended_by TEXT
);

CREATE INDEX appointment_by_person ON appointment (person_id);
CREATE INDEX appointment_by_org ON appointment (org_id, role);

CREATE TABLE passkey (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  credential_id BLOB,
  public_key BLOB,
  label TEXT,
  transports TEXT,
  synced INTEGER NOT NULL,
  created TEXT NOT NULL,
  removed TEXT
);

CREATE UNIQUE INDEX passkey_by_credential ON passkey (credential_id);
CREATE INDEX passkey_by_person ON passkey (person_id);

-- What changes each time a passkey is used is no governance fact.
CREATE TABLE passkey_use (
  passkey_id TEXT PRIMARY KEY,
  sign_count INTEGER NOT NULL,
  backed_up INTEGER NOT NULL,
  copied INTEGER NOT NULL,
  last_used TEXT
);

CREATE TABLE passkey_ceremony (
  hash TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  person_id TEXT,
  state BLOB NOT NULL,
  expires TEXT NOT NULL
);

-- Who a person is at an outside OpenID Connect provider.
CREATE TABLE sign_in_link (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  issuer TEXT NOT NULL,
  subject_hash TEXT,
  created TEXT NOT NULL,
  removed TEXT
);

CREATE INDEX sign_in_link_by_subject ON sign_in_link (subject_hash);
CREATE INDEX sign_in_link_by_person ON sign_in_link (person_id);

CREATE TABLE oidc_state (
  hash TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  provider TEXT NOT NULL,
  browser_hash TEXT NOT NULL,
  nonce TEXT NOT NULL,
  verifier TEXT NOT NULL,
  expires TEXT NOT NULL
);

CREATE TABLE api_token (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  hash TEXT NOT NULL,
  label TEXT,
  scopes TEXT NOT NULL,
  created TEXT NOT NULL,
  expires TEXT NOT NULL,
  revoked TEXT
);

CREATE UNIQUE INDEX api_token_by_hash ON api_token (hash);
CREATE INDEX api_token_by_person ON api_token (person_id);

CREATE TABLE email_code (
  hash TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  person_id TEXT,
  code_mac BLOB NOT NULL,
  tries INTEGER NOT NULL,
  expires TEXT NOT NULL
);

CREATE INDEX email_code_by_person ON email_code (person_id);

CREATE TABLE session (
  hash TEXT PRIMARY KEY,
  id TEXT NOT NULL,
  org_id TEXT NOT NULL,
  person_id TEXT NOT NULL,
  way TEXT NOT NULL,
  client TEXT NOT NULL,
  created TEXT NOT NULL,
  last_seen TEXT NOT NULL,
  expires TEXT NOT NULL
);

CREATE INDEX session_by_person ON session (person_id);

-- Each row is a bucket: the theoretical arrival time of GCRA, in milliseconds.
CREATE TABLE rate_limit (
  bucket TEXT PRIMARY KEY,
  tat INTEGER NOT NULL
);
