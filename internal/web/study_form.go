package web

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"

	"commonweal/internal/prove/indicator"
	cells "commonweal/internal/prove/sheet"
	"commonweal/internal/prove/study"
	"commonweal/internal/web/page"
	"commonweal/law"
	"commonweal/spc"
)

// Where the figures of a study come from, as the form has it.
const (
	fromMeasures = "measures"
	fromFile     = "file"
	fromWritten  = "written" // the whole specification is a file already
)

// studyForm asks for all that a study fixes before its data are looked at.
type studyForm struct {
	data, design string
	typed        url.Values
	measures     []indicator.Definition // to choose from
	groups       []conductFields
	errors       map[string]*string // of fields, by name
	labels       map[string]string  // what is asked there
	day          page.DateField     // since when the data are public
}

func (f *studyForm) get(name, otherwise string) string {
	if _, ok := f.typed[name]; !ok {
		return otherwise
	}
	return strings.TrimSpace(f.typed.Get(name))
}

func (f *studyForm) text(name, label, hint string, width int) *page.Text {
	t := &page.Text{Name: name, Label: label, Hint: hint, Width: width, Value: f.get(name, "")}
	f.errors[name], f.labels[name] = &t.Error, label
	return t
}

func (f *studyForm) area(name, label, hint string) *page.TextArea {
	t := &page.TextArea{Name: name, Label: label, Hint: hint, Rows: 2, Value: f.get(name, "")}
	f.errors[name], f.labels[name] = &t.Error, label
	return t
}

func (f *studyForm) radios(name, legend, hint, otherwise string, options ...page.Option) *page.Radios {
	r := &page.Radios{Name: name, Legend: legend, Hint: hint, Value: f.get(name, otherwise), Options: options}
	f.errors[name], f.labels[name] = &r.Error, legend
	return r
}

func (f *studyForm) choose(name, label, hint string) *page.Select {
	s := &page.Select{Name: name, Label: label, Hint: hint, Value: f.get(name, ""), Options: []page.Option{{Value: "", Label: "Choose a measure"}}}
	for _, d := range f.measures {
		s.Options = append(s.Options, page.Option{Value: d.Code, Label: d.Name + ", each " + string(d.Every)})
	}
	f.errors[name], f.labels[name] = &s.Error, label
	return s
}

// studyFields are the questions for one design, empty or as they were answered.
func studyFields(measures []indicator.Definition, typed url.Values, today law.Date) *studyForm {
	f := &studyForm{data: typed.Get("data"), design: typed.Get("design"), typed: typed, measures: measures, errors: map[string]*string{}, labels: map[string]string{}}
	f.day = page.DateField{Name: "public", Legend: "If the newest figures are public: since when?", Hint: "Leave it empty where they are not. For example, 14 3 2026."}
	f.day.Fill(typed)
	f.groups = []conductFields{
		{Heading: "The question", Fields: []page.Field{
			f.text("title", "Its name", "Such as: own rotas and absence", 0),
			f.verbatim(f.text("code", "Its code", "Small letters, digits and hyphens, such as own-rotas. It stands in the address.", 20)),
			f.area("question", "What do you want to know?", "One question, as you would ask a colleague."),
		}},
		f.outcomeFields(),
		f.designFields(),
		f.timeFields(),
		f.methodFields(),
		f.sizeFields(),
		{Heading: "When it ends", Fields: []page.Field{
			f.area("stopping", "When is it run, and when does it stop?", "Such as: once, when a year has passed."),
			f.area("mind", "What would change your mind?", "Say what you would have to see."),
		}},
		{Heading: "What the figures cannot say", Text: "You say it now, so that nobody can fit it to the result later. Write “none that we know of” where that is so.", Fields: []page.Field{
			f.area("seen", "Who has seen what of these figures?", "The study says so beside its result."),
			f.area("anticipation", "Could sites have changed before the start, because they knew of it?", ""),
			f.area("spillover", "Could sites carry it to others?", ""),
			f.area("mergers", "Did sites merge, begin or close, and how are they joined?", ""),
			f.area("missing", "What of figures that are missing or late?", ""),
			f.area("policies", "What else happened at the time?", ""),
			f.area("measurement", "How are the figures made?", "Rolling windows, response rates, changes of definition."),
		}},
		{Heading: "For whoever runs it again", Fields: []page.Field{f.seed(today)}},
	}
	return f
}

func (f *studyForm) seed(today law.Date) *page.Text {
	t := f.text("seed", "A number to begin the lots from", "Any whole number. With the same number the lots fall the same.", 10)
	t.Mode = "numeric"
	if t.Value == "" {
		t.Value = strings.ReplaceAll(today.String(), "-", "")
	}
	return t
}

func (*studyForm) verbatim(t *page.Text) *page.Text {
	t.Verbatim = true
	return t
}

func (f *studyForm) outcomeFields() conductFields {
	g := conductFields{Heading: "What is measured"}
	if f.data == fromMeasures {
		also := &page.Checkboxes{Name: "also_measures", Legend: "What else is tested?", Hint: "The more there are, the more will differ by chance. The result allows for it.", Values: f.typed["also_measures"]}
		for _, d := range f.measures {
			also.Options = append(also.Options, page.Option{Value: d.Code, Label: d.Name + ", each " + string(d.Every)})
		}
		f.errors["also_measures"] = &also.Error
		g.Fields = []page.Field{f.choose("measure", "Which measure is it about?", "The one that answers the question. Measures of a moving window cannot be tested, and are not in the list."), also}
		return g
	}
	g.Fields = []page.Field{
		f.text("source", "Where will the figures come from?", "Such as: absence by team and month, from payroll", 0),
		&f.day,
		f.verbatim(f.text("unit", "Heading of the sites", "As it will stand in the first row of the file, such as team", 20)),
		f.verbatim(f.text("time", "Heading of the times", "Such as month. Times are whole numbers, or days.", 20)),
		f.text("outcome", "What is measured?", "As it stands in a sentence, such as sickness absence", 0),
		f.verbatim(f.text("column", "Its heading in the file", "", 20)),
		f.radios("better", "Which way is better?", "", "", page.Option{Value: "down", Label: "Lower"}, page.Option{Value: "up", Label: "Higher"}, page.Option{Value: "neutral", Label: "Neither"}),
		f.text("stands", "What stands after a figure?", "Such as percentage points. It may be empty.", 20),
		f.area("others", "What else is tested?", "One a line: heading, better way (up, down or neutral), name. Such as: turnover, down, staff turnover"),
	}
	pack := f.choose("pack", "Is it one of our measures?", "Then what the study shows stands beside the measure in the board pack.")
	pack.Options[0].Label = "None of them"
	g.Fields = append(g.Fields, pack)
	return g
}

func (f *studyForm) designFields() conductFields {
	chosen := f.radios("chosen", "Were the sites chosen because of how they stood on this measure?", "The worst get better and the best get worse by themselves.", "",
		page.Option{Value: "no", Label: "No"}, page.Option{Value: "yes", Label: "Yes"})
	rule := f.area("rule", "Who could have been in it, and how were sites chosen?", "Such as: all 30 teams; the six were drawn by lot.")
	pool := f.area("pool", "Sites in the study", "One a line, as in the figures. Leave it empty for all.")
	g := conductFields{Heading: "What is tried, and where"}
	switch f.design {
	case designStart:
		g.Fields = []page.Field{f.text("name", "What begins?", "As it stands in a sentence, such as own rotas", 0), f.area("units", "At which sites?", "One a line, as they are named in the figures."), f.text("start", "From when?", "The first time with it: 2026-04, or a year.", 10)}
	case designStaggered:
		g.Fields = []page.Field{f.text("name", "What begins?", "As it stands in a sentence, such as own rotas", 0), f.verbatim(f.text("starts", "Heading of each site's start", "The time at which it begins in each row of the site, and 0 for never.", 20))}
	default:
		g.Heading = "What it is set against"
		if f.data == fromMeasures {
			g.Fields = []page.Field{f.choose("exposure", "Which measure may go with it?", "Such as engagement")}
		} else {
			g.Fields = []page.Field{f.verbatim(f.text("exposure", "Heading of what may go with it", "Such as engagement. It stands in the sentence too.", 20))}
		}
	}
	g.Fields = append(g.Fields, rule, chosen, pool)
	if f.data == fromFile {
		g.Fields = append(g.Fields, f.area("subgroups", "Subgroups to look at", "One a line: heading = value. The main way of asking is run in each."))
	}
	return g
}

func (f *studyForm) timeFields() conductFields {
	return conductFields{Heading: "The window", Fields: []page.Field{
		f.text("from", "First time that counts", "A month such as 2025-04, or a year", 10), f.text("to", "Last time that counts", "", 10),
	}}
}

func (f *studyForm) methodFields() conductFields {
	primary := f.radios("primary", "The main way of asking", "Its answer is the answer of the study.", "")
	also := &page.Checkboxes{Name: "also", Legend: "Other ways that are run too", Hint: "All are shown beside the main one, whatever they say.", Values: f.typed["also"]}
	for i, c := range methodChoices[f.design] {
		o := page.Option{Value: c.ID, Label: c.Label, Hint: c.Hint}
		if i == 0 && primary.Value == "" {
			primary.Value = c.ID
		}
		primary.Options, also.Options = append(primary.Options, o), append(also.Options, page.Option{Value: c.ID, Label: c.Label})
	}
	f.errors["also"] = &also.Error
	return conductFields{Heading: "How the figures are asked", Fields: []page.Field{
		primary, also,
		f.radios("correction", "If several things are tested", "", string(study.Holm), page.Option{Value: string(study.Holm), Label: "Guard against even one false alarm", Hint: "By name: Holm."},
			page.Option{Value: string(study.BH), Label: "Keep false alarms to a small share of alarms", Hint: "By name: Benjamini and Hochberg."}),
	}}
}

func (f *studyForm) sizeFields() conductFields {
	g := conductFields{Heading: "What size would matter", Fields: []page.Field{
		f.text("smallest", "The smallest change that would matter", "In the unit of the measure, such as 0.5. The result says whether such sizes are ruled out.", 10),
		f.text("margin", "A change too small to matter", "Only where the study is to show that any change is smaller than this. Otherwise leave it empty.", 10),
	}}
	if f.design == designStaggered {
		g.Fields = append(g.Fields, f.text("sites", "How many sites will begin?", "", 5))
	}
	if f.design != designAmount {
		g.Text = "Figures from before the study, when nothing was tried, say what so many sites can show. Leave the three times empty where there are none."
		g.Fields = append(g.Fields, f.text("history_from", "First time of that stretch", "", 10), f.text("history_cut", "Where it is cut in two", "", 10), f.text("history_to", "Last time of it", "", 10))
	}
	return g
}

// readTime reads a time as people type it: 2025-04, April 2025, 202504, 2025.
func readTime(text string) (int, error) {
	if n, err := strconv.Atoi(text); err == nil {
		return n, nil
	}
	day, err := cells.Day(text)
	if err != nil {
		return 0, fmt.Errorf("%q is not a time. Write a month as 2025-04, or a year", text)
	}
	year, month, _ := day.Civil()
	return year*100 + int(month), nil
}

func lines(text string) []string {
	var out []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			out = append(out, line)
		}
	}
	return out
}

func (f *studyForm) wrong(name, says string) {
	if at, ok := f.errors[name]; ok && *at == "" {
		*at = says
	}
}

func (f *studyForm) time(name string) int {
	text := f.get(name, "")
	if text == "" {
		return 0
	}
	n, err := readTime(text)
	if err != nil {
		f.wrong(name, err.Error()+".")
	}
	return n
}

// read is the specification that the form describes. What is wrong stands at its field.
func (f *studyForm) read() study.Spec {
	s := study.Spec{
		V: study.Version, Code: f.get("code", ""), Title: f.get("title", ""), Question: f.get("question", ""),
		Data: study.Source{Source: f.get("source", ""), Seen: f.get("seen", "")}, Unit: f.get("unit", ""), Time: f.get("time", ""),
		Window:     study.Window{From: f.time("from"), To: f.time("to")},
		Pool:       study.Pool{Rule: f.get("rule", ""), Units: lines(f.get("pool", "")), ChosenOnOutcome: f.get("chosen", "") == "yes"},
		Correction: study.Correction(f.get("correction", string(study.Holm))), Alpha: "0.05",
		Power:    study.Plan{Smallest: decimalTyped(f.get("smallest", "")), Margin: decimalTyped(f.get("margin", ""))},
		Stopping: f.get("stopping", ""), MindChange: f.get("mind", ""),
		Stated: study.Stated{
			Anticipation: f.get("anticipation", ""), Spillover: f.get("spillover", ""), Mergers: f.get("mergers", ""), Missing: f.get("missing", ""),
			OtherPolicies: f.get("policies", ""), Measurement: f.get("measurement", ""),
		},
	}
	for _, name := range []string{"from", "to"} {
		if f.get(name, "") == "" {
			f.wrong(name, f.missing(name))
		}
	}
	if f.get("chosen", "") == "" {
		f.wrong("chosen", "Say whether the sites were chosen for how they stood. The result depends on it.")
	}
	f.outcomes(&s)
	f.treatment(&s)
	f.methods(&s)
	var err error
	if s.Seed, err = strconv.ParseInt(f.get("seed", ""), 10, 64); err != nil {
		f.wrong("seed", "Write a whole number to begin the lots from, such as 7.")
	}
	if h := (study.History{From: f.time("history_from"), Cut: f.time("history_cut"), To: f.time("history_to")}); h != (study.History{}) {
		s.Power.History = &h
		if s.Treatment != nil && s.Treatment.From != 0 && h.To >= s.Treatment.From {
			f.wrong("history_to", "This stretch must end before the start: nothing may have been tried in it.")
		}
	}
	for _, line := range lines(f.get("subgroups", "")) {
		if f.data == fromMeasures {
			break // measures have no columns to choose by
		}
		column, value, ok := strings.Cut(line, "=")
		if !ok {
			f.wrong("subgroups", fmt.Sprintf("%q is not a heading, = and a value.", line))
		}
		s.Subgroups = append(s.Subgroups, study.Condition{Column: strings.TrimSpace(column), Value: strings.TrimSpace(value)})
	}
	return s
}

// decimalTyped takes the noughts off that people type: 0.50 is 0.5, .5 is 0.5.
func decimalTyped(text string) string {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return text
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}

func better(d spc.Direction) study.Better {
	return map[spc.Direction]study.Better{spc.Up: study.Up, spc.Down: study.Down, spc.Neutral: study.Neutral}[d]
}

func (f *studyForm) outcomes(s *study.Spec) {
	if f.data == fromMeasures {
		s.Unit, s.Time, s.Data.Library = "site", "time", true
		codes := []string{f.get("measure", "")}
		for _, c := range f.typed["also_measures"] {
			if c != codes[0] {
				codes = append(codes, c)
			}
		}
		sources := map[string]bool{}
		for _, c := range codes {
			d, ok := f.measure(c)
			if !ok {
				f.wrong("measure", "Choose the measure that it is about.")
				continue
			}
			f.oneStep("also_measures", d, codes[0])
			s.Outcomes = append(s.Outcomes, study.Outcome{Name: lowerFirst(d.Name), Column: c, Better: better(d.Direction), Unit: measureUnit(d), Covers: d.Covers, Measure: c})
			if !sources[d.Source] {
				sources[d.Source] = true
				s.Data.Source = strings.TrimPrefix(s.Data.Source+"; "+d.Source, "; ")
			}
		}
		return
	}
	s.Data.Published, _ = readDay(&f.day, "day", false)
	s.Outcomes = []study.Outcome{{
		Name: f.get("outcome", ""), Column: f.get("column", ""), Better: study.Better(f.get("better", "")), Unit: f.get("stands", ""), Covers: 1, Measure: f.get("pack", ""),
	}}
	for _, line := range lines(f.get("others", "")) {
		parts := strings.SplitN(line, ",", 3)
		if len(parts) != 3 {
			f.wrong("others", fmt.Sprintf("%q is not a heading, the better way and a name, with commas between.", line))
			continue
		}
		s.Outcomes = append(s.Outcomes, study.Outcome{Name: strings.TrimSpace(parts[2]), Column: strings.TrimSpace(parts[0]), Better: study.Better(strings.TrimSpace(parts[1])), Covers: 1})
	}
}

// measureUnit is what stands after a difference of two figures of a measure.
func measureUnit(d indicator.Definition) string {
	if d.Unit == "%" {
		return "percentage points"
	}
	return d.Unit
}

func (f *studyForm) measure(code string) (indicator.Definition, bool) {
	for _, d := range f.measures {
		if d.Code == code {
			return d, true
		}
	}
	return indicator.Definition{}, false
}

func (f *studyForm) treatment(s *study.Spec) {
	switch f.design {
	case designStart:
		s.Treatment = &study.Treatment{Name: f.get("name", ""), Units: lines(f.get("units", "")), From: f.time("start")}
		s.Power.Sites = len(s.Treatment.Units)
		if len(s.Treatment.Units) == 0 {
			f.wrong("units", "Name the sites, one a line.")
		}
		if f.get("start", "") == "" {
			f.wrong("start", f.missing("start"))
		}
	case designStaggered:
		s.Treatment = &study.Treatment{Name: f.get("name", ""), Starts: f.get("starts", "")}
		sites, err := strconv.Atoi(f.get("sites", ""))
		if err != nil {
			f.wrong("sites", "Write how many sites will begin, such as 10.")
		}
		s.Power.Sites = sites
	default:
		s.Exposure = f.get("exposure", "")
		if f.data != fromMeasures {
			break
		}
		with, ok := f.measure(s.Exposure)
		if !ok {
			f.wrong("exposure", "Choose the measure that may go with it.")
		}
		if ok {
			f.oneStep("exposure", with, f.get("measure", ""))
		}
	}
}

// oneStep refuses a measure whose times are not those of the first one.
func (f *studyForm) oneStep(field string, d indicator.Definition, first string) {
	if other, ok := f.measure(first); ok && other.Every != d.Every {
		f.wrong(field, d.Name+" has a figure each "+string(d.Every)+", and "+other.Name+" each "+string(other.Every)+". A study needs one step of time.")
	}
}

func (f *studyForm) methods(s *study.Spec) {
	var ok bool
	if s.Primary, ok = methodOf(f.design, f.get("primary", "")); !ok {
		f.wrong("primary", "Choose the main way of asking.")
	}
	if s.Primary.Method == study.Chance && len(lines(f.get("units", ""))) == 1 {
		f.wrong("primary", "Drawing sites again by lot takes two sites or more, and you name one. For one site choose one site against a mix of others.")
	}
	for _, id := range f.typed["also"] {
		if other, ok := methodOf(f.design, id); ok && other.Name != s.Primary.Name {
			s.Also = append(s.Also, other)
		}
	}
}
