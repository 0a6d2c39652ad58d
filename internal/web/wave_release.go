package web

import (
	"errors"
	"net/http"

	"commonweal/internal/base/fault"
	"commonweal/internal/house"
	"commonweal/internal/listen/wave"
	"commonweal/internal/web/page"
	"commonweal/survey/disclose"
)

// Results are released once: what would be shown is made, attacked by us together with
// everything that was released before, and looked at by the engagement lead. Nobody sees
// a figure that the attack could not be kept from.

// waveRelease shows what would be released, or why nothing can be.
func (s *Server) waveRelease(p *planned) error { return p.showRelease(http.StatusOK, "") }

func (p *planned) showRelease(status int, wrong string) error {
	if len(p.w.Releases) > 0 {
		return p.released(settledStatus(status))
	}
	if err := p.house.Waves.Releasable(p.w); err != nil {
		if !refusable(err) {
			return err
		}
		return p.notYet("There is nothing to release yet", p.refusalWords(err))
	}
	r, c, err := p.house.RehearseRelease(p.ctx, p.org.ID, p.w.ID)
	if fault.Is(err, fault.Conflict) {
		return p.attackFound(err)
	}
	if err != nil {
		return err
	}
	f := p.frameOf("Check before you release the results", "Nobody has seen a figure yet. What is released cannot be taken back.")
	if wrong != "" {
		f.Errors = []page.Error{{Message: wrong}}
	}
	shown := releaseView{planned: p, r: r}
	a := conductAct{
		Action: p.at("release"), Button: page.Button{Text: "Release the results", Kind: page.Warning}, Cancel: page.Link{Text: "Release nothing now", Href: p.at()},
		Facts: page.Defs{
			{Term: "Answers", Fact: number(p.w.Answers)},
			{Term: "Groups that are shown", Fact: number(c.Shown.Cells)},
			{Term: "Groups that are not shown", Fact: number(c.Hidden.Cells)},
			{Term: "Earlier releases it was tested with", Fact: number(len(c.Earlier))},
			{Term: "Hidden quantities attacked", Fact: number(c.Effort.Quantities)},
			{Term: "Found by the attack", Fact: "nothing"},
			{Term: "Weighting", Fact: shown.weighting()},
		},
		Sections: []conductSection{shown.units(), shown.groups()},
		Effects: []string{
			"Everybody who is signed in sees the figures, and everybody who was asked is told.",
			"The release and its certificate are kept, with the hash of both in the record. Every later release is tested together with this one.",
			"Teams that are not shown have the same page, whether nobody answered there, too few, or they are hidden for others’ sake.",
		},
	}
	return p.showAct(status, f, a, "")
}

// releaseView lists what a release would show.
type releaseView struct {
	*planned
	r disclose.Release
}

// weighting says what the weights would be.
func (v releaseView) weighting() string {
	w, err := house.Weigh(v.w, v.r)
	switch {
	case err != nil:
		return "cannot be told"
	case w == nil:
		return "none: every answer counts the same"
	case len(w.Scores) == 0:
		return "none, although it was planned: " + whyNotWeighted(w.Why)
	}
	return "by " + count(len(w.Groups), "staff group", "staff groups") + "; an answer counts between " + said(page.Decimal(w.Smallest, 2)) + " and " + said(page.Decimal(w.Largest, 2)) + ", and " +
		number(w.Answers) + " answers tell as much as " + number(w.EffectiveN) + " that count the same"
}

func (v releaseView) units() conductSection {
	t := page.Table{ID: "units", Caption: "Teams and directorates", Columns: []page.Column{{Head: "Team or directorate"}, {Head: "As a whole"}, {Head: "Staff groups in it", Wide: true}}}
	for _, of := range unitLevels {
		for _, u := range unitsAt(v.w.Units, of) {
			inside := 0
			for _, g := range v.r.Lattice.Groups {
				if _, ok := v.r.At(u.Code, g); ok {
					inside++
				}
			}
			t.Rows = append(t.Rows, page.Row{{Text: u.Name}, v.cell(u.Code, disclose.Everybody), {Text: number(inside) + " of " + number(len(v.r.Lattice.Groups)) + " shown"}})
		}
	}
	return conductSection{Heading: "What would be shown and what not", Show: []page.Component{t}}
}

func (v releaseView) groups() conductSection {
	if len(v.r.Lattice.Groups) == 0 {
		return conductSection{}
	}
	t := page.Table{ID: "groups", Caption: "Staff groups of the whole organisation", Columns: []page.Column{{Head: "Staff group"}, {Head: "Shown"}}}
	for _, g := range v.w.Groups {
		t.Rows = append(t.Rows, page.Row{{Text: g.Name}, v.cell(v.r.Lattice.Units[0].Code, g.Code)})
	}
	return conductSection{Heading: "Staff groups", Show: []page.Component{t}}
}

// cell says whether a group is shown, and never how many are in it.
func (v releaseView) cell(unit, group string) page.Cell {
	if _, ok := v.r.At(unit, group); ok {
		return page.Cell{Text: "shown"}
	}
	return page.Cell{Text: "not shown", Kind: page.Quiet}
}

// attackFound says of what the attack could work something out, and what may help. It does
// not say the figure: whoever releases is kept from it as everybody is.
func (p *planned) attackFound(err error) error {
	f := p.frameOf("These results cannot be released", "")
	var refusal *disclose.Refusal
	if !errors.As(err, &refusal) {
		f.Sentence = p.refusalWords(err)
		f.Data = page.Refused("Why", p.refusalWords(err), "Nothing was released, and nothing is kept of the attempt.", page.Link{Text: "Back to the survey", Href: p.at()})
		return p.show(http.StatusConflict, "fault", f)
	}
	f.Sentence = "Our own attack could still work out " + count(len(refusal.Found), "hidden figure", "hidden figures") + ". Nothing was released."
	t := page.Table{Caption: "What the attack could work out", Columns: []page.Column{{Head: "Where"}, {Head: "What", Wide: true}}}
	for i, x := range refusal.Found {
		if i == maxRows {
			break
		}
		t.Rows = append(t.Rows, page.Row{{Text: p.cellName(x.Cell)}, {Text: p.foundWords(x)}})
	}
	return p.sectionsAt(http.StatusConflict, f, conductPage{Sections: []conductSection{
		{Heading: "What it found", Show: []page.Component{t}},
		{Heading: "What can be done", Text: []string{
			"Nothing can be changed in this survey any more: its teams were fixed with the call. Plan the next one with fewer or larger teams, or wait longer between two surveys.",
			"The answers stay sealed from everybody meanwhile, and are erased when their time is over.",
		}},
	}})
}

func (p *planned) cellName(c disclose.Cell) string {
	name := "everybody who named no team"
	if u, ok := p.w.Unit(c.Unit); ok {
		name = u.Name
	}
	if c.Group == disclose.Everybody {
		return name
	}
	for _, g := range p.w.Groups {
		if g.Code == c.Group {
			return name + ", " + g.Name
		}
	}
	return name + ", no staff group named"
}

// foundWords is one thing that the attack could work out.
func (p *planned) foundWords(x disclose.Found) string {
	what := ""
	switch x.What {
	case "people":
		what = "how many answered"
	case "answers":
		what = "how many gave one answer to “" + p.questionName(x.Question) + "”"
	case "score":
		what = "the score"
		if s, ok := p.w.Instrument.Score(x.Score); ok {
			what = "the score on " + inRunningText(s.Label.In("en"))
		}
	case "left", "joined":
		what = "what those answered who " + x.What + " since an earlier survey"
	default:
		what = x.What
	}
	if x.Rest {
		what += ", of what is left when all parts that are shown are taken away"
	}
	return page.Begin(what)
}

func (p *planned) questionName(id string) string {
	if q, ok := p.w.Instrument.Question(id); ok {
		return q.Label.In("en")
	}
	return id
}

// released is the receipt of a release.
func (p *planned) released(status int) error {
	r := p.w.Releases[len(p.w.Releases)-1]
	f := p.frameOf("The results are released", "They were released on "+p.day(r.Day)+". Everybody who is signed in sees them.")
	f.Notice = doneNotice(p.visit, map[string]string{"released": "The results are released. Everybody who was asked is being told."})
	return p.sectionsAt(status, f, conductPage{Sections: []conductSection{
		{
			Show: []page.Component{spelled(page.Defs{{Term: "Released by", Fact: p.nameOrNobody(r.By)}, {Term: "Number of the release", Fact: number(r.Number)}, {Term: "Tested with", Fact: earlierWords(len(r.TestedWith))}, {Term: "SHA-256 of the release", Fact: r.SHA256}})},
			Links: page.Links{
				{Text: "The results", Href: "/surveys/" + p.w.Code + "/results"},
				{Text: "The certificate, and how to check it", Href: "/surveys/" + p.w.Code + "/results/tested"},
				{Text: "The bundle to check (JSON)", Href: "/surveys/" + p.w.Code + "/results/bundle.json"},
			},
		},
		{Heading: "What comes next", Text: []string{"A finding becomes an action with somebody who answers for it, and the next survey measures what became of it."}, Links: page.Links{{Text: "You said, we did", Href: "/surveys/actions"}}},
	}})
}

// waveReleaseDo releases them.
func (s *Server) waveReleaseDo(p *planned) error {
	_, err := p.house.ReleaseWave(p.ctx, p.actor.Person, p.org.ID, p.w.ID)
	if fault.Is(err, fault.Conflict) {
		if p.stage == wave.Released {
			return p.showRelease(http.StatusConflict, "")
		}
		return p.attackFound(err)
	}
	if refusable(err) {
		return p.showRelease(http.StatusConflict, p.refusalWords(err))
	}
	if err != nil {
		return err
	}
	return p.redirect(p.at("release") + "?done=released")
}
