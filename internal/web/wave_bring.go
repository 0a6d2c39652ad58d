package web

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/listen/answers"
	"commonweal/internal/listen/wave"
	"commonweal/internal/web/page"
	"commonweal/law"
	"commonweal/survey/instrument"
	"commonweal/survey/instrument/door"
)

// A survey that somebody else asked can be brought in from a file of its answers, one
// row a person. It is scored and released as our own; that everybody answered once
// cannot be shown of it, and every page says so.

const maxBringFile = 16 << 20

// The columns beside those of the questions.
const (
	columnTeam        = "team"
	columnDirectorate = "directorate"
	columnGroup       = "staff_group"
	columnComment     = "comment"
)

var bringColumns = []string{columnTeam, columnDirectorate, columnGroup, columnComment}

// bringForm is the form for such a survey.
type bringForm struct {
	Title, Code, Source, Asked page.Text
	Kind, Instrument           page.Radios
	Opens, Closes              page.DateField
	File                       page.Upload

	b wave.BroughtIn
}

func (v *visit) newBringForm(form url.Values) (*bringForm, error) {
	plan, err := v.newPlanForm(stepAsk, v.emptyPlan())
	if err != nil {
		return nil, err
	}
	f := &bringForm{Title: plan.Title, Code: plan.Code, Kind: plan.Kind, Instrument: plan.Instrument}
	f.Title.Value, f.Code.Value, f.Kind.Value, f.Instrument.Value = form.Get("title"), strings.TrimSpace(form.Get("code")), form.Get("kind"), form.Get("instrument")
	f.Instrument.Legend = "Which questions did it ask?"
	f.Source = page.Text{Name: "source", Label: "Who asked it?", Hint: "The firm or body, as everybody is to read it.", Value: form.Get("source")}
	f.Asked = page.Text{Name: "asked", Label: "How many people were asked?", Hint: "Leave it empty where nobody knows.", Width: 5, Mode: "numeric", Value: form.Get("asked")}
	f.Opens = page.DateField{Name: "opens", Legend: "Which was its first day?"}
	f.Closes = page.DateField{Name: "closes", Legend: "Which was its last day?"}
	f.Opens.Fill(form)
	f.Closes.Fill(form)
	f.File = page.Upload{
		Name: "file", Label: "The answers", Accept: ".csv,.txt",
		Hint: "CSV, 16 MB at most: one row a person, a column for each question by its name or its number in the national survey of that year, with the codes of the answers. Besides: " + strings.Join(bringColumns, ", ") + ". No names, and nothing else about anybody.",
	}
	return f, nil
}

func (f *bringForm) fields() []page.Field {
	return []page.Field{&f.Title, &f.Code, &f.Kind, &f.Instrument, &f.Source, &f.Opens, &f.Closes, &f.Asked, &f.File}
}

// read takes what was typed and reports whether the file can be looked at.
func (f *bringForm) read() bool {
	f.b = wave.BroughtIn{Source: strings.TrimSpace(f.Source.Value)}
	f.b.Title, f.b.Code, f.b.Kind = strings.TrimSpace(f.Title.Value), f.Code.Value, wave.Kind(f.Kind.Value)
	f.b.Minimum, f.b.CommentMinimum, f.b.Languages, f.b.Whom, f.b.Weighting = wave.LeastMinimum, wave.LeastCommentMinimum, []string{"en"}, wave.AllStaff, wave.Unweighted
	if f.b.Title == "" {
		f.Title.Error = "Say what it is called."
	}
	if f.b.Code == "" {
		f.Code.Error = "Choose a short name."
	}
	if !offers(f.Kind.Options, f.Kind.Value) {
		f.Kind.Error = "Choose what sort of survey it was."
	}
	if f.b.Source == "" {
		f.Source.Error = "Say who asked it."
	}
	in, err := instrument.Load(f.Instrument.Value)
	if err != nil || !offers(f.Instrument.Options, f.Instrument.Value) {
		f.Instrument.Error = "Choose which questions it asked."
	}
	f.b.Instrument = in
	opens, ok := readDay(&f.Opens, "first day", true)
	closes, okToo := readDay(&f.Closes, "last day", true)
	if ok && okToo && closes.Before(opens) {
		f.Closes.Error = "It would have closed before it opened. Give the last day on which people could answer."
	}
	f.b.Opens, f.b.Closes, f.b.Census = opens, closes, opens
	if !blank(f.Asked.Value) {
		n, ok := readWhole(f.Asked.Value)
		if !ok || n < 1 || n > 2_000_000 {
			f.Asked.Error = "Give the number of people, such as 2,946."
		} else {
			f.b.Strata = []wave.Stratum{{Eligible: int(n)}}
		}
	}
	return len(page.Problems(f.fields()...)) == 0
}

// waveBring asks for the survey.
func (s *Server) waveBring(v *visit) error {
	f, err := v.newBringForm(url.Values{})
	if err != nil {
		return err
	}
	return v.showBring(http.StatusOK, f, nil)
}

func (v *visit) showBring(status int, f *bringForm, wrong []wave.Wrong) error {
	frame := v.frame()
	frame.Back, frame.Kicker = page.Link{Text: "Running surveys", Href: planRoot}, "Bring in a survey"
	frame.Heading, frame.Sentence = "A survey that somebody else asked", "You see first what the file holds. Nothing is kept before you say so."
	u := uploadPage{Action: planRoot + "/bring", Fields: f.fields(), Button: page.Button{Text: "Read the file"}, Cancel: page.Link{Text: "Bring nothing in", Href: planRoot}}
	if len(wrong) > 0 {
		u.Before = []conductSection{{Heading: phrase(len(wrong), "thing is refused", "things are refused"), Text: []string{"Nothing was kept. Put these right and choose the file again."}, Show: []page.Component{wrongTable(wrong)}}}
	}
	frame.Errors = page.Problems(f.fields()...)
	frame.Data = u
	return v.show(status, "wave_upload", frame)
}

// waveBringRead reads the file: to its dry run, or back with what is wrong.
func (s *Server) waveBringRead(v *visit) error {
	file, values, sentErr := v.sent()
	f, err := v.newBringForm(values)
	if err != nil {
		return err
	}
	ok := f.read()
	if sentErr != nil {
		if !fault.Is(sentErr, fault.Invalid) {
			return sentErr
		}
		f.File.Error = tooLargeFor(sentErr, "16 MB")
		return v.showBring(http.StatusUnprocessableEntity, f, nil)
	}
	if !ok {
		f.File.Error = "The file was not kept. Choose it again."
		return v.showBring(http.StatusUnprocessableEntity, f, nil)
	}
	if _, wrong, err := readBrought(f.b, file.content); err != nil {
		return err
	} else if len(wrong) > 0 {
		f.File.Error = "The file has rows or columns that cannot be taken."
		return v.showBring(http.StatusUnprocessableEntity, f, wrong)
	}
	id := v.house.World.ID()
	v.parked.put(id, &parkedFile{org: v.org.ID, person: v.actor.Person, name: file.name, content: file.content, saved: values.Encode()}, v.now)
	return v.redirect(planRoot + "/bring/" + id)
}

// brought is a file of answers that was read.
type brought struct {
	wave.BroughtIn
	sheets  []answers.Sheet
	mapping [][2]string // heading of the file, and what it holds
	unused  []string
}

// readBrought reads answers, with the teams and groups that they name.
func readBrought(b wave.BroughtIn, content []byte) (brought, []wave.Wrong, error) {
	out := brought{BroughtIn: b}
	content, mapping, have, err := renamedColumns(content, b.Instrument, b.Closes.Year())
	if err != nil {
		return out, []wave.Wrong{{Why: "The file cannot be read as CSV.", Remedy: "Save it as CSV with commas, in UTF-8."}}, nil
	}
	out.mapping = mapping
	units, groups := map[string]wave.Unit{}, map[string]wave.Group{}
	var order []string
	unit := func(name, above string, level wave.Level) string {
		code := unitSlug(name)
		if u, ok := units[code]; !ok {
			units[code] = wave.Unit{Code: code, Name: name, PartOf: above, Level: level}
			order = append(order, code)
		} else if u.Level != level || u.PartOf != above {
			return ""
		}
		return code
	}
	var wrong []wave.Wrong
	unused, err := door.ReadResponses(bytes.NewReader(content), b.Instrument, have, func(r door.Response) error {
		sheet := answers.Sheet{Answers: append(answers.Codes(nil), r.Answers...)}
		cell := func(column string) string {
			if i := slices.Index(have, column); i >= 0 {
				return strings.Join(strings.Fields(r.Others[i]), " ")
			}
			return ""
		}
		above := ""
		if d := cell(columnDirectorate); d != "" {
			above = unit(d, "", wave.Directorate)
			sheet.Unit = above
			if above == "" {
				wrong = append(wrong, wave.Wrong{Row: r.Row, Field: columnDirectorate, Why: "“" + clip(d, 40) + "” is a team in another row.", Remedy: "Give the team and the directorate different names."})
			}
		}
		if t := cell(columnTeam); t != "" {
			if sheet.Unit = unit(t, above, wave.Team); sheet.Unit == "" {
				wrong = append(wrong, wave.Wrong{Row: r.Row, Field: columnTeam, Why: "The team “" + clip(t, 40) + "” is in another directorate in another row.", Remedy: "Give each team one directorate, or two teams two names."})
			}
		}
		if g := cell(columnGroup); g != "" {
			sheet.Group = unitSlug(g)
			groups[sheet.Group] = wave.Group{Code: sheet.Group, Name: g}
		}
		if i := slices.Index(have, columnComment); i >= 0 {
			sheet.Comment = strings.TrimSpace(r.Others[i])
			out.Comments = out.Comments || sheet.Comment != ""
		}
		out.sheets = append(out.sheets, sheet)
		return nil
	})
	wrong = append(wrong, troubles(err)...)
	if err != nil && len(wrong) == 0 {
		return out, nil, err
	}
	out.unused = unused
	for _, code := range order {
		out.Units = append(out.Units, units[code])
	}
	slices.SortStableFunc(out.Units, func(a, b wave.Unit) int { // directorates before their teams
		return strings.Compare(string(a.Level), string(b.Level))
	})
	for _, g := range groups {
		out.Groups = append(out.Groups, g)
	}
	slices.SortFunc(out.Groups, func(a, b wave.Group) int { return strings.Compare(a.Code, b.Code) })
	if asked := len(b.Strata); asked == 1 && b.Strata[0].Eligible < len(out.sheets) {
		wrong = append(wrong, wave.Wrong{Why: "The file has " + count(len(out.sheets), "answer", "answers") + ", and only " + number(b.Strata[0].Eligible) + " were asked.", Remedy: "Correct the number of people who were asked, or take rows out that came twice."})
	}
	return out, wrong, nil
}

// troubles are what a reader found wrong, as rows.
func troubles(err error) []wave.Wrong {
	var out []wave.Wrong
	var walk func(err error)
	walk = func(err error) {
		if t := (door.Trouble{}); errors.As(err, &t) {
			if many, ok := err.(interface{ Unwrap() []error }); ok {
				for _, e := range many.Unwrap() {
					walk(e)
				}
				return
			}
			out = append(out, wave.Wrong{Row: t.Row, Field: t.Field, Why: t.Why, Remedy: t.Remedy})
		}
	}
	if err != nil {
		walk(err)
	}
	return out
}

// renamedColumns gives the columns of a file the names of the instrument: a question may stand
// under its ID, or under its number in the national survey of the year, with a Q before it
// or without.
func renamedColumns(content []byte, in instrument.Instrument, year int) (out []byte, mapping [][2]string, have []string, err error) {
	content = bytes.TrimPrefix(content, []byte("\ufeff"))
	r := csv.NewReader(bytes.NewReader(content))
	head, err := r.Read()
	if err != nil {
		return nil, nil, nil, err
	}
	rest := content[r.InputOffset():]
	for i, name := range head {
		plain := strings.TrimSpace(name)
		if c := strings.ToLower(strings.ReplaceAll(plain, " ", "_")); slices.Contains(bringColumns, c) && !slices.Contains(have, c) {
			have, head[i] = append(have, c), c
			mapping = append(mapping, [2]string{plain, strings.ReplaceAll(c, "_", " ")})
			continue
		}
		q, ok := in.Question(strings.ToLower(plain))
		if !ok {
			number := strings.TrimPrefix(strings.ToLower(plain), "q")
			q, ok = in.Numbered(year, number)
		}
		if ok {
			head[i] = q.ID
			mapping = append(mapping, [2]string{plain, q.Label.In("en")})
		}
	}
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	if err := w.Write(head); err != nil {
		return nil, nil, nil, err
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return nil, nil, nil, err
	}
	if _, err := io.Copy(&b, bytes.NewReader(rest)); err != nil {
		return nil, nil, nil, err
	}
	return b.Bytes(), mapping, have, nil
}

// unitSlug makes a code of a name, as the staff list's sites get theirs.
func unitSlug(name string) string {
	var b strings.Builder
	for _, c := range strings.ToLower(name) {
		switch {
		case c >= 'a' && c <= 'z' || c >= '0' && c <= '9':
			b.WriteRune(c)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	s := strings.Trim(clip(b.String(), 36), "-")
	if s == "" || s == wave.Whole {
		s = strings.Trim("unit-"+s, "-")
	}
	return s
}

// parkedBring is a file that waits, read again.
func (v *visit) parkedBring() (*parkedFile, brought, bool, error) {
	file, ok := v.parked.get(v.r.PathValue("file"), v.org.ID, v.actor.Person, v.now)
	if !ok {
		f := v.frame()
		f.Back, f.Heading = page.Link{Text: "Running surveys", Href: planRoot}, "This file is not here any more"
		f.Data = page.Empty("What happened", "It was brought in already, or it waited for more than half an hour. Nothing was kept of it otherwise.", page.Link{Text: "Choose the file again", Href: planRoot + "/bring"})
		return nil, brought{}, false, v.show(http.StatusNotFound, "fault", f)
	}
	values, err := url.ParseQuery(file.saved)
	if err != nil {
		return nil, brought{}, false, err
	}
	f, err := v.newBringForm(values)
	if err != nil {
		return nil, brought{}, false, err
	}
	f.read()
	b, _, err := readBrought(f.b, file.content)
	return file, b, err == nil, err
}

// waveBringReview is the dry run.
func (s *Server) waveBringReview(v *visit) error {
	file, b, ok, err := v.parkedBring()
	if !ok {
		return err
	}
	return v.reviewBring(http.StatusOK, file, b, "")
}

func (v *visit) reviewBring(status int, file *parkedFile, b brought, wrong string) error {
	f := v.frame()
	f.Back, f.Kicker, f.Heading = page.Link{Text: "Choose another file", Href: planRoot + "/bring"}, "Bring in a survey", "Dry run: nothing is kept yet"
	f.Sentence = "The file " + file.name + " holds " + count(len(b.sheets), "answer", "answers") + ". All of them fit."
	m := page.Table{Caption: "What each column holds", Columns: []page.Column{{Head: "Column of the file"}, {Head: "What it holds", Wide: true}}}
	for _, x := range b.mapping {
		m.Rows = append(m.Rows, page.Row{{Text: x[0]}, {Text: x[1]}})
	}
	for _, name := range b.unused {
		m.Rows = append(m.Rows, page.Row{{Text: name}, {Text: "nothing that we take; it is left out", Kind: page.Quiet}})
	}
	t := page.Table{Caption: "Teams", Columns: []page.Column{{Head: "Team or directorate"}, {Head: "Part of"}}}
	for _, u := range b.Units {
		of := page.Cell{Text: "the whole", Kind: page.Quiet}
		for _, up := range b.Units {
			if up.Code == u.PartOf {
				of = page.Cell{Text: up.Name}
			}
		}
		t.Rows = append(t.Rows, page.Row{{Text: u.Name}, of})
	}
	var named []string
	for _, g := range b.Groups {
		named = append(named, g.Name)
	}
	comments := 0
	for _, s := range b.sheets {
		if s.Comment != "" {
			comments++
		}
	}
	asked := "not known"
	if len(b.Strata) > 0 {
		asked = count(b.Strata[0].Eligible, "person", "people")
	}
	teams := conductSection{Heading: "Teams", Text: []string{"The file names no team."}}
	if len(t.Rows) > 0 {
		teams = conductSection{Heading: "Teams", Show: []page.Component{t}}
	}
	a := conductAct{
		Action: planRoot + "/bring/" + v.r.PathValue("file"),
		Summary: page.Summary{
			{Term: "Title", Fact: b.Title},
			{Term: "Sort", Fact: kindTitle(b.Kind)},
			{Term: "Questions", Fact: b.Instrument.Title.In("en")},
			{Term: "Asked by", Fact: b.Source},
			{Term: "Asked", Fact: v.day(b.Opens) + " to " + v.day(b.Closes)},
			{Term: "People asked", Fact: asked},
			{Term: "Answers", Fact: number(len(b.sheets))},
			{Term: "Staff groups", Fact: orNone(page.List(named))},
			{Term: "Comments", Fact: number(comments)},
		},
		Sections: []conductSection{{Heading: "The columns", Show: []page.Component{m}}, teams},
		Effects: []string{
			"Every page of this survey says that " + b.Source + " asked it, and that one answer each cannot be shown for it.",
			"Nothing of it is shown before you release it, by the same rules as our own surveys.",
			"What was brought in does not change any more.",
		},
		Button: page.Button{Text: "Bring it in", Kind: page.Warning}, Cancel: page.Link{Text: "Choose another file", Href: planRoot + "/bring"},
	}
	return v.showAct(status, f, a, wrong)
}

// waveBringDo brings it in.
func (s *Server) waveBringDo(v *visit) error {
	file, b, ok, err := v.parkedBring()
	if !ok {
		return err
	}
	_, err = v.house.ImportWave(v.ctx, v.actor.Person, v.org.ID, b.BroughtIn, b.sheets)
	if refusable(err) {
		return v.reviewBring(http.StatusUnprocessableEntity, file, b, v.refusalWords(err))
	}
	if err != nil {
		return err
	}
	v.parked.forget(v.r.PathValue("file"))
	return v.redirect(planRoot + "/waves/" + b.Code + "?done=brought")
}

// bringJSON is a survey to be brought in, as a program sends it.
type bringJSON struct {
	Code       string    `json:"code" max:"40"`
	Title      string    `json:"title" max:"120"`
	Kind       wave.Kind `json:"kind"`
	Instrument string    `json:"instrument" max:"60" doc:"The ID of a set of questions that comes with the program."`
	Source     string    `json:"asked_by" max:"200" doc:"Who asked it."`
	Opens      law.Date  `json:"opens"`
	Closes     law.Date  `json:"closes"`
	Asked      int       `json:"asked,omitempty" min:"0" max:"2000000" doc:"How many people were asked; nought where nobody knows."`
	Answers    string    `json:"answers" max:"900000" doc:"CSV, one row a person: a column for each question, and team, directorate, staff_group, comment."`
}

func (v *visit) apiBring(_ none, j bringJSON) (surveyPlanJSON, error) {
	f, err := v.newBringForm(url.Values{"title": {j.Title}, "code": {j.Code}, "kind": {string(j.Kind)}, "instrument": {j.Instrument}, "source": {j.Source}})
	if err != nil {
		return surveyPlanJSON{}, err
	}
	f.Opens.SetDay(j.Opens.String())
	f.Closes.SetDay(j.Closes.String())
	if j.Asked > 0 {
		f.Asked.Value = strconv.Itoa(j.Asked)
	}
	if !f.read() {
		for _, p := range page.Problems(f.fields()...) {
			return surveyPlanJSON{}, fault.Fieldf(strings.TrimSuffix(p.Field, "-day"), "%s", strings.TrimSuffix(inRunningText(p.Message), "."))
		}
	}
	b, wrong, err := readBrought(f.b, []byte(j.Answers))
	if err != nil {
		return surveyPlanJSON{}, err
	}
	if len(wrong) > 0 {
		return surveyPlanJSON{}, fault.Fieldf("answers", "row %d, %s: %s %s", wrong[0].Row, wrong[0].Field, wrong[0].Why, strings.TrimSuffix(wrong[0].Remedy, "."))
	}
	if _, err := v.house.ImportWave(v.ctx, v.actor.Person, v.org.ID, b.BroughtIn, b.sheets); err != nil {
		return surveyPlanJSON{}, err
	}
	return v.apiPlan(planParams{Wave: j.Code})
}
