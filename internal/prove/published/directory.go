package published

import (
	"context"
	"errors"
	"strings"
	"time"
)

var directoryHeads = []string{"ods_code", "name", "alt_names", "type", "region", "ics", "predecessor_codes", "merger_date"}

// readDirectory reads the directory of trusts: names, places and mergers. It
// holds organisations only, no figures.
func readDirectory(ctx context.Context, f File, from Source, t *tally) (err error) {
	var columns []wanted
	for _, h := range directoryHeads {
		columns = append(columns, heads(strings.TrimPrefix(h, "ods_"), h))
	}
	tab, err := openTable(f, "", columns, nil, t)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, tab.close()) }()
	from.Name, from.Publisher, from.Licence = "Directory of NHS trusts", "compiled from public sources", directoryLicence
	if err := t.source(from); err != nil {
		return err
	}
	rows := map[string]int{}
	return tab.each(ctx, t, func() error {
		o, field, reason := directoryRow(tab)
		if reason != "" {
			return tab.reject(t, field, reason)
		}
		if _, twice := rows[o.ODS]; twice {
			return tab.reject(t, "code", o.ODS+" stands already further up.")
		}
		rows[o.ODS] = tab.row
		return t.organisation(o)
	})
}

func directoryRow(tab *table) (o Organisation, field, reason string) {
	o = Organisation{
		ODS: tab.cell("code"), Name: tab.cell("name"), Scope: ScopeOrganisation, Type: tab.cell("type"),
		Region: tab.cell("region"), ICS: tab.cell("ics"), Merged: tab.cell("merger_date"),
		AltNames: list(tab.cell("alt_names")), Predecessors: list(tab.cell("predecessor_codes")),
	}
	// The directory calls most types by the name of the survey's group.
	if g, known := GroupNamed(o.Type); known {
		o.Group = g.Published
	}
	switch {
	case !ValidODS(o.ODS):
		return o, "code", quote(o.ODS) + " is not an ODS code."
	case o.Name == "":
		return o, "name", o.ODS + " has no name."
	}
	for _, p := range o.Predecessors {
		if !ValidODS(p) || p == o.ODS {
			return o, "predecessor_codes", o.ODS + ": " + quote(p) + " is not the ODS code of another organisation."
		}
	}
	if o.Merged != "" {
		if _, err := time.Parse(time.DateOnly, o.Merged); err != nil {
			return o, "merger_date", o.ODS + ": " + quote(o.Merged) + " is not a date, as in 2024-11-01."
		}
	}
	return o, "", ""
}

// list splits "A;B;C" and leaves out empty parts.
func list(s string) []string {
	var out []string
	for part := range strings.SplitSeq(s, ";") {
		if part = clean(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}
