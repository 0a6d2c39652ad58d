package published

import "commonweal/internal/base/journal"

// Tables are the governed tables of this room: one row an imported file.
var Tables = []journal.Table{
	journal.Govern("published_import", "kind", "year int", "file_name", "sha256", "source", "publisher", "licence",
		"rows_n int", "orgs_n int", "measures_n int", "values_n int", "hidden_n int", "rejected_n int", "kept_n int",
		"imported", "imported_by", "entry int", "seal", "replaced_by"),
}

// Seal holds what the files said. A quarter of a million figures do not go
// through the record row by row; their digest does.
var Seal = journal.Seal{
	Parent: "published_import", Column: "seal",
	Sets: []journal.SealedSet{
		{
			Table: "published_org", By: "import_id", Order: []string{"ods"},
			Columns: []string{
				"ods", "name", "scope", "bench_group", "org_type", "region", "ics", "weighting", "breakdown", "part",
				"alt_names", "predecessors", "merged",
			},
		},
		{
			Table: "published_measure", By: "import_id", Order: []string{"measure"},
			Columns: []string{
				"measure", "label", "unit", "kind", "direction", "code", "question", "answer", "weighted", "base_unit",
				"low", "high", "spread",
			},
		},
		{
			Table: "published_value", By: "import_id", Order: []string{"measure", "period", "ods"},
			Columns: []string{"measure", "period", "ods", "figure", "base"},
		},
		{
			Table: "published_earlier", By: "import_id", Order: []string{"measure", "period", "ods"},
			Columns: []string{"measure", "period", "ods", "figure", "base", "replaced_by"},
		},
		{
			Table: "published_rejection", By: "import_id", Order: []string{"n"},
			Columns: []string{"n", "sheet", "sheet_row", "field", "reason", "remedy"},
		},
	},
}
