package web

import (
	"bytes"
	"net/http"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/listen/wave"
	"commonweal/internal/web/page"
	"commonweal/survey/instrument"
	"commonweal/survey/instrument/door"
)

// Questions of one's own come as a file: our JSON, an XLSForm workbook, or the JSON of
// SurveyJS. What a file has that we would not keep is refused, and where.

// waveQuestions asks for the file.
func (s *Server) waveQuestions(p *planned) error { return p.showQuestions(http.StatusOK, "", nil) }

func (p *planned) showQuestions(status int, wrong string, list []wave.Wrong) error {
	if p.stage != wave.Draft {
		return p.fixed()
	}
	f := p.frameOf("Questions of your own", "They take the place of “"+p.w.Instrument.Title.In("en")+"”. Nobody can compare them with other organisations.")
	file := &page.Upload{Name: "file", Label: "A file of questions", Accept: ".json,.xlsx", Error: wrong, Hint: "Our own JSON, an XLSForm workbook (.xlsx), or the JSON of a SurveyJS form. 1 MB at most."}
	u := uploadPage{Action: p.at("questions"), Fields: []page.Field{file}, Button: page.Button{Text: "Use these questions"}, Cancel: page.Link{Text: "Change nothing", Href: p.at()}}
	if len(list) > 0 {
		u.Before = []conductSection{{Heading: phrase(len(list), "thing is refused", "things are refused"), Text: []string{"Nothing was kept."}, Show: []page.Component{wrongTable(list)}}}
	}
	f.Errors = page.Problems(file)
	f.Data = u
	return p.show(status, "wave_upload", f)
}

// waveQuestionsDo keeps them in the draft.
func (s *Server) waveQuestionsDo(p *planned) error {
	file, _, err := p.sent()
	if err != nil {
		if fault.Is(err, fault.Invalid) {
			return p.showQuestions(http.StatusUnprocessableEntity, tooLargeFor(err, "1 MB"), nil)
		}
		return err
	}
	if p.stage != wave.Draft {
		return p.fixed()
	}
	in, err := readQuestions(file.name, file.content)
	if err != nil {
		if list := troubles(err); len(list) > 0 {
			return p.showQuestions(http.StatusUnprocessableEntity, "The file has parts that cannot be taken.", list)
		}
		return p.showQuestions(http.StatusUnprocessableEntity, page.Begin(strings.TrimSuffix(err.Error(), "."))+".", nil)
	}
	plan := p.w.Plan
	plan.Instrument = in
	plan.Languages = instrumentLanguages(in)[:1]
	err = p.house.Waves.Change(p.ctx, p.actor.Person, p.org.ID, p.w.ID, plan)
	if refusable(err) {
		return p.showQuestions(http.StatusUnprocessableEntity, p.refusalWords(err), nil)
	}
	if err != nil {
		return err
	}
	return p.redirect(p.at() + "?done=changed")
}

// readQuestions reads a set of questions in one of the formats that can be read.
func readQuestions(name string, content []byte) (instrument.Instrument, error) {
	if strings.HasSuffix(strings.ToLower(name), ".xlsx") {
		return door.ReadXLSForm(bytes.NewReader(content))
	}
	in, err := instrument.Read(content)
	if err == nil {
		return in, nil
	}
	if bytes.Contains(content, []byte(`"elements"`)) || bytes.Contains(content, []byte(`"pages"`)) {
		id := unitSlug(strings.TrimSuffix(name, ".json"))
		in, _, err := door.ReadSurveyJS(bytes.NewReader(content), id)
		return in, err
	}
	return in, err
}
