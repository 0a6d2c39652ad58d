package stafflist

import (
	"slices"
	"strings"
)

// mapping is a profile laid over the headings of one file.
type mapping struct {
	columns  []mapped
	missing  []Field
	repeated []string // headings of mapped fields that stand in two columns
	dropped  []Drop
}

// mapped is one column that is kept.
type mapped struct {
	field  Field
	column int
}

// fields returns the fields the file speaks about.
func (m mapping) fields() []Field {
	out := make([]Field, 0, len(m.columns)+1)
	for _, c := range m.columns {
		out = append(out, c.field)
	}
	return out
}

// resolve finds the column of each field: the first heading of the profile that
// the file has. Sensitive headings are dropped even where the profile names them.
func resolve(p Profile, headings []string) mapping {
	at := map[string][]int{}
	kinds := make([]string, len(headings))
	for i, heading := range headings {
		if kinds[i] = sensitiveHeading(heading); kinds[i] != "" {
			continue
		}
		for _, key := range headingKeys(heading) {
			at[key] = append(at[key], i)
		}
	}
	var m mapping
	taken := map[int]bool{}
	found := map[Field]bool{}
	for _, f := range fields {
		if f.field == FullName && found[Given] && found[Family] {
			continue
		}
		for _, heading := range p.Columns[f.field] {
			columns := at[joined(heading)]
			if len(columns) == 0 {
				continue
			}
			if len(columns) > 1 {
				m.repeated = append(m.repeated, headings[columns[0]])
			}
			if taken[columns[0]] {
				continue
			}
			taken[columns[0]], found[f.field] = true, true
			m.columns = append(m.columns, mapped{f.field, columns[0]})
			break
		}
	}
	m.missing = missing(func(f Field) bool { return found[f] })
	for i, heading := range headings {
		if !taken[i] && strings.TrimSpace(heading) != "" {
			m.dropped = append(m.dropped, Drop{Heading: shown(tidy(heading)), Kind: kinds[i]})
		}
	}
	return m
}

// headingKeys returns what a heading may be found by: itself, and what follows
// the table name in "Person.HireDate".
func headingKeys(heading string) []string {
	keys := []string{joined(heading)}
	if i := strings.LastIndexAny(heading, ".:"); i > 0 {
		if key := joined(heading[i+1:]); key != "" && !slices.Contains(keys, key) {
			keys = append(keys, key)
		}
	}
	return keys
}

// without removes the columns that turned out sensitive by content.
func (m mapping) without(kinds map[int]string, headings []string) mapping {
	kept := m.columns[:0:0]
	for _, c := range m.columns {
		kind := kinds[c.column]
		if kind == "" {
			kept = append(kept, c)
			continue
		}
		m.dropped = append(m.dropped, Drop{Heading: shown(tidy(headings[c.column])), Kind: kind, ByContent: true})
	}
	m.columns = kept
	m.missing = missing(func(f Field) bool {
		return slices.ContainsFunc(kept, func(c mapped) bool { return c.field == f })
	})
	return m
}
