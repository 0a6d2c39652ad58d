package web

import (
	"html/template"
	"net/http"
	"slices"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/house"
	"commonweal/internal/listen/wave"
	"commonweal/internal/web/page"
	"commonweal/survey/disclose"
	"commonweal/survey/instrument"
)

// results is what was released of a survey. Its pages read the release and nothing else:
// a figure that is not in it is on no page.
type results struct {
	*visit
	w      wave.Wave
	stored wave.Release
	r      disclose.Release
	cert   disclose.Certificate
	groups map[string]string // names of staff groups
	// weighted is nil where the plan did not ask for it.
	weighted *house.Weighted
}

// shownResults wraps the pages of the results of one survey.
func (s *Server) shownResults(do func(r *results) error) func(v *visit) error {
	return func(v *visit) error {
		r, err := v.resultsOf(v.r.PathValue("wave"))
		if err != nil {
			return err
		}
		if r.stored.ID == "" {
			return r.notReleased()
		}
		return do(r)
	}
}

// resultsOf finds the newest release of a survey; its stored release is empty before
// there is one.
func (v *visit) resultsOf(code string) (*results, error) {
	w, err := v.house.Waves.ByCode(v.ctx, v.org.ID, code)
	if fault.Is(err, fault.NotFound) || err == nil && w.Called.IsZero() {
		return nil, fault.Errorf(fault.NotFound, "there is no survey at this address")
	}
	if err != nil {
		return nil, err
	}
	r := &results{visit: v, w: w, groups: map[string]string{}}
	for _, g := range w.Groups {
		r.groups[g.Code] = g.Name
	}
	r.stored, r.r, r.cert, err = v.house.ReleaseOf(v.ctx, v.org.ID, w.ID)
	if fault.Is(err, fault.NotFound) {
		return r, nil
	}
	if err != nil {
		return nil, err
	}
	r.weighted, err = house.ReleaseWeights(r.stored)
	return r, err
}

// notReleased says that there are no results yet.
func (r *results) notReleased() error {
	f := r.frame()
	f.Back = page.Link{Text: r.w.Title, Href: "/surveys/" + r.w.Code}
	f.Kicker, f.Heading = r.w.Title, "No results yet"
	would := "The results would be here. They are released after the survey has closed, and only once nobody can be worked out from them."
	if !r.w.Abandoned.IsZero() {
		would = "The survey was abandoned on " + r.day(r.w.Abandoned) + ". Nothing that was answered is released."
	}
	f.Data = page.Empty("Nothing is released", would, page.Link{Text: "About this survey", Href: "/surveys/" + r.w.Code})
	return r.show(http.StatusNotFound, "fault", f)
}

// at is an address below that of the results.
func (r *results) at(parts ...string) string {
	return strings.Join(append([]string{"/surveys", r.w.Code, "results"}, parts...), "/")
}

// frameOf is the frame of a page below the first of the results.
func (r *results) frameOf(heading, sentence string) page.Frame {
	f := r.frame()
	f.Back = page.Link{Text: "Results", Href: r.at()}
	f.Kicker, f.Heading, f.Sentence = r.w.Title, heading, sentence
	return f
}

// resultPage is a page of results.
type resultPage struct {
	Figures  page.Figures
	Sections []resultSection
	Source   string
}

// resultSection is a section that may hold a chart and a form.
type resultSection struct {
	conductSection
	Points []string // said one by one
	Chart  template.HTML
	Choice *resultChoice
}

// resultChoice is a form that asks which figures to show. It changes nothing.
type resultChoice struct {
	Action string
	Fields []page.Field
	Button string
}

func (r *results) page(f page.Frame, p resultPage) error {
	p.Source = strings.TrimSpace(p.Source + " " + r.scoredAs())
	f.Data = p
	return r.show(http.StatusOK, "result_page", f)
}

// scoredAs says whose scoring it is and what was done to the figures.
func (r *results) scoredAs() string {
	out := "Questions and scoring: " + r.w.Instrument.Source + "."
	if r.w.BroughtIn() {
		out += " Asked by " + r.w.Source + " and brought in: that everybody answered once cannot be shown."
	}
	out += r.weightedAs()
	return out + " Scores have two decimals from 100 answers and one below; below 100 the number of answers is to the nearest " + number(r.r.Rules.Step) + "."
}

// unitName names a unit. Who named no team stands in a unit of its own.
func (r *results) unitName(code string) string {
	if code == r.whole() {
		return "All of us"
	}
	if u, ok := r.w.Unit(code); ok {
		return u.Name
	}
	return "No team named"
}

func (r *results) groupName(code string) string {
	if name, ok := r.groups[code]; ok {
		return name
	}
	return "No staff group named"
}

// whole is the code of the whole organisation in the release.
func (r *results) whole() string { return r.r.Lattice.Units[0].Code }

// units are the units of a level that have a page, in the order of their names.
func (r *results) units(level wave.Level) []wave.Unit { return unitsAt(r.w.Units, level) }

// levelShown is the level that the first page compares: directorates, or teams where
// there are none.
func (r *results) levelShown() wave.Level {
	if len(r.units(wave.Directorate)) > 1 {
		return wave.Directorate
	}
	return wave.Team
}

func levelNoun(l wave.Level) (one, many string) {
	switch l {
	case wave.Directorate:
		return "directorate", "directorates"
	case wave.Team:
		return "team", "teams"
	}
	return "organisation", "organisations"
}

// scores are those that the release has, with their place in the instrument.
func (r *results) scores() []instrument.Score {
	var out []instrument.Score
	for _, s := range r.r.Scores {
		if x, ok := r.w.Instrument.Score(s.ID); ok {
			out = append(out, x)
		}
	}
	return out
}

// headline is the score that the first page is about: staff engagement where it is asked.
func (r *results) headline() (instrument.Score, bool) {
	all := r.scores()
	if i := slices.IndexFunc(all, func(s instrument.Score) bool { return s.ID == "E" }); i >= 0 {
		return all[i], true
	}
	if i := slices.IndexFunc(all, func(s instrument.Score) bool { return s.Kind != instrument.SubScore }); i >= 0 {
		return all[i], true
	}
	if len(all) > 0 {
		return all[0], true
	}
	return instrument.Score{}, false
}

// scoreAsked is the score that the address asks for; the headline where it names none.
func (r *results) scoreAsked() (instrument.Score, error) {
	id := r.queried().Get("score")
	if id == "" {
		if s, ok := r.headline(); ok {
			return s, nil
		}
	}
	for _, s := range r.scores() {
		if s.ID == id {
			return s, nil
		}
	}
	return instrument.Score{}, fault.Errorf(fault.NotFound, "this survey has no such score; choose one from the list")
}

// scoreChoice asks which score to show.
func (r *results) scoreChoice(action string, chosen instrument.Score) *resultChoice {
	field := page.Select{Name: "score", Label: "See another score", Value: chosen.ID}
	parent := ""
	for _, s := range r.scores() {
		label := s.Label.In("en")
		if s.Kind != instrument.SubScore {
			parent = label
		} else if parent != "" {
			label = parent + ": " + inRunningText(label)
		}
		field.Options = append(field.Options, page.Option{Value: s.ID, Label: label})
	}
	if len(field.Options) < 2 {
		return nil
	}
	return &resultChoice{Action: action, Fields: []page.Field{&field}, Button: "Show this score"}
}

// scoreWords writes a score, and its interval, as exactly as its base allows.
func scoreWords(value float64, base int) string {
	return said(page.Decimal(value, disclose.Decimals(base)))
}

func between(m disclose.Mean) string {
	return scoreWords(m.Low, m.Base) + " and " + scoreWords(m.High, m.Base)
}

// baseWords is how many answered; below a hundred it is rounded, and says so.
func baseWords(n int) string {
	if n < 100 {
		return "about " + number(n)
	}
	return number(n)
}

// hiddenCell stands in the narrow columns of tables whose chart, or the panel below, says
// the whole of it.
const hiddenCell = "not shown"

// notShown is the panel for what is withheld: the same words for every reason.
func (r *results) notShown() page.Panel {
	return page.NotShown(page.Link{Text: "See all of us instead", Href: r.at()})
}

// whyHidden says why figures are missing, in the words that hold for all of them.
func (r *results) whyHidden(many string) resultSection {
	return resultSection{conductSection: conductSection{Show: []page.Component{page.Panel{
		Title: "Why some " + many + " are not shown",
		Paragraphs: []string{"These rows say nothing about how many people are behind them, or what they answered. We use the same words whether nobody answered, too few did, or " +
			"enough did but showing them would give others away: if only one row were hidden, you could work it out from the total. All their answers are in the total."},
		Next: page.Link{Text: "How this release was tested for leaks", Href: r.at("tested")},
	}}}}
}
