package web

import (
	"slices"
	"strings"

	"commonweal/internal/base/policy"
	"commonweal/internal/listen/action"
	"commonweal/internal/web/page"
)

// actionList is "you said, we did": findings and what came of each, by directorate, for
// everybody.
func (s *Server) actionList(v *visit) error {
	list, err := v.house.Actions.All(v.ctx, v.org.ID)
	if err != nil {
		return err
	}
	owners, err := v.owners(list)
	if err != nil {
		return err
	}
	f := v.frame()
	f.Back = page.Link{Text: "Surveys", Href: "/surveys"}
	f.Kicker, f.Heading = "Surveys", "You said, we did"
	f.Sentence = standingSentence(action.Stand(list))
	var p conductPage
	if len(list) == 0 {
		next := page.Link{}
		if v.can(policy.ActionEdit) {
			next = page.Link{Text: "Make an action of a finding", Href: "/surveys/actions/new"}
		}
		p.Sections = []conductSection{{Show: []page.Component{page.Empty("Nothing yet", "When a survey has found something, what is done about it stands here: by whom, by when, and what became of it. The engagement lead and the directors begin.", next)}}}
		return v.sections(f, p)
	}
	only := v.queried().Get("directorate")
	for _, d := range action.Board(list, nil) {
		section, ok := v.directorateNews(d, only, owners)
		if ok {
			p.Sections = append(p.Sections, section)
		}
	}
	p.Sections = append(p.Sections, conductSection{Heading: "More", Links: v.actionLinks()})
	f.Files = []page.Files{v.files("/surveys/actions", "all actions", v.today())}
	return v.sections(f, p)
}

// newsOfDirectorate is how many actions of each directorate stand on the page of all.
const newsOfDirectorate = 4

// directorateNews are the actions of a directorate, the newest first; ok is false where
// the page is about another one.
func (v *visit) directorateNews(d action.Directorate, only string, owners people) (conductSection, bool) {
	code := d.Code
	if code == "" {
		code = "all"
	}
	if only != "" && only != code {
		return conductSection{}, false
	}
	var list []action.Listed
	for _, t := range d.Teams {
		list = append(list, t.Actions...)
	}
	slices.SortStableFunc(list, func(a, b action.Listed) int { return b.Status.Last.Day.Compare(a.Status.Last.Day) })
	name := d.Name
	if d.Code == "" {
		name = "The whole organisation"
	}
	s := conductSection{Heading: name}
	shown := list
	if only == "" && len(list) > newsOfDirectorate {
		shown = list[:newsOfDirectorate]
		s.Links = page.Links{{Text: "All " + said(page.Words(len(list))) + " of " + name, Href: "/surveys/actions?directorate=" + code}}
	}
	if only != "" {
		shown, s.Pages = leafing(v, list, listSize)
	}
	news := page.News{}
	for _, l := range shown {
		news = append(news, v.actionNews(l, owners))
	}
	s.Show = []page.Component{news}
	return s, true
}

// actionNews is one action as members read it.
func (v *visit) actionNews(l action.Listed, owners people) page.NewsItem {
	did := page.NewsPart{Lead: "We will:", Text: l.Title + ", by " + v.day(l.Due) + ". " + owners.name(l.Owner) + " does it."}
	switch {
	case l.Status.State == action.Ended:
		did = page.NewsPart{Lead: "We did:", Text: l.Title + ". " + firstSentence(l.Status.Last.Note)}
	case l.Status.State == action.Given:
		did = page.NewsPart{Lead: "We did not:", Text: l.Title + ". " + firstSentence(l.Status.Last.Note)}
	case l.Status.Overdue:
		did = page.NewsPart{Lead: "We are late:", Text: l.Title + ". It was due on " + v.day(l.Due) + ". " + owners.name(l.Owner) + " does it."}
	}
	return page.NewsItem{
		Parts: []page.NewsPart{{Lead: "You said:", Text: saidIn(l.Action) + ", " + lowerFirst(l.Label) + ": " + l.Says + " (" + l.WaveName + ")."}, did},
		When:  v.day(l.Status.Last.Day), More: page.Link{Text: "The whole story", Href: l.Path(), Hidden: " of " + l.Title},
	}
}

// firstSentence is what a longer text begins with.
func firstSentence(text string) string {
	text, _, _ = strings.Cut(text, "\n")
	if i := strings.Index(text, ". "); i >= 0 {
		return text[:i+1]
	}
	return text
}

func (v *visit) actionLinks() page.Links {
	out := page.Links{{Text: "Who owns what", Href: "/surveys/actions/board", Note: "from the board to each team, and what is overdue"}}
	out = append(out, page.LinkLine{Text: "Those you own", Href: "/surveys/actions/mine"})
	if v.can(policy.ActionEdit) {
		out = append(out, page.LinkLine{Text: "Make an action of a finding", Href: "/surveys/actions/new"},
			page.LinkLine{Text: "Who answers for a directorate", Href: "/surveys/actions/heads"})
	}
	return out
}

// actionMine is what the visitor owns, what is nearest first.
func (s *Server) actionMine(v *visit) error {
	all, err := v.house.Actions.All(v.ctx, v.org.ID)
	if err != nil {
		return err
	}
	mine := slices.DeleteFunc(all, func(l action.Listed) bool { return l.Owner != v.actor.Person })
	f := v.frame()
	f.Back = page.Link{Text: "You said, we did", Href: "/surveys/actions"}
	f.Kicker, f.Heading = "You said, we did", "Actions that you own"
	f.Sentence = standingSentence(action.Stand(mine))
	var p conductPage
	if len(mine) == 0 {
		p.Sections = []conductSection{{Show: []page.Component{page.Empty("You own none", "When you are named as the one who does something about a finding, it stands here. You are told when that happens.", page.Link{Text: "All actions", Href: "/surveys/actions"})}}}
		return v.sections(f, p)
	}
	t := page.Table{Caption: "Actions that you own", Columns: []page.Column{{Head: "Action"}, {Head: "Where"}, {Head: "Due"}, {Head: "Stands", Wide: true}}}
	rows, pages := leafing(v, mine, listSize)
	for _, l := range rows {
		t.Rows = append(t.Rows, page.Row{{Text: l.Title, Href: l.Path()}, {Text: placeOf(l.Place)}, {Text: v.day(l.Due)}, {Show: actionState(l.Status)}})
	}
	p.Sections = []conductSection{{Show: []page.Component{t}, Pages: pages}}
	return v.sections(f, p)
}
