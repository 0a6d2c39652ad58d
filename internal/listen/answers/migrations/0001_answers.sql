-- The answer side of surveys. It has a database of its own: nothing in it names a
-- person, and nothing in it is finer than a day. Rows of answer, comment and spent
-- are written in the order of their random ids, many at a time.

-- One row: which key file belongs to this database, and a turn that whoever changes
-- the file takes.
CREATE TABLE keyring (
    id TEXT PRIMARY KEY,
    box TEXT NOT NULL,
    turn INTEGER NOT NULL
);

CREATE TABLE wave (
    id TEXT PRIMARY KEY,
    organisation TEXT NOT NULL,
    code TEXT NOT NULL,
    terms BLOB NOT NULL,
    generation INTEGER NOT NULL,
    mixed_on TEXT NOT NULL,
    closed_on TEXT NOT NULL,
    erased_on TEXT NOT NULL,
    papers INTEGER NOT NULL,
    counted INTEGER NOT NULL,
    serials INTEGER NOT NULL,
    UNIQUE (organisation, code)
);

-- A sheet from its arrival to the next mix.
CREATE TABLE waiting (
    id TEXT PRIMARY KEY,
    wave TEXT NOT NULL REFERENCES wave (id),
    generation INTEGER NOT NULL,
    mark BLOB NOT NULL,
    sealed BLOB NOT NULL,
    UNIQUE (wave, mark)
);

-- A comment from the mix to the close.
CREATE TABLE held (
    id TEXT PRIMARY KEY,
    wave TEXT NOT NULL REFERENCES wave (id),
    sealed BLOB NOT NULL
);

CREATE TABLE answer (
    id TEXT PRIMARY KEY,
    wave TEXT NOT NULL REFERENCES wave (id),
    codes BLOB NOT NULL,
    unit TEXT NOT NULL,
    staff_group TEXT NOT NULL
);
CREATE INDEX answer_wave ON answer (wave, id);

CREATE TABLE comment (
    id TEXT PRIMARY KEY,
    wave TEXT NOT NULL REFERENCES wave (id),
    unit TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX comment_wave ON comment (wave, id);

CREATE TABLE spent (
    hash TEXT PRIMARY KEY,
    wave TEXT NOT NULL REFERENCES wave (id)
);
CREATE INDEX spent_wave ON spent (wave, hash);

-- A slip or paper: the mark is a keyed hash of its serial.
CREATE TABLE serial (
    mark TEXT PRIMARY KEY,
    wave TEXT NOT NULL REFERENCES wave (id)
);
CREATE INDEX serial_wave ON serial (wave, mark);

-- What one of two people keyed from a paper, until they agree.
CREATE TABLE keying (
    id TEXT PRIMARY KEY,
    wave TEXT NOT NULL REFERENCES wave (id),
    mark TEXT NOT NULL,
    keyer TEXT NOT NULL,
    sealed BLOB NOT NULL,
    UNIQUE (wave, mark, keyer)
);
