package web

import (
	"strings"

	"commonweal/internal/base/identity"
	"commonweal/internal/listen/action"
	"commonweal/internal/web/page"
)

// people are names by the id of a person, for those whom the pages of actions name.
type people map[string]identity.Person

func (v *visit) people(ids ...string) (people, error) {
	found, err := v.house.Identity.People(v.ctx, v.org.ID, ids)
	return found, err
}

// name is a name, or words where there is none.
func (p people) name(id string) string {
	switch who, ok := p[id]; {
	case ok:
		return who.Name()
	case id == "system":
		return "by itself"
	}
	return "somebody"
}

// owners are the names of those who own or did something about actions.
func (v *visit) owners(list []action.Listed) (people, error) {
	var ids []string
	for _, l := range list {
		ids = append(ids, l.Owner, l.AgreedBy)
		for _, s := range l.Steps {
			ids = append(ids, s.By, s.Owner)
		}
	}
	return v.people(ids...)
}

// saidIn names where a finding was made.
func saidIn(a action.Action) string {
	if a.Finding.UnitName == "" {
		return "All of us"
	}
	return a.Finding.UnitName
}

// placeOf names who does it.
func placeOf(p action.Place) string {
	switch {
	case p.UnitName != "" && p.DirectorateName != "":
		return p.UnitName + ", " + p.DirectorateName
	case p.UnitName != "":
		return p.UnitName
	case p.DirectorateName != "":
		return p.DirectorateName
	}
	return "The whole organisation"
}

// actionState is the word for where an action stands, with its shape.
func actionState(s action.Status) page.State {
	switch {
	case s.State == action.Ended:
		return page.State{Word: "Done", Kind: page.StateDone}
	case s.State == action.Given:
		return page.State{Word: "Not done", Kind: page.StateDone}
	case s.Overdue:
		return page.State{Word: "Overdue", Kind: page.StateLate}
	case s.State == action.Waiting:
		return page.State{Word: "Not begun", Kind: page.StateOpen}
	}
	return page.State{Word: "Under way", Kind: page.StateOpen}
}

// standingSentence says how many actions stand where.
func standingSentence(s action.Standing) string {
	var parts []string
	for _, one := range []struct {
		n         int
		one, many string
	}{
		{s.Overdue, "is overdue", "are overdue"}, {s.Running, "is under way", "are under way"}, {s.Done, "is done", "are done"}, {s.NotDone, "was not done", "were not done"},
	} {
		if one.n > 0 {
			parts = append(parts, said(page.Words(one.n))+" "+said(page.Plural(one.n, one.one, one.many)))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	out := page.Begin(page.List(parts))
	// The first count says what is counted.
	first, rest, _ := strings.Cut(out, " ")
	noun := " actions "
	if first == "One" {
		noun = " action "
	}
	return first + noun + rest + "."
}

// wordsSentence says what members say of an action in sum.
func wordsSentence(t action.Tally) string {
	if !t.Shown {
		return "What members say in sum is shown once enough of them have answered."
	}
	out := "About " + number(t.Of) + " members have answered, to the nearest five: about " + number(t.Helped) + " say that it helped, " + number(t.NotYet) +
		" that it has not helped yet, and " + number(t.Didnt) + " that it did not happen."
	if t.Helped+t.NotYet+t.Didnt != t.Of {
		out += " Each number is rounded by itself, so they do not add up."
	}
	return out
}
