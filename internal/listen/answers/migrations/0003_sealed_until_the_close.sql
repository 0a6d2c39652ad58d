-- Answers stay sealed in held until the close, each in a row of its own, and what somebody
-- wrote in another. They are sealed anew, under a new key and new ids, each evening; so are
-- papers that were keyed once. Generation is the key's, as in waiting; 0 is the key that a
-- wave has until its close.
ALTER TABLE held ADD COLUMN generation INTEGER NOT NULL DEFAULT 0;
ALTER TABLE keying ADD COLUMN generation INTEGER NOT NULL DEFAULT 0;

-- The serials of slips that were made and are not in anybody's hands yet.
CREATE TABLE stack (
    id TEXT PRIMARY KEY,
    wave TEXT NOT NULL REFERENCES wave (id),
    sealed BLOB NOT NULL
);
