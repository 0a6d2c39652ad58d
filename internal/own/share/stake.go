package share

import (
	"cmp"
	"slices"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/law"
)

// StakeKind is the sort of a stake held without capital.
type StakeKind string

// The kinds of stakes.
const (
	Right StakeKind = "right" // something the member may do
	Role  StakeKind = "role"  // something the member is
)

// Stake is a right or a role that a member holds without capital: co-ownership
// that is not money.
type Stake struct {
	ID          string
	Member      string
	Kind        StakeKind
	Title       string
	Basis       string // where the rules give it: "rule 22"
	Granted     law.Date
	Ends        law.Date // the first day it is no more held; no date where open
	EndedReason string
}

// Held reports whether the stake is held at the end of a day.
func (s Stake) Held(day law.Date) bool {
	return !day.Before(s.Granted) && (s.Ends.IsZero() || day.Before(s.Ends))
}

// Use is one time that a stake was used.
type Use struct {
	ID, Stake string
	Used      law.Date
	What      string // what for, without names
}

const longest = 500

func (s Stake) check() error {
	switch {
	case s.Kind != Right && s.Kind != Role:
		return fault.Fieldf("kind", "a stake is a right or a role, not %q", s.Kind)
	case strings.TrimSpace(s.Title) == "" || len(s.Title) > longest:
		return fault.Fieldf("title", "a stake has a title of at most %d letters", longest)
	case strings.TrimSpace(s.Basis) == "" || len(s.Basis) > longest:
		return fault.Fieldf("basis", "a stake names the rule that gives it")
	case s.Granted.IsZero():
		return fault.Fieldf("granted", "a stake is granted from a day")
	case !s.Ends.IsZero() && !s.Ends.After(s.Granted):
		return fault.Fieldf("ends", "a stake granted on %s cannot end on %s", s.Granted, s.Ends)
	}
	return nil
}

// Exercise is how much a stake of one title was used, of what was held.
type Exercise struct {
	Kind    StakeKind
	Title   string
	Held    int // stakes held on some day of the time
	Holders int // members who held one
	Used    int // of the stakes held, how many were used at least once
	Times   int // how often in all
}

// HeldAndUsed sums up, for each kind and title, what was held and what was used
// from one day to another, both included. A stake never used is counted as held:
// that is what the figure is for.
func HeldAndUsed(stakes []Stake, uses []Use, from, to law.Date) []Exercise {
	type key struct {
		kind  StakeKind
		title string
	}
	times := map[string]int{}
	for _, u := range uses {
		if !u.Used.Before(from) && !u.Used.After(to) {
			times[u.Stake]++
		}
	}
	sums, holders := map[key]*Exercise{}, map[key]map[string]bool{}
	for _, s := range stakes {
		if s.Granted.After(to) || !s.Ends.IsZero() && !s.Ends.After(from) {
			continue
		}
		k := key{s.Kind, s.Title}
		if sums[k] == nil {
			sums[k], holders[k] = &Exercise{Kind: s.Kind, Title: s.Title}, map[string]bool{}
		}
		e := sums[k]
		e.Held++
		holders[k][s.Member] = true
		e.Holders = len(holders[k])
		if n := times[s.ID]; n > 0 {
			e.Used++
			e.Times += n
		}
	}
	out := make([]Exercise, 0, len(sums))
	for _, e := range sums {
		out = append(out, *e)
	}
	slices.SortFunc(out, func(a, b Exercise) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), cmp.Compare(a.Title, b.Title))
	})
	return out
}
