package web

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/listen/answers"
	"commonweal/internal/listen/wave"
	"commonweal/internal/web/page"
	"commonweal/survey/instrument"
)

// Sheets on paper are entered by two tellers, each without seeing what the other typed.
// Where both typed the same, the sheet counts. Where not, both look again.

// waveSheets says how far the entering is.
func (s *Server) waveSheets(p *planned) error {
	if stop, err := p.sheetsStop(); stop {
		return err
	}
	f := p.frameOf("Enter sheets", "")
	f.Notice = doneNotice(p.visit, sheetDone)
	status, err := p.house.Answers.Status(p.ctx, p.w.ID)
	if err != nil {
		return err
	}
	papers, err := p.house.Answers.Keying(p.ctx, p.w.ID)
	if err != nil {
		return err
	}
	once := 0
	t := page.Table{Caption: "Sheets that were read differently", Columns: []page.Column{{Head: "Sheet, by the beginning of its receipt"}, {Head: "Where they differ", Wide: true}}}
	for _, x := range papers {
		if x.Once {
			once++
			continue
		}
		t.Rows = append(t.Rows, page.Row{{Text: clip(x.Receipt, 8)}, {Text: p.differWords(x.Differences)}})
	}
	f.Sentence = phrase(once, "sheet waits", "sheets wait") + " for the second teller. " + phrase(len(t.Rows), "was", "were") + " read differently."
	out := conductPage{Sections: []conductSection{
		{Button: page.Button{Text: "Enter a sheet", Href: p.at("sheets", "enter")}},
	}}
	if len(t.Rows) > 0 {
		out.Sections = append(out.Sections, conductSection{Heading: "Read differently", Text: []string{"Lay these sheets aside when it happens, look at them together, and enter them again. A sheet counts once both readings are alike; nobody can be a third reader."}, Show: []page.Component{t}})
	}
	made := status.Serials
	out.Sections = append(out.Sections, conductSection{Heading: "The reckoning", Show: []page.Component{page.Defs{
		{Term: "Slips that were made", Fact: number(made)},
		{Term: "Sheets that wait to be settled", Fact: number(status.Keying)},
		{Term: "Counted by slip", Fact: p.countedBySlip(status)},
	}}, Text: []string{"How many were counted moves once a day, by ten or more, so that nobody can tell from it which sheet came when."}})
	return p.sections(f, out)
}

var sheetDone = map[string]string{
	"waits": "It is kept. It counts once the other teller has entered the same.",
	"taken": "Both readings are alike. The sheet is in the box.",
}

func (p *planned) countedBySlip(s answers.Status) string {
	if p.stage == wave.Open {
		return "told after the close"
	}
	return number(s.Papers)
}

// differWords name the answers that were read differently, without what was read.
func (p *planned) differWords(list []answers.Difference) string {
	var out []string
	for _, d := range list {
		switch d.Field {
		case "unit":
			out = append(out, "the team")
		case "group":
			out = append(out, "the staff group")
		case "comment":
			out = append(out, "the comment")
		default:
			i := slices.IndexFunc(p.w.Instrument.Questions, func(q instrument.Question) bool { return q.ID == d.Field })
			out = append(out, "question "+number(i+1))
		}
	}
	return page.Begin(page.List(out))
}

// sheetsStop answers for a survey of which no sheet can be entered now.
func (p *planned) sheetsStop() (bool, error) {
	switch {
	case !p.w.Paper:
		return true, p.notYet("There are no sheets", "This survey is not answered on paper.")
	case p.house.Answers == nil:
		return true, p.notYet("No sheet can be entered", noAnswerSide)
	case p.stage != wave.Open && (p.stage != wave.Closed || !p.w.Settled.IsZero() || p.today().After(p.paperUntil())):
		return true, p.notYet("No sheet can be entered now", "Sheets are entered while the survey is open, and until "+p.onDay(p.paperUntil())+".")
	}
	return false, nil
}

// sheetForm is a sheet as it is entered.
type sheetForm struct {
	Action  string
	Serial  page.Text
	Groups  []sheetGroup
	Unit    page.Select
	Group   page.Select
	Comment *page.TextArea
	Cancel  string
}

type sheetGroup struct {
	Stem  string
	Scale string // the codes with their answers
	Lines []sheetLine
}

type sheetLine struct {
	ID, Number, Text, Value, Error string
}

func (p *planned) newSheetForm(form url.Values) *sheetForm {
	f := &sheetForm{Action: p.at("sheets", "enter"), Cancel: p.at("sheets"), Serial: page.Text{Name: "serial", Label: "Number on the slip or sheet", Verbatim: true, Width: 20, Value: form.Get("serial")}}
	in := p.w.Instrument
	last := ""
	for i, q := range in.Questions {
		if key := q.Group + "\x00" + q.Scale; key != last || i == 0 {
			last = key
			g := sheetGroup{}
			for _, x := range in.Groups {
				if x.ID == q.Group {
					g.Stem = x.Stem.In("en")
				}
			}
			scale, _ := in.Scale(q.Scale)
			var codes []string
			for _, o := range scale.Options {
				codes = append(codes, strconv.Itoa(o.Code)+" "+o.Label.In("en"))
			}
			g.Scale = strings.Join(codes, ", ")
			f.Groups = append(f.Groups, g)
		}
		text := q.Text.In("en")
		if text == "" {
			text = q.Label.In("en")
		}
		g := &f.Groups[len(f.Groups)-1]
		g.Lines = append(g.Lines, sheetLine{ID: "q-" + q.ID, Number: strconv.Itoa(i + 1), Text: text, Value: strings.TrimSpace(form.Get("q-" + q.ID))})
	}
	f.Unit = page.Select{Name: "unit", Label: "Team", Value: form.Get("unit"), Options: []page.Option{{Label: "Not said"}}}
	for _, of := range []wave.Level{wave.Team, wave.Directorate} {
		for _, u := range unitsAt(p.w.Units, of) {
			if !p.hasParts(u.Code) {
				f.Unit.Options = append(f.Unit.Options, page.Option{Value: u.Code, Label: u.Name})
			}
		}
	}
	f.Group = page.Select{Name: "group", Label: "Staff group", Value: form.Get("group"), Options: []page.Option{{Label: "Not said"}}}
	for _, g := range p.w.Groups {
		f.Group.Options = append(f.Group.Options, page.Option{Value: g.Code, Label: g.Name})
	}
	if p.w.Comments {
		f.Comment = &page.TextArea{Name: "comment", Label: "Comment", Rows: 4, Value: form.Get("comment"), Hint: "As it is written. Leave it empty where there is none."}
	}
	return f
}

func (p *planned) hasParts(unit string) bool {
	return slices.ContainsFunc(p.w.Units, func(u wave.Unit) bool { return u.PartOf == unit })
}

// read makes a sheet of what was typed, or says at each answer what is wrong.
func (f *sheetForm) read(p *planned) (answers.Sheet, bool) {
	sheet := answers.Sheet{Serial: strings.TrimSpace(f.Serial.Value), Unit: f.Unit.Value, Group: f.Group.Value, Answers: make(answers.Codes, len(p.w.Instrument.Questions))}
	ok := true
	if sheet.Serial == "" {
		f.Serial.Error, ok = "Type the number that stands on it.", false
	}
	if f.Comment != nil {
		sheet.Comment = strings.TrimSpace(f.Comment.Value)
	}
	at := 0
	for i := range f.Groups {
		for j := range f.Groups[i].Lines {
			l := &f.Groups[i].Lines[j]
			scale, _ := p.w.Instrument.Scale(p.w.Instrument.Questions[at].Scale)
			if l.Value != "" {
				n, err := strconv.Atoi(l.Value)
				if _, known := scale.Option(n); err != nil || !known {
					l.Error, ok = "There is no answer “"+l.Value+"”. Leave it empty where nothing or two things are marked.", false
				} else {
					sheet.Answers[at] = uint8(n)
				}
			}
			at++
		}
	}
	return sheet, ok
}

func (f *sheetForm) problems() []page.Error {
	fields := []page.Field{&f.Serial, &f.Unit, &f.Group}
	out := page.Problems(fields[0])
	for _, g := range f.Groups {
		for _, l := range g.Lines {
			if l.Error != "" {
				out = append(out, page.Error{Field: l.ID, Message: "Question " + l.Number + ": " + l.Error})
			}
		}
	}
	if f.Comment != nil {
		fields = append(fields, f.Comment)
	}
	return append(out, page.Problems(fields[1:]...)...)
}

// waveSheet asks for a sheet.
func (s *Server) waveSheet(p *planned) error {
	return p.showSheet(http.StatusOK, p.newSheetForm(url.Values{}), "")
}

func (p *planned) showSheet(status int, form *sheetForm, wrong string) error {
	if stop, err := p.sheetsStop(); stop {
		return err
	}
	f := p.frameOf("Enter a sheet", "Type what stands on the paper, without asking anybody. An answer that is missing, or marked twice, stays empty.")
	f.Back = page.Link{Text: "Enter sheets", Href: p.at("sheets")}
	f.Notice = doneNotice(p.visit, sheetDone)
	f.Errors = form.problems()
	if wrong != "" {
		f.Errors = append([]page.Error{{Message: wrong}}, f.Errors...)
	}
	f.Data = form
	return p.show(status, "wave_key", f)
}

// keyer tells two tellers apart on the answer side, and is no one's name there.
func (p *planned) keyer() string {
	sum := sha256.Sum256([]byte("keyer " + p.w.ID + " " + p.actor.Person))
	return hex.EncodeToString(sum[:])
}

// waveSheetDo enters it.
func (s *Server) waveSheetDo(p *planned) error {
	form, err := p.form()
	if err != nil {
		return err
	}
	if stop, err := p.sheetsStop(); stop {
		return err
	}
	f := p.newSheetForm(form)
	sheet, ok := f.read(p)
	if !ok {
		return p.showSheet(http.StatusUnprocessableEntity, f, "")
	}
	keyed, err := p.house.Answers.Key(p.ctx, p.w.ID, p.keyer(), sheet)
	if refusable(err) || fault.Is(err, fault.Forbidden) {
		var other string
		p.refusedAt(err, &other, map[string]*string{"serial": &f.Serial.Error, "unit": &f.Unit.Error, "group": &f.Group.Error})
		return p.showSheet(http.StatusUnprocessableEntity, f, other)
	}
	if err != nil {
		return err
	}
	switch {
	case keyed.Taken:
		return p.redirect(p.at("sheets", "enter") + "?done=taken")
	case keyed.Waits:
		return p.redirect(p.at("sheets", "enter") + "?done=waits")
	}
	f.differ(keyed.Differences)
	return p.showSheet(http.StatusConflict, f, "The other teller read this sheet differently. Your reading is kept. Look at the sheet together, change what is wrong and send it again.")
}

// differ marks what the other teller read differently, without saying what they read.
func (f *sheetForm) differ(list []answers.Difference) {
	const again = "The other teller read this differently. Look again."
	for _, d := range list {
		switch d.Field {
		case "unit":
			f.Unit.Error = again
		case "group":
			f.Group.Error = again
		case "comment":
			if f.Comment != nil {
				f.Comment.Error = again
			}
		}
		for i := range f.Groups {
			for j := range f.Groups[i].Lines {
				if l := &f.Groups[i].Lines[j]; l.ID == "q-"+d.Field {
					l.Error = again
				}
			}
		}
	}
}
