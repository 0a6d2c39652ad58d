-- Requests of programs that may come twice, and what they were answered. Not
-- governed, and gone after a day.
CREATE TABLE request_once (
  id TEXT PRIMARY KEY,
  what TEXT NOT NULL,
  begun TEXT NOT NULL,
  status INTEGER NOT NULL,
  body TEXT NOT NULL
);

CREATE INDEX request_once_begun ON request_once (begun);
