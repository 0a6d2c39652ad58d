package study

import "commonweal/internal/base/journal"

// Tables are the governed tables of the room. Both are only added to.
var Tables = []journal.Table{
	journal.Govern("study", "code", "spec", "sha256", "registered", "registered_by"),
	journal.Govern("study_step", "study_id", "n int", "kind", "day", "data_sha256", "output_sha256", "seed int", "program", "reason", "taken_by", "seal"),
}

// Seal holds what a study was locked to, and what came of its run.
var Seal = journal.Seal{
	Parent: "study_step", Column: "seal",
	Sets: []journal.SealedSet{{Table: "study_file", By: "step_id", Columns: []string{"id", "name", "content"}, Order: []string{"id"}}},
}

// The kinds of entries in the record.
const (
	KindRegistered = "study.registered"
	KindLocked     = "study.locked"
	KindRun        = "study.run"
	KindPublished  = "study.published"
	KindWithdrawn  = "study.withdrawn"
)
