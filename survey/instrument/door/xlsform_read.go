package door

import (
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"commonweal/survey/instrument"
)

// ReadXLSForm reads an instrument from an XLSForm workbook (.xlsx).
//
// A form from elsewhere may leave our columns out: then a question's concept
// is its name, its short label its wording, and nothing has points. Questions
// with one answer from a list, groups and conditions on one question are taken
// over. Anything else in the form (other types, constraints, calculations,
// repeats, hints, several answers) is refused at its row, and so are the types
// that note a device, a person or a time: nothing of that goes with an answer.
func ReadXLSForm(r io.Reader) (instrument.Instrument, error) {
	sheets, err := openXLSForm(r)
	if err != nil {
		return instrument.Instrument{}, err
	}
	x := xlsform{sheets: sheets, places: map[string]place{}}
	for _, name := range []string{sheetSurvey, sheetChoices, sheetSettings} {
		if _, ok := sheets[name]; !ok {
			x.bad.add(Trouble{Why: fmt.Sprintf("there is no sheet %q", name), Remedy: "name the sheets as XLSForm does: survey, choices, settings"})
		}
	}
	if err := x.bad.err(); err != nil {
		return instrument.Instrument{}, err
	}
	x.columns()
	x.settings(sheets[sheetSettings])
	x.choices(sheets[sheetChoices])
	x.survey(sheets[sheetSurvey])
	x.scores(sheets[sheetScores])
	if err := x.bad.err(); err != nil {
		return instrument.Instrument{}, err
	}
	x.bad.check(x.in, x.places, xlsformRemedies)
	if err := x.bad.err(); err != nil {
		return instrument.Instrument{}, err
	}
	return x.in, nil
}

// xlsformRemedies say what to do about a fault of the instrument, by its field.
var xlsformRemedies = map[string]string{
	"id":        "give it a name of its own, of the form that is asked for",
	"concept":   "write what the question is about into cw_concept, such as enough-staff",
	"kind":      "write the kind of scale into cw_kind, and points that go with it into cw_points",
	"questions": "name questions of the survey sheet that have points",
	"ask":       "compare with options of a question above",
	"source":    "name the publication the questions come from in cw_source on the settings sheet",
	"numbers":   "write year=number, such as 2024=25a, for years in cw_years",
	"title":     "give every text in the same languages",
	"label":     "give every text in the same languages",
	"text":      "give every text in the same languages",
	"stem":      "give every text in the same languages",
}

type xlsform struct {
	sheets map[string]sheet
	in     instrument.Instrument
	places map[string]place
	bad    troubles
}

// known are the headings that each sheet may have besides labels.
var known = map[string][]string{
	sheetSurvey:   {"type", "name", "appearance", "relevant", "required", "cw_concept", "cw_asked", "cw_reverse", "cw_numbers", "cw_breaks", "cw_otherwise"},
	sheetChoices:  {"list_name", "name", "cw_kind", "cw_points"},
	sheetSettings: {"form_title", "form_id", "version", "default_language", "cw_source", "cw_series", "cw_years"},
	sheetScores:   {"id", "kind", "level", "questions", "scores", "least", "worth"},
}

var ownLanguage = regexp.MustCompile(`^cw_(label|title)_[a-z]{2}$`)

// columns refuses a column that says something which would be lost.
func (x *xlsform) columns() {
	for _, name := range []string{sheetSurvey, sheetChoices, sheetSettings, sheetScores} {
		s := x.sheets[name]
		for _, h := range s.headings {
			if _, ok := languageOf(h); ok || h == "" || ownLanguage.MatchString(h) || slices.Contains(known[name], h) {
				continue
			}
			for _, l := range s.rows {
				if l.at(h) != "" {
					x.bad.add(Trouble{Part: name, Row: l.number, Field: h, Why: "an instrument has nothing like this, so it would be lost", Remedy: "clear the column"})
					break
				}
			}
		}
	}
}

func (x *xlsform) trouble(part string, l line, field, remedy, why string, args ...any) {
	x.bad.add(Trouble{Part: part, Row: l.number, Field: field, Why: fmt.Sprintf(why, args...), Remedy: remedy})
}

// labels gathers the texts of a row, by the languages of the headings.
func labels(s sheet, l line) instrument.Text {
	t := instrument.Text{}
	for _, h := range s.headings {
		if code, ok := languageOf(h); ok && l.at(h) != "" {
			t[code] = l.at(h)
		}
	}
	return t
}

func shortLabels(s sheet, l line, prefix string) instrument.Text {
	t := instrument.Text{}
	for _, h := range s.headings {
		if code, ok := strings.CutPrefix(h, prefix); ok && l.at(h) != "" {
			t[code] = l.at(h)
		}
	}
	return t
}

func (x *xlsform) settings(s sheet) {
	if len(s.rows) != 1 {
		x.bad.add(Trouble{Part: s.name, Why: fmt.Sprintf("there are %d rows under the headings, not 1", len(s.rows)), Remedy: "write form_title, form_id and version in one row"})
		return
	}
	l := s.rows[0]
	x.in.ID = l.at("form_id")
	x.in.Title = shortLabels(s, l, titlePrefix)
	if t := l.at("form_title"); t != "" {
		x.in.Title["en"] = t
	}
	version, err := strconv.Atoi(l.at("version"))
	if err != nil {
		x.trouble(s.name, l, "version", "write a whole number from 1", "%q is not a version of an instrument", l.at("version"))
	}
	x.in.Version = version
	x.in.Source, x.in.Series = l.at("cw_source"), instrument.Series(l.at("cw_series"))
	if x.in.Source == "" {
		x.in.Source = "XLSForm " + x.in.ID
	}
	if x.in.Series == "" {
		x.in.Series = instrument.ZeroToTen
	}
	x.defaultLanguage(s, l)
	for word := range strings.FieldsSeq(l.at("cw_years")) {
		y, err := strconv.Atoi(word)
		if err != nil {
			x.trouble(s.name, l, "cw_years", "write years with blanks between", "%q is not a year", word)
			continue
		}
		x.in.Years = append(x.in.Years, y)
	}
	x.places[""] = place{part: s.name, row: l.number}
}

// defaultLanguage refuses a form whose plain labels are not in English, which
// would otherwise be taken for it.
func (x *xlsform) defaultLanguage(s sheet, l line) {
	language := l.at("default_language")
	code, _ := languageOf("label::" + language)
	if language == "" || code == "en" {
		return
	}
	for _, name := range []string{sheetSurvey, sheetChoices} {
		if slices.Contains(x.sheets[name].headings, "label") {
			x.trouble(s.name, l, "default_language", "head the columns label::English (en) and so on", "the labels of the sheet %s are in %q, and an instrument has English beside any other language", name, language)
		}
	}
}

func (x *xlsform) choices(s sheet) {
	at := map[string]int{}
	for _, l := range s.rows {
		list := l.at("list_name")
		if list == "" {
			x.trouble(s.name, l, "list_name", "name the list of the option", "the option is in no list")
			continue
		}
		i, ok := at[list]
		if !ok {
			i = len(x.in.Scales)
			at[list] = i
			kind := instrument.ScaleKind(l.at("cw_kind"))
			if kind == "" {
				kind = instrument.Choice
			}
			x.in.Scales = append(x.in.Scales, instrument.Scale{ID: list, Kind: kind})
			x.places["scale "+list] = place{part: s.name, row: l.number}
		}
		scale := &x.in.Scales[i]
		if kind := l.at("cw_kind"); kind != "" && kind != string(scale.Kind) {
			x.trouble(s.name, l, "cw_kind", "give all options of a list one kind", "%q is not the kind %q of the list %s", kind, scale.Kind, list)
		}
		scale.Options = append(scale.Options, x.option(s, l))
	}
}

func (x *xlsform) option(s sheet, l line) instrument.Option {
	code, err := strconv.Atoi(l.at("name"))
	if err != nil {
		x.trouble(s.name, l, "name", "number the options of a list from 1", "%q is not the number of an option", l.at("name"))
	}
	o := instrument.Option{Code: code, Label: labels(s, l)}
	if cell := l.at("cw_points"); cell != "" {
		p, err := readDecimal(cell)
		if err != nil {
			x.trouble(s.name, l, "cw_points", "write points or leave the cell empty", "%v", err)
		}
		o.Points = &p
	}
	return o
}

func (x *xlsform) survey(s sheet) {
	group, open := "", line{}
	for _, l := range s.rows {
		kind := strings.Join(strings.Fields(l.at("type")), " ")
		switch {
		case kind == "begin_group" || kind == "begin group":
			if group != "" {
				x.trouble(s.name, l, "type", "end the group before, or take it out", "a group within a group")
			}
			group, open = l.at("name"), l
			if group == "" {
				x.trouble(s.name, l, "name", "name the group", "the group has no name")
			}
			x.in.Groups = append(x.in.Groups, instrument.Group{ID: group, Stem: labels(s, l)})
			x.places["group "+group] = place{part: s.name, row: l.number}
		case kind == "end_group" || kind == "end group":
			if group == "" {
				x.trouble(s.name, l, "type", "take the row out", "no group is open")
			}
			group = ""
		case strings.HasPrefix(kind, "select_one "):
			q := x.question(s, l, strings.TrimPrefix(kind, "select_one "))
			q.Group = group
			x.in.Questions = append(x.in.Questions, q)
			x.places["question "+q.ID] = place{part: s.name, row: l.number}
		default:
			why, remedy := refusedType(kind)
			x.trouble(s.name, l, "type", remedy, "%s", why)
		}
	}
	if group != "" {
		x.trouble(s.name, open, "type", "add a row end_group", "the group %s does not end", group)
	}
}

// recorders are the types that note who, where or when.
var recorders = []string{"start", "end", "today", "deviceid", "subscriberid", "simserial", "phonenumber", "username", "email", "audit", "start-geopoint", "geopoint", "geotrace", "geoshape", "background-geopoint", "date", "time", "dateTime"}

func refusedType(kind string) (why, remedy string) {
	first, _, _ := strings.Cut(kind, " ")
	switch {
	case slices.Contains(recorders, first):
		return fmt.Sprintf("%q notes a person, place, device or time, and nothing of that goes with an answer", kind), "take the row out"
	case first == "text":
		return "free text is not a question of an instrument: a wave asks for a comment itself, apart from the answers", "take the row out"
	case first == "select_multiple":
		return "a question takes one answer, so that every answer can be counted and scored", "ask one yes-or-no question for each option"
	case kind == "":
		return "the row has no type", "write select_one and the name of a list"
	}
	return fmt.Sprintf("%q is not a question with one answer from a list", kind), "write select_one and the name of a list, or take the row out"
}

func (x *xlsform) question(s sheet, l line, list string) instrument.Question {
	q := instrument.Question{
		ID: l.at("name"), Concept: l.at("cw_concept"), Scale: list,
		Label: shortLabels(s, l, shortPrefix), Text: labels(s, l),
	}
	if q.Concept == "" {
		q.Concept = strings.ToLower(strings.ReplaceAll(q.ID, "_", "-"))
	}
	if len(q.Label) == 0 {
		q.Label = labels(s, l)
	}
	if x.yes(s, l, "cw_asked", true) {
		if len(q.Text) == 0 {
			x.trouble(s.name, l, labelHeading("en"), "write the wording", "the question has none")
		}
	} else {
		q.Text = nil
	}
	if x.yes(s, l, "required", false) {
		x.trouble(s.name, l, "required", "clear the cell", "nobody is made to answer a question")
	}
	q.Reverse = x.yes(s, l, "cw_reverse", false)
	var err error
	if q.Numbers, err = readNumbers(l.at("cw_numbers")); err != nil {
		x.trouble(s.name, l, "cw_numbers", xlsformRemedies["numbers"], "%v", err)
	}
	if q.Breaks, err = readBreaks(l.at("cw_breaks")); err != nil {
		x.trouble(s.name, l, "cw_breaks", "write one line a year, such as 2025: the wording changed", "%v", err)
	}
	q.Ask = x.ask(s, l)
	return q
}

func (x *xlsform) ask(s sheet, l line) *instrument.Condition {
	relevant, otherwise := l.at("relevant"), l.at("cw_otherwise")
	if relevant == "" {
		if otherwise != "" {
			x.trouble(s.name, l, "cw_otherwise", "write the condition into relevant, or clear the cell", "everybody is asked, so nobody has points without")
		}
		return nil
	}
	ask, err := readCondition(relevant)
	if err != nil {
		x.trouble(s.name, l, "relevant", "write ${question} = 'code', several with or between", "%v", err)
		return nil
	}
	codes, points, err := readPoints(otherwise)
	if err != nil {
		x.trouble(s.name, l, "cw_otherwise", "write code=points, such as 2=0", "%v", err)
	}
	for i := range codes {
		ask.Otherwise = append(ask.Otherwise, instrument.Instead{Code: codes[i], Points: points[i]})
	}
	return ask
}

// yes reads a cell that says yes or no.
func (x *xlsform) yes(s sheet, l line, field string, unless bool) bool {
	switch strings.ToLower(l.at(field)) {
	case "":
		return unless
	case "yes", "true", "true()", "1":
		return true
	case "no", "false", "false()", "0":
		return false
	}
	x.trouble(s.name, l, field, "write yes or no", "%q is neither", l.at(field))
	return unless
}

func (x *xlsform) scores(s sheet) {
	for _, l := range s.rows {
		sc := instrument.Score{
			ID: l.at("id"), Kind: instrument.ScoreKind(l.at("kind")), Level: instrument.Level(l.at("level")),
			Label: shortLabels(s, l, shortPrefix), Questions: words(l.at("questions")), Scores: words(l.at("scores")),
		}
		least, err := strconv.Atoi(l.at("least"))
		if err != nil {
			x.trouble(s.name, l, "least", "write how many parts must be answered", "%q is not a whole number", l.at("least"))
		}
		sc.Least = least
		codes, points, err := readPoints(l.at("worth"))
		if err != nil {
			x.trouble(s.name, l, "worth", "write code=points, such as 1=100 2=100 3=0", "%v", err)
		}
		for i := range codes {
			sc.Worth = append(sc.Worth, instrument.Worth{Code: codes[i], Points: points[i]})
		}
		x.in.Scores = append(x.in.Scores, sc)
		x.places["score "+sc.ID] = place{part: s.name, row: l.number}
	}
}

// words splits at blanks, and gives nil for nothing.
func words(cell string) []string {
	list := strings.Fields(cell)
	if len(list) == 0 {
		return nil
	}
	return list
}
