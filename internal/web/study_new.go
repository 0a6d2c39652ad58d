package web

import (
	"bytes"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/prove/indicator"
	cells "commonweal/internal/prove/sheet"
	"commonweal/internal/prove/study"
	"commonweal/internal/web/page"
)

const studyNewPath = "/evidence/studies/new"

func (v *visit) studyFrame(heading, sentence string) page.Frame {
	f := v.frame()
	f.Back = page.Link{Text: "Studies", Href: "/evidence/studies"}
	f.Kicker, f.Heading, f.Sentence = "A study", heading, sentence
	return f
}

// studyBeginPage asks which form is to be filled in.
type studyBeginPage struct {
	Action string
	Fields []page.Field
}

// studyNew asks what kind of study it is, and then for all that it fixes.
func (s *Server) studyNew(v *visit) error {
	q := v.queried()
	if q.Get("data") == fromWritten {
		return v.redirect(studyNewPath + "/written")
	}
	_, known := methodChoices[q.Get("design")]
	if known && (q.Get("data") == fromFile || q.Get("data") == fromMeasures && q.Get("design") != designStaggered) {
		form, err := v.studyForm(q)
		if err != nil {
			return err
		}
		return v.showStudyForm(http.StatusOK, form, nil)
	}
	data := page.Radios{Name: "data", Legend: "Where will the figures come from?", Value: q.Get("data"), Options: []page.Option{
		{Value: fromMeasures, Label: "From our measures", Hint: "Figures that are loaded here, by part of our own or by organisation."},
		{Value: fromFile, Label: "From a file", Hint: "It is given after the study is on record, and not before."},
		{Value: fromWritten, Label: "The whole study is written as a file already", Hint: "A specification in JSON."},
	}}
	design := page.Radios{Name: "design", Legend: "What is it about?", Value: q.Get("design"), Options: []page.Option{
		{Value: designStart, Label: "Something begins at some sites, at one time"},
		{Value: designStaggered, Label: "Something begins at some sites, at different times"},
		{Value: designAmount, Label: "Sites differ in something, such as engagement"},
	}}
	if len(q) > 0 {
		if q.Get("data") == "" {
			data.Error = "Choose where the figures come from."
		}
		if !known {
			design.Error = "Choose what it is about."
		}
		if q.Get("data") == fromMeasures && q.Get("design") == designStaggered {
			data.Error = "Our measures do not say when each site began. Give a file with a column of starts."
		}
	}
	f := v.studyFrame("Register a study", "You write down what you will ask before you look at the figures. It goes on record today, and cannot be changed.")
	f.Errors = page.Problems(data, design)
	f.Data = studyBeginPage{Action: studyNewPath, Fields: []page.Field{data, design}}
	status := http.StatusOK
	if len(f.Errors) > 0 {
		status = http.StatusUnprocessableEntity
	}
	return v.show(status, "study_begin", f)
}

// studyForm is the form with the measures that can be tested.
func (v *visit) studyForm(typed url.Values) (*studyForm, error) {
	all, err := v.house.Indicators.List(v.ctx, v.org.ID)
	if err != nil {
		return nil, err
	}
	// A moving window cannot be tested, and of what other rooms work out each time there is
	// one unit, ourselves.
	all = slices.DeleteFunc(all, func(d indicator.Definition) bool {
		return d.Rolling() || !d.Own() && !strings.HasPrefix(d.Code, "nhs-") && !strings.HasPrefix(d.Code, "nss-")
	})
	return studyFields(all, typed, v.today()), nil
}

func (v *visit) showStudyForm(status int, form *studyForm, other []string) error {
	f := v.studyFrame("Register a study", "Nothing goes on record before you have read it once more on the next page.")
	f.Back = page.Link{Text: "Another kind of study", Href: studyNewPath}
	a := conductAct{
		Action: studyNewPath, Groups: form.groups, Hidden: []hiddenField{{"data", form.data}, {"design", form.design}},
		Button: page.Button{Text: "Read it once more"}, Cancel: page.Link{Text: "Cancel", Href: "/evidence/studies"},
	}
	return v.showAct(status, f, a, strings.Join(other, " "))
}

// studyReviewPage shows a study before it goes on record.
type studyReviewPage struct {
	Facts   page.Summary
	SHA256  string
	Warn    []string
	Hidden  []hiddenField
	Written bool // it came as a file
}

// studyNewDo reads the form; once it was read again the study goes on record.
func (s *Server) studyNewDo(v *visit) error {
	values, err := v.form()
	if err != nil {
		return err
	}
	if values.Get("data") == fromWritten {
		return v.studyFromFile("", []byte(values.Get("spec")), values.Get("step") == "record")
	}
	form, err := v.studyForm(values)
	if err != nil {
		return err
	}
	if _, ok := methodChoices[form.design]; !ok {
		return v.redirect(studyNewPath)
	}
	if values.Get("step") == "change" {
		return v.showStudyForm(http.StatusOK, form, nil)
	}
	spec := form.read()
	other := form.refused(spec.Check())
	wrong := len(other) > 0
	for _, at := range form.errors {
		wrong = wrong || *at != ""
	}
	if wrong || form.day.Error != "" {
		return v.showStudyForm(http.StatusUnprocessableEntity, form, other)
	}
	if values.Get("step") == "record" {
		err := v.registerStudy(spec)
		if refusable(err) {
			form.wrong("code", v.refusalWords(err))
			return v.showStudyForm(http.StatusUnprocessableEntity, form, nil)
		}
		return err
	}
	var hidden []hiddenField
	for name, list := range values {
		for _, one := range list {
			if name != "step" {
				hidden = append(hidden, hiddenField{name, one})
			}
		}
	}
	slices.SortStableFunc(hidden, func(a, b hiddenField) int { return strings.Compare(a.Name, b.Name) })
	return v.showStudyReview(spec, hidden, false)
}

func (v *visit) registerStudy(spec study.Spec) error {
	done, err := v.house.Studies.Register(v.ctx, v.actor.Person, v.org.ID, spec)
	if err != nil {
		return err
	}
	return v.redirect("/evidence/studies/" + done.Code + "?done=registered")
}

func (v *visit) showStudyReview(spec study.Spec, hidden []hiddenField, written bool) error {
	hash, err := spec.Hash()
	if err != nil {
		return err
	}
	f := v.studyFrame(spec.Title, spec.Question)
	f.Kicker = "Read it once more"
	facts := append(page.Summary{{Term: "Code, as it stands in the address", Fact: spec.Code}}, fixedOf(spec)...)
	p := studyReviewPage{Facts: facts, SHA256: hash, Hidden: hidden, Written: written}
	if spec.Pool.ChosenOnOutcome {
		p.Warn = append(p.Warn, "The sites were chosen by the measure itself. The result will say that it cannot tell a change from sites that come back to the middle by themselves.")
	}
	if !spec.Data.Published.IsZero() {
		p.Warn = append(p.Warn, "The figures are public already. The result will say so.")
	}
	strange, err := v.strangeSites(spec)
	if err != nil {
		return err
	}
	if strange != "" {
		p.Warn = append(p.Warn, strange)
	}
	f.Data = p
	return v.show(http.StatusOK, "study_review", f)
}

// strangeSites says which sites of a study the measures have no figures of, while a name can
// still be corrected. Of the figures it looks at nothing but whose they are.
func (v *visit) strangeSites(spec study.Spec) (string, error) {
	if !spec.Data.Library || spec.Treatment == nil {
		return "", nil
	}
	raw, err := v.house.StudyTable(v.ctx, v.org.ID, []string{spec.Outcomes[0].Column}, "site", "time")
	if refusable(err) {
		return "", nil // nothing is loaded yet
	}
	if err != nil {
		return "", err
	}
	table, err := cells.Read(bytes.NewReader(raw))
	if err != nil {
		return "", nil // nor is there a row
	}
	known, err := table.Text("site")
	if err != nil {
		return "", err
	}
	slices.Sort(known)
	known = slices.Compact(known)
	strange := slices.DeleteFunc(slices.Concat(spec.Treatment.Units, spec.Pool.Units), func(name string) bool { return slices.Contains(known, name) })
	if len(strange) == 0 || len(known) == 0 {
		return "", nil
	}
	slices.Sort(strange)
	some := strings.Join(known[:min(len(known), 12)], ", ")
	if more := len(known) - 12; more > 0 {
		some += " and " + number(more) + " more"
	}
	return "There are no figures of " + strings.Join(slices.Compact(strange), ", ") + ". The sites that have some are " + some + ". With a name that has none, the study cannot be locked to its figures.", nil
}

// studyWritten asks for a specification as a file.
func (s *Server) studyWritten(v *visit) error { return v.showStudyWritten(http.StatusOK, "", nil) }

func (v *visit) showStudyWritten(status int, wrong string, faults []study.Fault) error {
	f := v.studyFrame("A study that is written already", "Every fault in it is named at once. Nothing goes on record before you have read it once more.")
	f.Back = page.Link{Text: "Another kind of study", Href: studyNewPath}
	p := filePage{
		Action: studyNewPath + "/written", Cancel: studyNewPath, Button: "Read it",
		File: page.Upload{Name: "file", Label: "The specification", Hint: "JSON, 256 kB at most. The manual says what it holds, and each study here gives out its own.", Accept: ".json", Error: wrong},
	}
	for _, one := range faults {
		p.Wrong = append(p.Wrong, one.String())
	}
	f.Errors = page.Problems(p.File)
	f.Data = p
	return v.show(status, "study_file", f)
}

// filePage asks for one file.
type filePage struct {
	Action, Cancel, Button string
	File                   page.Upload
	Fields                 []page.Field
	Effects, Wrong         []string
}

// studyWrittenDo reads it.
func (s *Server) studyWrittenDo(v *visit) error {
	file, _, err := v.sent()
	if refusable(err) {
		return v.showStudyWritten(http.StatusUnprocessableEntity, v.refusalWords(err), nil)
	}
	if err != nil {
		return err
	}
	return v.studyFromFile(file.name, file.content, false)
}

func (v *visit) studyFromFile(_ string, content []byte, record bool) error {
	spec, err := study.ReadSpec(bytes.NewReader(content))
	if err != nil {
		return v.showStudyWritten(http.StatusUnprocessableEntity, v.refusalWords(err), nil)
	}
	if faults := spec.Check(); len(faults) > 0 {
		return v.showStudyWritten(http.StatusUnprocessableEntity, "The specification has "+count(len(faults), "fault. It is", "faults. They are")+" listed under What is wrong with it. Put it right and choose the file again.", faults)
	}
	if record {
		err := v.registerStudy(spec)
		if fault.Is(err, fault.Conflict) || fault.Is(err, fault.Invalid) {
			return v.showStudyWritten(http.StatusUnprocessableEntity, v.refusalWords(err), nil)
		}
		return err
	}
	raw, err := spec.Canonical()
	if err != nil {
		return err
	}
	return v.showStudyReview(spec, []hiddenField{{"data", fromWritten}, {"spec", string(raw)}}, true)
}
