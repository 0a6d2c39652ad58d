package web

import (
	"slices"

	"commonweal/internal/base/policy"
	"commonweal/internal/listen/action"
	"commonweal/internal/web/page"
)

// actionBoard is from the board to the ward: who owns what, what is overdue, by
// directorate and team, the oldest day first.
func (s *Server) actionBoard(v *visit) error {
	list, err := v.house.Actions.All(v.ctx, v.org.ID)
	if err != nil {
		return err
	}
	heads, err := v.house.Actions.Heads(v.ctx, v.org.ID)
	if err != nil {
		return err
	}
	owners, err := v.owners(list)
	if err != nil {
		return err
	}
	for _, h := range heads {
		more, err := v.people(h.Person)
		if err != nil {
			return err
		}
		owners[h.Person] = more[h.Person]
	}
	f := v.frame()
	f.Back = page.Link{Text: "You said, we did", Href: "/surveys/actions"}
	f.Kicker, f.Heading = "You said, we did", "Who owns what"
	standing := action.Stand(list)
	f.Sentence = standingSentence(standing)
	var p conductPage
	if len(list) == 0 {
		p.Sections = []conductSection{{Show: []page.Component{page.Empty("Nothing yet", "Actions on findings of surveys stand here by directorate and team.", page.Link{Text: "Surveys", Href: "/surveys"})}}}
		return v.sections(f, p)
	}
	p.Sections = []conductSection{boardTally(action.Board(list, heads))}
	for _, d := range action.Board(list, heads) {
		if section := v.ownedIn(d, owners); len(section.Show) > 0 {
			p.Sections = append(p.Sections, section)
		}
	}
	more := conductSection{Heading: "How it goes on", Text: []string{
		"An owner is reminded " + said(page.Words(action.SoonBefore)) + " days before the day, and told on the day after. " +
			inWords(action.EscalateAfter) + " days after it the head of the directorate and the directors are told. It happens by itself, once for each day that was set.",
	}}
	if v.can(policy.ActionEdit) {
		more.Links = page.Links{{Text: "Who answers for a directorate", Href: "/surveys/actions/heads"}, {Text: "Make an action of a finding", Href: "/surveys/actions/new"}}
	}
	p.Sections = append(p.Sections, more)
	f.Files = []page.Files{v.files("/surveys/actions", "all actions", v.today())}
	return v.sections(f, p)
}

// boardTally counts the actions of each directorate.
func boardTally(board []action.Directorate) conductSection {
	t := page.Table{Caption: "Actions by directorate", Shape: page.Scrolled, Columns: []page.Column{
		{Head: "Directorate"}, {Head: "Overdue", Number: true}, {Head: "Under way", Number: true}, {Head: "Done", Number: true}, {Head: "Not done", Number: true},
	}}
	for _, d := range board {
		t.Rows = append(t.Rows, page.Cells(directorateName(d), number(d.Tally.Overdue), number(d.Tally.Running), number(d.Tally.Done), number(d.Tally.NotDone)))
	}
	return conductSection{Heading: "In numbers", Show: []page.Component{t}}
}

func directorateName(d action.Directorate) string {
	if d.Code == "" {
		return "The whole organisation"
	}
	return d.Name
}

// boardOf are the actions of a directorate that have not ended; nothing where there are
// none.
func (v *visit) ownedIn(d action.Directorate, owners people) conductSection {
	s := conductSection{Heading: directorateName(d)}
	if d.Code != "" {
		s.Text = []string{"Nobody is named as its head."}
		if d.Head != "" {
			s.Text = []string{owners.name(d.Head) + " answers for it."}
		}
	}
	t := page.Table{ID: "board-" + d.Code, Caption: "Actions of " + directorateName(d) + " that have not ended", Columns: []page.Column{
		{Head: "Action"}, {Head: "Team"}, {Head: "Owner"}, {Head: "Due"}, {Head: "Stands"},
	}}
	var open []action.Listed
	for _, team := range d.Teams {
		for _, l := range team.Actions {
			if !l.Status.Over() {
				open = append(open, l)
			}
		}
	}
	slices.SortStableFunc(open, func(a, b action.Listed) int { return a.Due.Compare(b.Due) })
	for _, l := range open {
		team := l.Place.UnitName
		if team == "" {
			team = "all of it"
		}
		stands := page.Cell{Show: actionState(l.Status)}
		due := v.day(l.Due)
		if l.Status.Overdue {
			due += ", " + count(l.Status.Late, "day", "days") + " ago"
		}
		t.Rows = append(t.Rows, page.Row{{Text: l.Title, Href: l.Path()}, {Text: team}, {Text: owners.name(l.Owner)}, {Text: due}, stands})
	}
	if len(t.Rows) > 0 {
		s.Show = []page.Component{t}
	}
	return s
}
