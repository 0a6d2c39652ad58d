package web

import (
	"strconv"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/policy"
	"commonweal/internal/listen/action"
	"commonweal/internal/web/page"
)

// actionAsked is the action that the address names.
func (v *visit) actionAsked() (action.Listed, error) {
	n, err := strconv.Atoi(v.r.PathValue("number"))
	if err != nil {
		return action.Listed{}, fault.Errorf(fault.NotFound, "there is no action at this address")
	}
	return v.house.Actions.Numbered(v.ctx, v.org.ID, n)
}

// editsActions reports whether the visitor may do everything about actions.
func (v *visit) editsActions() bool { return v.may(policy.ActionEdit, v.inside()) == nil }

// actionShow is one action: what was found, what is done, by whom, and all that happened.
func (s *Server) actionShow(v *visit) error {
	l, err := v.actionAsked()
	if err != nil {
		return err
	}
	names, err := v.owners([]action.Listed{l})
	if err != nil {
		return err
	}
	f := v.frame()
	f.Back = page.Link{Text: "You said, we did", Href: "/surveys/actions"}
	f.Kicker, f.Heading, f.Sentence = placeOf(l.Place), l.Title, l.Status.Sentence
	f.Notice = doneNotice(v, map[string]string{
		"agreed": "The action is agreed, and its owner is told.", "said": "What you say is kept. You can change it at any time.",
		"step": "It is kept, and members can read it.",
	})
	var p conductPage
	p.Sections = []conductSection{{Show: []page.Component{page.Summary{
		{Term: "You said", Fact: saidIn(l.Action) + ", " + lowerFirst(l.Label) + ": " + l.Says + ".", Change: resultsLink(l.Finding)},
		{Term: "What is done", Fact: l.Doing},
		{Term: "Who does it", Fact: names.name(l.Owner)},
		{Term: "Where", Fact: placeOf(l.Place)},
		{Term: "By", Fact: v.dueWords(l)},
	}}}}
	acts, err := v.actionActs(l)
	if err != nil {
		return err
	}
	p.Sections = append(p.Sections, acts...)
	p.Sections = append(p.Sections, conductSection{Heading: "What happened", Show: []page.Component{v.actionSteps(l, names)}})
	measured, err := v.measured(l)
	if err != nil {
		return err
	}
	p.Sections = append(p.Sections, measured)
	said, err := v.actionSaid(l)
	if err != nil {
		return err
	}
	p.Sections = append(p.Sections, said)
	return v.sections(f, p)
}

// resultsLink leads to the results that a finding is from.
func resultsLink(f action.Finding) page.Link {
	return page.Link{Text: f.WaveName, Href: "/surveys/" + f.Wave + "/results"}
}

func (v *visit) dueWords(l action.Listed) string {
	out := v.day(l.Due)
	if l.Status.Moves > 0 {
		out += " (first agreed for " + v.day(l.FirstDue) + ", moved " + timesInWords(l.Status.Moves) + ")"
	}
	return out
}

// actionActs are what the visitor may do about the action: the owner, and those who edit
// all.
func (v *visit) actionActs(l action.Listed) ([]conductSection, error) {
	edits := v.editsActions()
	if l.Owner != v.actor.Person && !edits {
		return nil, nil
	}
	at := func(step action.StepKind) string { return l.Path() + "/step/" + stepWord[step] }
	s := conductSection{Heading: "What you can do"}
	if l.Status.Over() {
		if edits {
			s.Links = page.Links{{Text: "Reopen it", Href: at(action.Reopened), Note: "where it was ended too soon"}}
			return []conductSection{s}, nil
		}
		return nil, nil
	}
	s.Button = page.Button{Text: "Say what was done", Href: at(action.Reported)}
	if l.Status.State == action.Waiting {
		s.Links = append(s.Links, page.LinkLine{Text: "It has begun", Href: at(action.Begun)})
	}
	s.Links = append(s.Links,
		page.LinkLine{Text: "It is done", Href: at(action.Done)},
		page.LinkLine{Text: "Move its day", Href: at(action.Moved)},
		page.LinkLine{Text: "It will not be done", Href: at(action.NotDone)})
	if edits {
		s.Links = append(s.Links, page.LinkLine{Text: "Hand it to another owner", Href: at(action.Handed)})
	}
	out := []conductSection{s}
	texts, err := v.house.Actions.Texts(v.ctx, v.org.ID, l.ID)
	if err != nil || len(texts) == 0 {
		return out, err
	}
	words := conductSection{Heading: "What members wrote", Text: []string{"You see this because you own the action or follow it up. It names nobody, and the order tells nothing: leave it so."}}
	t := page.Table{Caption: "What members wrote of this action", Columns: []page.Column{{Head: "In their words", Wide: true}}}
	for _, text := range texts {
		t.Rows = append(t.Rows, page.Cells(text))
	}
	words.Show = []page.Component{t}
	return append(out, words), nil
}

// actionSteps is all that happened to an action, the newest last.
func (v *visit) actionSteps(l action.Listed, names people) page.Table {
	t := page.Table{Caption: "What happened", Columns: []page.Column{{Head: "Day"}, {Head: "What"}, {Head: "In their words", Wide: true}}}
	for _, s := range l.Steps {
		note := page.Cell{Text: s.Note}
		if s.Note == "" {
			note = page.Cell{Text: "nothing was written", Kind: page.Quiet}
		}
		t.Rows = append(t.Rows, page.Row{{Text: v.day(s.Day)}, {Text: v.stepSentence(s, names)}, note})
	}
	return t
}

func (v *visit) stepSentence(s action.Step, names people) string {
	by := names.name(s.By)
	switch s.Kind {
	case action.Agreed:
		return by + " agreed it. " + names.name(s.Owner) + " does it, by " + v.day(s.Due) + "."
	case action.Begun:
		return by + " said that it has begun."
	case action.Reported:
		return by + " said what was done."
	case action.Moved:
		return by + " moved its day to " + v.day(s.Due) + "."
	case action.Handed:
		return by + " handed it to " + names.name(s.Owner) + "."
	case action.Done:
		return by + " said that it is done."
	case action.NotDone:
		return by + " said that it will not be done."
	case action.Reopened:
		return by + " reopened it, for " + v.day(s.Due) + "."
	case action.Reminded:
		return "Its owner was reminded."
	case action.Late:
		return "Its owner was told that it is overdue."
	case action.Escalated:
		return "Those who answer for it were told that it is " + said(page.Words(action.EscalateAfter)) + " days late."
	}
	return ""
}

// measured is what the next survey says.
func (v *visit) measured(l action.Listed) (conductSection, error) {
	s := conductSection{Heading: "What the next survey says"}
	if l.About == action.Comments {
		s.Text = []string{"The finding is from what people wrote, so there is no figure to look at again."}
		return s, nil
	}
	c, err := v.house.Actions.Measured(v.ctx, v.org.ID, l.ID)
	if err != nil {
		return s, err
	}
	s.Text = []string{c.Sentence}
	if !c.Shown {
		return s, nil
	}
	t := page.Table{Caption: l.Label + ", before and after", Columns: []page.Column{{Head: "Survey"}, {Head: l.Label, Number: true}, {Head: "Likely between"}}}
	for _, f := range []action.Figure{c.Before, c.After} {
		t.Rows = append(t.Rows, page.Cells(f.WaveName, f.Text(), f.Range()))
	}
	s.Show = []page.Component{t}
	return s, nil
}

// actionSaid is what members say in sum, and the way to say it.
func (v *visit) actionSaid(l action.Listed) (conductSection, error) {
	s := conductSection{Heading: "What members say of it", Text: []string{wordsSentence(l.Words)}}
	_, ok, err := v.house.Actions.Said(v.ctx, v.org.ID, v.actor.Person, l.ID)
	link := page.LinkLine{Text: "Say whether it helped", Href: l.Path() + "/say"}
	if ok {
		link = page.LinkLine{Text: "Change what you say", Href: l.Path() + "/say"}
	}
	s.Links = page.Links{link}
	return s, err
}
