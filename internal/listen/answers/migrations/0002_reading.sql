-- What each of those who read the comments of a closed wave decided about one: the text
-- that may be shown, or why none is. It goes with the answers.
CREATE TABLE reading (
    comment TEXT NOT NULL,
    reader TEXT NOT NULL,
    wave TEXT NOT NULL REFERENCES wave (id),
    verdict TEXT NOT NULL,
    text TEXT NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (comment, reader)
);
CREATE INDEX reading_wave ON reading (wave, comment);
