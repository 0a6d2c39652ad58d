package web

import (
	"net/http"
	"strconv"

	"commonweal/internal/base/fault"
	"commonweal/internal/prove/study"
	"commonweal/internal/web/page"
)

type studyShowPage struct {
	Answers  []string
	Warnings []string
	Steps    page.Summary
	Fixed    page.Summary
	Results  *page.Table
	Refused  []string
	Tests    *page.Table
	Sheet    page.Summary
	Files    page.Links
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
	p := studyShowPage{Fixed: fixedOf(one.Spec)}
	entries, err := v.house.Studies.Entries(v.ctx, v.org.ID, one.Code)
	if err != nil {
		return err
	}
	p.Steps = stepsOf(one, entries)
	p.Files = page.Links{{Text: "The specification as it was registered", Href: "/evidence/studies/" + one.Code + "/spec.json", Note: "JSON; SHA-256 " + one.SHA256}}
	if shown(one) {
		out, err := v.house.Studies.Output(v.ctx, one)
		if err != nil {
			return err
		}
		p.say(out)
		p.Files = append(p.Files, page.LinkLine{
			Text: "The bundle", Href: "/evidence/studies/" + one.Code + "/bundle.zip",
			Note: "data, specification, output and the proof from the record; commonweal study verify checks it and runs it again",
		})
	}
	f.Data = p
	return v.show(http.StatusOK, "study_show", f)
}

// shown reports whether everybody may see what a run said: once it was published, also
// when it was withdrawn later.
func shown(s study.Study) bool {
	_, ok := s.Step(study.Published)
	return ok
}

func fixedOf(s study.Spec) page.Summary {
	out := page.Summary{}
	add := func(term, fact string) { out = append(out, page.SummaryRow{Term: term, Fact: fact}) }
	for i, o := range s.Outcomes {
		term := "Outcome"
		if i == 0 {
			term = "Primary outcome"
		}
		add(term, o.Name)
	}
	if s.Treatment != nil {
		add("What was begun", s.Treatment.Name)
	} else {
		add("Set against", s.Exposure)
	}
	add("Window", strconv.Itoa(s.Window.From)+" to "+strconv.Itoa(s.Window.To))
	add("Pool and how it was chosen", s.Pool.Rule)
	add("Primary specification", s.Primary.Name+" ("+string(s.Primary.Method)+")")
	add("Others", count(len(s.Also), "specification", "specifications")+", "+count(len(s.Subgroups), "subgroup", "subgroups"))
	add("Size that would matter", s.Power.Smallest)
	add("When it stops", s.Stopping)
	add("What would change our mind", s.MindChange)
	add("Data", s.Data.Source)
	add("Seen before", s.Data.Seen)
	return out
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
func (p *studyShowPage) say(out *study.Output) {
	p.Answers, p.Warnings = out.Sentences, out.Warnings
	results := page.Table{ID: "results", Caption: "Every specification", Shape: page.Scrolled, Columns: []page.Column{
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
		results.Rows = append(results.Rows, page.Cells(name, r.Outcome, study.Figure(e.Value), study.Figure(e.Low)+" to "+study.Figure(e.High), study.PValue(e.P), strconv.Itoa(r.N)))
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
		p.Sheet = append(p.Sheet, page.SummaryRow{Term: l.Subject + " (" + from[l.From] + ")", Fact: l.Says})
	}
}

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
	if !shown(one) {
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
