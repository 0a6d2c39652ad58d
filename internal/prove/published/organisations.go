package published

import (
	"context"
	"slices"
	"sort"
	"strings"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
)

// Listed is an organisation together with what is published about it.
type Listed struct {
	Organisation
	Survey  bool // in the Staff Survey
	Absence bool // in the absence figures
}

// weight orders the words of several files about one organisation: the survey
// names its own groups best, a directory knows mergers and nothing else better.
func (f Format) weight() int {
	switch f {
	case FormatSurveyOrganisations, FormatSurveyNational:
		return 4
	case FormatCarried:
		return 3
	case FormatAbsence:
		return 2
	}
	return 1
}

// organisations puts together what all imports in force say about each
// organisation and about England, by code. Parts of England are left out.
func organisations(ctx context.Context, tx *db.Tx) (map[string]Listed, error) {
	type word struct {
		Organisation
		from Format
		year int
		id   string
	}
	var all []word
	err := tx.Each(ctx, func(rows *db.Rows) error {
		var w word
		var alt, predecessors string
		err := rows.Scan(&w.from, &w.year, &w.id, &w.ODS, &w.Name, &w.Scope, &w.Group, &w.Type, &w.Region, &w.ICS, &w.Weighting, &alt, &predecessors, &w.Merged)
		w.AltNames, w.Predecessors = list(alt), list(predecessors)
		all = append(all, w)
		return err
	}, `SELECT i.kind, i.year, i.id, o.ods, o.name, o.scope, o.bench_group, o.org_type, o.region, o.ics, o.weighting, o.alt_names, o.predecessors, o.merged
		FROM published_org o JOIN published_import i ON i.id = o.import_id WHERE i.replaced_by IS NULL AND o.scope <> ?`, string(ScopeBreakdown))
	if err != nil {
		return nil, err
	}
	// The weightiest word last, so that it stands over the others.
	sort.SliceStable(all, func(a, b int) bool {
		x, y := all[a], all[b]
		if x.from.weight() != y.from.weight() {
			return x.from.weight() < y.from.weight()
		}
		if x.year != y.year {
			return x.year < y.year
		}
		return x.id < y.id
	})
	out := make(map[string]Listed, len(all))
	for _, w := range all {
		l := out[w.ODS]
		l.Organisation = w.over(l.Organisation)
		switch w.from {
		case FormatSurveyOrganisations, FormatSurveyNational:
			l.Survey = true
		case FormatAbsence:
			l.Absence = true
		case FormatCarried:
			l.Survey = l.Survey || w.Group != ""
		}
		out[w.ODS] = l
	}
	return out, nil
}

// Search says which organisations are wanted. The zero value wants all.
type Search struct {
	Text  string // part of a name, former name or code
	Group string // benchmarking group, as published
}

// Organisations lists the organisations with published figures that a search
// finds: by group in the order of [Groups], those outside the survey last, and
// by name within.
func (s *Store) Organisations(ctx context.Context, q Search) (out []Listed, err error) {
	var all map[string]Listed
	err = s.read(ctx, func(_ *db.Tx, m *memo) error {
		all = m.organisations
		return nil
	})
	if err != nil {
		return nil, err
	}
	order := map[string]int{}
	for n, g := range Groups() {
		order[g.Published] = n + 1
	}
	place := func(l Listed) int {
		switch {
		case !l.Survey:
			return len(order) + 2
		case order[l.Group] == 0:
			return len(order) + 1
		}
		return order[l.Group]
	}
	wanted := strings.Fields(strings.ToLower(q.Text))
	for _, l := range all {
		if l.Scope == ScopeOrganisation && (l.Survey || l.Absence) && (q.Group == "" || l.Survey && l.Group == q.Group) && l.holds(wanted) {
			out = append(out, l)
		}
	}
	slices.SortFunc(out, func(a, b Listed) int {
		if d := place(a) - place(b); d != 0 {
			return d
		}
		if d := strings.Compare(strings.ToLower(a.Name), strings.ToLower(b.Name)); d != 0 {
			return d
		}
		return strings.Compare(a.ODS, b.ODS)
	})
	return out, nil
}

// holds reports whether every word is part of a name or code.
func (l Listed) holds(words []string) bool {
	text := strings.ToLower(strings.Join(slices.Concat([]string{l.Name, l.ODS, l.ShortName()}, l.AltNames, l.Predecessors), "\n"))
	for _, w := range words {
		if !strings.Contains(text, w) {
			return false
		}
	}
	return true
}

// OrganisationByODS finds one organisation by its code, which may be that of
// one that was merged into it.
func (s *Store) OrganisationByODS(ctx context.Context, ods string) (found Listed, err error) {
	var all map[string]Listed
	err = s.read(ctx, func(_ *db.Tx, m *memo) error {
		all = m.organisations
		return nil
	})
	if err != nil {
		return Listed{}, err
	}
	ods = strings.ToUpper(ods)
	if l, ok := all[ods]; ok && l.Scope == ScopeOrganisation && (l.Survey || l.Absence) {
		return l, nil
	}
	for _, l := range all {
		if (l.Survey || l.Absence) && slices.Contains(l.Predecessors, ods) {
			return l, nil
		}
	}
	return Listed{}, fault.Errorf(fault.NotFound, "nothing is published here about an organisation with the code %s", quote(ods))
}
