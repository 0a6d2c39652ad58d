package indicator

import "commonweal/internal/base/journal"

// Tables are the governed tables of the room.
var Tables = []journal.Table{
	journal.Govern("indicator", "code", "n int", "name", "about", "numerator", "denominator", "unit", "per int", "decimals int", "direction", "kind",
		"source", "licence", "every", "covers int", "starts", "closed", "reason", "entered", "entered_by"),
	journal.Govern("indicator_import", "indicator", "file_name", "sha256", "rows_n int", "kept_n int", "rejected_n int",
		"imported", "imported_by", "seal"),
	journal.Govern("indicator_correction", "import_id", "figures int", "reason"),
}

// Seal holds the figures of an import and what of the file did not fit.
var Seal = journal.Seal{
	Parent: "indicator_import", Column: "seal",
	Sets: []journal.SealedSet{
		{Table: "indicator_value", By: "import_id", Order: []string{"period", "unit"}, Columns: []string{"period", "unit", "value", "numerator", "denominator"}},
		{Table: "indicator_rejection", By: "import_id", Order: []string{"n"}, Columns: []string{"n", "sheet_row", "field", "cell", "reason"}},
	},
}
