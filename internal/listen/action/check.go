package action

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"commonweal/internal/base/fault"
	"commonweal/law"
)

const (
	maxTitle = 150
	maxText  = 2000
	maxWords = 1000
	// maxYears is how far ahead the day of an action may be: what takes longer is a
	// plan, and its first step is an action.
	maxYears = 2
)

// check puts a draft into its stored form, or says what is wrong.
func (d *Draft) check(today law.Date) error {
	for _, s := range []*string{
		&d.Wave, &d.WaveName, &d.Finding.Unit, &d.Finding.UnitName, &d.ID, &d.Label, &d.Says,
		&d.Directorate, &d.DirectorateName, &d.Place.Unit, &d.Place.UnitName, &d.Title,
	} {
		*s = line(*s)
	}
	d.Doing = clean(d.Doing)
	switch {
	case d.Wave == "" || d.Label == "" || d.Says == "":
		return fault.Fieldf("finding", "an action begins with a finding of a survey: choose one on its results")
	case d.About != Score && d.About != Question && d.About != Comments:
		return fault.Fieldf("finding", "a finding is about a score, a question or comments, and not about %q", d.About)
	case (d.About == Comments) != (d.ID == ""):
		return fault.Fieldf("finding", "a finding about a %s names which", d.About)
	case d.Title == "":
		return fault.Fieldf("title", "enter what this is called, in a few words")
	case longer(d.Title, maxTitle):
		return fault.Fieldf("title", "use at most %d letters", maxTitle)
	case d.Doing == "":
		return fault.Fieldf("doing", "say what will be done")
	case longer(d.Doing, maxText) || longer(d.Says, maxText):
		return fault.Fieldf("doing", "use at most %d letters", maxText)
	case d.Owner == "":
		return fault.Fieldf("owner", "choose who does it: an action without an owner is done by nobody")
	}
	return checkDue(d.Due, today)
}

func checkDue(due, today law.Date) error {
	switch {
	case due.IsZero():
		return fault.Fieldf("due", "choose the day by which it is done")
	case due.Before(today):
		return fault.Fieldf("due", "%s is over: choose today or a later day", due.Words())
	case due.After(today.AddYears(maxYears)):
		return fault.Fieldf("due", "%s is more than %d years away: choose the day of its first step", due.Words(), maxYears)
	}
	return nil
}

// allow refuses a step that does not fit where the action stands on a day.
func (a Action) allow(t *Take, today law.Date) error {
	t.Note = clean(t.Note)
	st := a.On(today)
	over := st.State == Ended || st.State == Given
	switch {
	case longer(t.Note, maxText):
		return fault.Fieldf("note", "use at most %d letters", maxText)
	case t.Kind == Reopened && !over:
		return fault.Errorf(fault.Conflict, "action %d has not ended", a.Number)
	case over && t.Kind != Reopened:
		return fault.Errorf(fault.Conflict, "action %d has ended: reopen it first", a.Number)
	}
	switch t.Kind {
	case Begun:
		if st.State != Waiting {
			return fault.Errorf(fault.Conflict, "action %d has begun already", a.Number)
		}
		return nil
	case Reported, Done:
		if t.Note == "" {
			return fault.Fieldf("note", "say what was done")
		}
		return nil
	case NotDone:
		if t.Note == "" {
			return fault.Fieldf("note", "say why it is not done: members read it")
		}
		return nil
	case Moved, Reopened:
		switch {
		case t.Note == "":
			return fault.Fieldf("note", "say why: members read it")
		case t.Kind == Moved && t.Due == a.Due:
			return fault.Fieldf("due", "%s is the day it is due already", t.Due.Words())
		}
		return checkDue(t.Due, today)
	case Handed:
		switch t.Owner {
		case "":
			return fault.Fieldf("owner", "choose who does it from now on")
		case a.Owner:
			return fault.Fieldf("owner", "they own it already")
		}
		return nil
	}
	return fault.Fieldf("kind", "%q is no step that somebody takes", t.Kind)
}

func longer(s string, most int) bool { return utf8.RuneCountInString(s) > most }

// line is text on one line; clean keeps line breaks. Neither keeps control characters.
func line(s string) string { return strings.Join(strings.Fields(clean(s)), " ") }

func clean(s string) string {
	return strings.TrimSpace(strings.Map(func(c rune) rune {
		switch {
		case c == '\n':
			return c
		case c == '\t':
			return ' '
		case unicode.IsControl(c) || c == utf8.RuneError:
			return -1
		}
		return c
	}, strings.ReplaceAll(s, "\r\n", "\n")))
}
