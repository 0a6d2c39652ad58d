package stafflist

import (
	_ "embed"
	"encoding/json"
	"sync"
)

// Group is a staff group that a list may name in several ways. Rows carry Name.
type Group struct {
	Code    string   `json:"code"`
	Name    string   `json:"name"`
	ESR     string   `json:"esr,omitempty"`
	Aliases []string `json:"aliases,omitempty"`
}

//go:embed data/staffgroups.json
var staffGroupData []byte

var nationalGroups = sync.OnceValue(func() []Group {
	var file struct {
		Source string  `json:"source"`
		Groups []Group `json:"groups"`
	}
	if err := json.Unmarshal(staffGroupData, &file); err != nil {
		panic("staff list: built-in staff groups: " + err.Error())
	}
	return file.Groups
})

// StaffGroups returns the national staff groups, as the Electronic Staff Record
// has them, with the plain names this program uses. A mutual outside the NHS
// gives [Read] its own.
func StaffGroups() []Group {
	national := nationalGroups()
	out := make([]Group, len(national))
	copy(out, national)
	return out
}

// groupIndex finds a group by any of its names, folded.
type groupIndex struct {
	byName map[string]string
	order  []string // folded names, in the order given, so that ties are stable
}

func indexGroups(groups []Group) groupIndex {
	index := groupIndex{byName: map[string]string{}}
	add := func(alias, name string) {
		key := fold(alias)
		if _, taken := index.byName[key]; taken || key == "" {
			return
		}
		index.byName[key] = name
		index.order = append(index.order, key)
	}
	for _, g := range groups {
		add(g.Name, g.Name)
	}
	for _, g := range groups {
		add(g.ESR, g.Name)
		for _, alias := range g.Aliases {
			add(alias, g.Name)
		}
	}
	return index
}

// find returns the plain name of the group that s names.
func (x groupIndex) find(s string) (name string, ok bool) {
	name, ok = x.byName[fold(s)]
	return name, ok
}

// nearest returns the group whose name is closest to s, or "" if none is close.
func (x groupIndex) nearest(s string) string {
	return nearest(fold(s), x.order, func(key string) string { return x.byName[key] })
}

// nearest finds the candidate within tolerance of s and returns what it means.
func nearest(s string, candidates []string, meaning func(string) string) string {
	limit := tolerance(s)
	best, found := limit+1, ""
	for _, candidate := range candidates {
		if d := distance(s, candidate, limit); d < best {
			best, found = d, meaning(candidate)
		}
	}
	return found
}
