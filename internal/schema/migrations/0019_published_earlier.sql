-- Figures that a later file said anew: what was published before stays to be read. The
-- table of figures in force holds each measure, period and organisation once an import.
-- Sealed with the import that said it.
CREATE TABLE published_earlier (
  import_id TEXT NOT NULL,
  measure TEXT NOT NULL,
  period TEXT NOT NULL,
  ods TEXT NOT NULL,
  figure TEXT,
  base INTEGER NOT NULL,
  replaced_by TEXT NOT NULL,
  PRIMARY KEY (import_id, measure, period, ods)
);

CREATE INDEX published_earlier_by_measure ON published_earlier (measure, ods, period);
