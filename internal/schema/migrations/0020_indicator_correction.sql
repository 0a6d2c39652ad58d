-- Why a file of figures says something else than what was said before: a file that changes
-- figures is refused without a reason.

CREATE TABLE indicator_correction (
  id TEXT PRIMARY KEY,
  org_id TEXT NOT NULL,
  import_id TEXT NOT NULL,
  figures INTEGER NOT NULL,
  reason TEXT NOT NULL
);

CREATE UNIQUE INDEX indicator_correction_by_import ON indicator_correction (import_id);
