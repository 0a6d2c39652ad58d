package web

import (
	"cmp"
	"fmt"
	"html/template"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"time"

	"commonweal/internal/base/fault"
	"commonweal/internal/prove/study"
	"commonweal/internal/web/chart"
	"commonweal/internal/web/page"
)

type studyShowPage struct {
	How       string   // it was asked, in a sentence
	Answers   []string // in plain words
	Course    template.HTML
	Since     *studySince  // by time since the start, as the primary specification has it
	Sinces    []studySince // and as others have it
	SinceLeft int          // more than the page shows
	Figures   []string     // the same with figures, for readers of statistics
	Warnings  []string
	Withdrawn string
	Power     []string
	Next      page.Button
	More      page.Links
	Verify    *page.Verify
	Steps     page.Summary
	Fixed     page.Summary
	Results   *page.Table
	Refused   []string
	Tests     *page.Table
	Sheet     page.Summary
	Files     page.Links
}

// one is the study that the address means.
func (v *visit) study() (study.Study, error) {
	return v.house.Studies.One(v.ctx, v.org.ID, v.r.PathValue("code"))
}

// studyShow says of a study what was fixed and when, and what a published one said.
func (s *Server) studyShow(v *visit) error {
	one, err := v.study()
	if err != nil {
		return err
	}
	f := v.frame()
	f.Back = page.Link{Text: "Studies", Href: "/evidence/studies"}
	f.Kicker = stageWords[one.Stage()]
	f.Heading = one.Spec.Title
	f.Sentence = one.Spec.Question
	p := studyShowPage{Fixed: fixedOf(one.Spec), How: one.Spec.How()}
	entries, err := v.house.Studies.Entries(v.ctx, v.org.ID, one.Code)
	if err != nil {
		return err
	}
	p.Steps = stepsOf(one, entries)
	p.Files = page.Links{{Text: "The specification as it was registered", Href: "/evidence/studies/" + one.Code + "/spec.json", Note: "JSON; SHA-256 " + one.SHA256}}
	if one.Shown() {
		out, err := v.house.Studies.Output(v.ctx, one)
		if err != nil {
			return err
		}
		p.say(one.Spec, out)
		if p.Course, err = courseChart(one.Spec, out); err != nil {
			return err
		}
		if p.Since, p.Sinces, p.SinceLeft, err = v.sinces(one, out); err != nil {
			return err
		}
		if _, published := one.Step(study.Published); published {
			p.Files = append(p.Files, page.LinkLine{
				Text: "The bundle", Href: "/evidence/studies/" + one.Code + "/bundle.zip",
				Note: "data, specification, output and the proof from the record",
			})
			key, err := v.house.Journal.VerifierKey(v.org.ID)
			if err != nil {
				return err
			}
			p.Verify = verifyStudy(one.Code, key)
		}
	}
	if one.Stage() == study.Withdrawn {
		p.Withdrawn = one.Waits()
	}
	p.Next, p.More = v.nextOf(one)
	p.More = append(p.More, page.LinkLine{Text: "Words used here", Href: "/evidence/glossary", Note: "likely range, p, by chance, locked, adjusted"})
	f.Notice = doneNotice(v, map[string]string{
		"registered": "It is on record. Nobody can change it.", "locked": "It is locked to its figures.", "run": "It has been run. Publish it shows you what it said, before anybody else sees it.",
		"publish": "It is published.", "withdrawn": "It is withdrawn, and the reason stands beside it.",
	})
	f.Data = p
	return v.show(http.StatusOK, "study_show", f)
}

func fixedOf(s study.Spec) page.Summary {
	out := page.Summary{}
	add := func(term, fact string) { out = append(out, page.SummaryRow{Term: term, Fact: fact}) }
	for i, o := range s.Outcomes {
		term := "Outcome"
		if i == 0 {
			term = "Primary outcome"
		}
		add(term, o.Name+map[study.Better]string{study.Up: "; higher is better", study.Down: "; lower is better"}[o.Better])
	}
	if s.Treatment != nil {
		add("What was begun", s.Treatment.Name)
	} else {
		add("Set against", s.Exposure)
	}
	add("Window", studyTimeWords(s.Window.From)+" to "+studyTimeWords(s.Window.To))
	if s.Treatment != nil && len(s.Treatment.Units) > 0 {
		add("Where, and from when", strings.Join(s.Treatment.Units, ", ")+"; from "+studyTimeWords(s.Treatment.From))
	}
	add("Pool and how it was chosen", s.Pool.Rule)
	if s.Pool.ChosenOnOutcome {
		add("Chosen by the measure itself", "Yes")
	}
	if len(s.Pool.Units) > 0 {
		add("Sites in the pool", strings.Join(s.Pool.Units, ", "))
	}
	add("Main way of asking", specificationWords(s.Primary))
	for _, other := range s.Also {
		add("Another way of asking", specificationWords(other))
	}
	for _, g := range s.Subgroups {
		add("Subgroup", cmp.Or(g.Name, g.Column+" "+g.Value))
	}
	if len(s.Outcomes) > 1 {
		add("Allowing for several outcomes", map[study.Correction]string{study.Holm: "Holm", study.BH: "Benjamini and Hochberg"}[s.Correction]+", at "+s.Alpha)
	}
	add("Size that would matter", strings.TrimSpace(s.Power.Smallest+" "+s.Outcomes[0].Unit))
	if s.Power.Margin != "" {
		add("Too small to matter", "up to "+strings.TrimSpace(s.Power.Margin+" "+s.Outcomes[0].Unit))
	}
	if h := s.Power.History; h != nil {
		add("History in which nothing was tried", fmt.Sprintf("%s to %s, cut at %s", studyTimeWords(h.From), studyTimeWords(h.To), studyTimeWords(h.Cut)))
	}
	add("When it stops", s.Stopping)
	add("What would change our mind", s.MindChange)
	add("Data", s.Data.Source)
	if !s.Data.Library {
		add("Headings in the file", headingsOf(s))
	}
	if !s.Data.Published.IsZero() {
		add("Public since", s.Data.Published.Words())
	}
	add("Seen before", s.Data.Seen)
	for _, one := range []page.SummaryRow{
		{Term: "Changes before the start", Fact: s.Stated.Anticipation},
		{Term: "Carried to others", Fact: s.Stated.Spillover},
		{Term: "Mergers", Fact: s.Stated.Mergers},
		{Term: "Missing figures", Fact: s.Stated.Missing},
		{Term: "What else happened", Fact: s.Stated.OtherPolicies},
		{Term: "How figures are made", Fact: s.Stated.Measurement},
	} {
		add(one.Term, one.Fact)
	}
	add("Number that lots begin from", strconv.FormatInt(s.Seed, 10))
	return out
}

// headingsOf are the columns that the study will be locked to.
func headingsOf(s study.Spec) string {
	list := []string{s.Unit + " (sites)", s.Time + " (times)"}
	for _, o := range s.Outcomes {
		list = append(list, o.Column)
	}
	if s.Exposure != "" {
		list = append(list, s.Exposure)
	}
	if s.Treatment != nil {
		for _, one := range []string{s.Treatment.Starts, s.Treatment.Switch} {
			if one != "" {
				list = append(list, one+" (starts)")
			}
		}
	}
	return strings.Join(list, ", ")
}

// specificationWords names one way of asking.
func specificationWords(p study.Specification) string {
	said := p.Name
	if words := methodWords[p.Method]; strings.HasPrefix(strings.ToLower(words), strings.ToLower(said)) {
		said = words // the name says it already
	} else {
		said += " (" + words + ")"
	}
	if p.Why != "" {
		said += ": " + p.Why
	}
	return said
}

// verifyStudy are the commands that check a bundle.
func verifyStudy(code, key string) *page.Verify {
	return &page.Verify{
		Title: "Check it yourself", Intro: "On any machine, without us and without a network.",
		Steps: []page.Command{
			{Title: "Run it again: the same bytes come out", Text: "commonweal study run study-" + code + ".zip"},
			{Title: "Check the fingerprints, that the registration came first, and that the record is ours", Text: "commonweal study verify study-" + code + ".zip --key '" + key + "'"},
		},
		After:   "The key is that of our record. Compare it with the one that somebody else holds.",
		Limits:  "whether the figures are right, nor what somebody saw of them elsewhere before.",
		Further: page.Link{Text: "The record and its key", Href: "/record"},
	}
}

func stepsOf(s study.Study, entries map[string]int64) page.Summary {
	entry := func(kind string) string {
		seq, ok := entries[kind]
		if !ok {
			return ""
		}
		return ", entry " + strconv.FormatInt(seq, 10) + " of the record"
	}
	out := page.Summary{{Term: "Registered", Fact: s.Registered.Words() + entry(study.KindRegistered)}}
	for _, step := range s.Steps {
		fact := step.Day.Words() + entry("study."+string(step.Kind))
		if step.Kind == study.Locked {
			fact += ". SHA-256 of the data " + step.DataSHA256
			if step.Loaded != "" {
				fact += ". Figures of it were loaded here on " + step.Loaded + ", before the study was registered"
			}
		}
		if step.Reason != "" {
			fact += ". " + step.Reason
		}
		term := map[study.Stage]string{
			study.Locked: "Locked to its data", study.Ran: "Run", study.Published: "Published", study.Withdrawn: "Withdrawn",
		}[step.Kind]
		out = append(out, page.SummaryRow{Term: term, Fact: fact})
	}
	return out
}

// say fills in what a run said.
func (p *studyShowPage) say(s study.Spec, out *study.Output) {
	p.Answers, p.Figures, p.Warnings = plainAnswers(s, out), nil, out.Warnings
	for _, says := range out.Sentences {
		p.Figures = append(p.Figures, trueMinus(says))
	}
	for _, one := range out.Power {
		p.Power = append(p.Power, page.Begin(one.Outcome)+": "+one.Says)
	}
	results := page.Table{ID: "results", Caption: "Every specification", Columns: []page.Column{
		{Head: "Specification"}, {Head: "Outcome"}, {Head: "Estimate", Number: true}, {Head: "95% interval"}, {Head: "p", Number: true}, {Head: "Rows", Number: true},
	}}
	for _, r := range out.Results {
		name := r.Specification
		if r.Primary {
			name += " (primary)"
		}
		if r.Subgroup != "" {
			name += ", " + r.Subgroup
		}
		e, ok := r.Answer()
		if !ok {
			p.Refused = append(p.Refused, name+", "+r.Outcome+": "+r.Refused)
			continue
		}
		if r.Unit == "" { // of a run that was made before outputs had it
			r.Unit = unitOf(s, r.Outcome)
		}
		w, unit := r.Write(e), r.Unit
		if r.Ratio {
			unit = "times"
		}
		between := "not known"
		if e.Low.Known() {
			between = strings.TrimSpace(w.Low + " to " + w.High + " " + unit)
		}
		results.Rows = append(results.Rows, page.Cells(name, r.Outcome, trueMinus(strings.TrimSpace(w.Value+" "+unit)), trueMinus(between), w.P, strconv.Itoa(r.N)))
	}
	p.Results = &results
	tests := page.Table{Caption: "Outcomes by the primary specification", Columns: []page.Column{
		{Head: "Outcome"}, {Head: "p", Number: true}, {Head: "p by Holm", Number: true}, {Head: "p by Benjamini and Hochberg", Number: true}, {Head: "Said"},
	}}
	for _, t := range out.Tests {
		said := "Not shown"
		if t.Shown {
			said = "Shown"
		}
		tests.Rows = append(tests.Rows, page.Cells(t.Outcome, study.PValue(t.P), study.PValue(t.Holm), study.PValue(t.BH), said))
	}
	p.Tests = &tests
	from := map[study.Origin]string{study.FromSpec: "registered", study.FromData: "from the data", study.FromStated: "said beforehand"}
	for _, l := range out.Sheet {
		says := l.Says
		if l.Subject == "Window" {
			says = monthsInWords(says)
		}
		p.Sheet = append(p.Sheet, page.SummaryRow{Term: l.Subject + " (" + from[l.From] + ")", Fact: trueMinus(says)})
	}
}

func unitOf(s study.Spec, outcome string) string {
	for _, o := range s.Outcomes {
		if o.Name == outcome {
			return o.Unit
		}
	}
	return ""
}

// courseChart shows how the outcome went at the sites that began and at the others: whether
// they moved alike before the start is there to see.
func courseChart(s study.Spec, out *study.Output) (template.HTML, error) {
	if len(out.Course) < 2 || s.Treatment == nil {
		return "", nil
	}
	o := s.Outcomes[0]
	m := chart.Months{
		Frame: chart.Frame{
			ID: "course", Title: page.Begin(o.Name) + " before and after the start", Sub: inUnit(o.Unit) + "the mean of each side; " + s.Treatment.Name + " began in " + studyTimeWords(out.Began),
			Note: "Only sites that have a figure at every time. Whether the two lines went alike before the start says whether they may be compared.", Source: s.Data.Source + ".",
		},
		Decimals: min(3, max(1, out.Results[0].Places)),
		Lines:    []chart.Line{{Label: page.Begin(s.Treatment.Name), Kind: chart.LineOurs}, {Label: "The others", Kind: chart.LineGroup}},
	}
	for _, at := range out.Course {
		m.Months = append(m.Months, studyTimeShort(at.Time))
		for i, v := range []study.Number{at.Treated, at.Rest} {
			m.Lines[i].Points = append(m.Lines[i].Points, chart.Point{Value: float64(v), Known: v.Known()})
		}
	}
	return m.HTML()
}

// inUnit begins the line under a chart's title: the unit has no room beside the figures.
func inUnit(unit string) string {
	if unit == "" {
		return "In figures as they are kept: "
	}
	return "In " + unit + ": "
}

// studyTimeShort is a time as a chart has it: Apr 24.
func studyTimeShort(t int) string {
	words := studyTimeWords(t)
	if month, year, ok := strings.Cut(words, " "); ok {
		return month[:3] + " " + year[2:]
	}
	return words
}

// studyTimeWords writes a time as people say it: studies count months as 202404.
func studyTimeWords(t int) string {
	if t < 100_000 || t > 999_999 || t%100 < 1 || t%100 > 12 {
		return strconv.Itoa(t)
	}
	return time.Month(t%100).String() + " " + strconv.Itoa(t/100)
}

// trueMinus writes the sign of a figure as pages show it. In outputs, which are compared by
// their bytes, it is a hyphen.
func trueMinus(text string) string {
	return negative.ReplaceAllString(text, "$1\u2212$2")
}

var negative = regexp.MustCompile(`(^|[ (])-([0-9])`)

// studySpec gives out the specification as it was registered.
func (s *Server) studySpec(v *visit) error {
	one, err := v.study()
	if err != nil {
		return err
	}
	raw, err := one.Spec.Canonical()
	if err != nil {
		return err
	}
	return v.sendKept(jsonText, raw)
}

// studyBundle gives out a published study with all that is needed to run it again.
func (s *Server) studyBundle(v *visit) error {
	one, err := v.study()
	if err != nil {
		return err
	}
	if _, published := one.Step(study.Published); !published {
		return fault.Errorf(fault.NotFound, "study %s is not published", one.Code)
	}
	b, err := v.house.Studies.Bundle(v.ctx, v.org.ID, one)
	if err != nil {
		return err
	}
	raw, err := b.Bytes()
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Disposition", `attachment; filename="study-`+one.Code+`.zip"`)
	return v.sendKept("application/zip", raw)
}
