package web_test

import (
	"bytes"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"commonweal/internal/prove/indicator"
	"commonweal/internal/prove/pack"
	"commonweal/internal/prove/study"
	"commonweal/internal/web/page"
	"commonweal/spc"
)

// inquiry is a small study of invented wards.
func inquiry() study.Spec {
	return study.Spec{
		V: study.Version, Code: "rota", Title: "Own rotas and absence", Question: "Does absence move where wards set their own rotas?",
		Data: study.Source{Source: "Invented", Seen: "Nobody."}, Unit: "ward", Time: "month",
		Outcomes:  []study.Outcome{{Name: "absence", Column: "absence", Better: study.Down, Unit: "points", Covers: 1}},
		Treatment: &study.Treatment{Name: "the rota", Units: []string{"w0", "w1", "w2"}, From: 202507},
		Window:    study.Window{From: 202501, To: 202512}, Pool: study.Pool{Rule: "Every ward."},
		Primary:    study.Specification{Name: "change scores", Method: study.Chance},
		Also:       []study.Specification{{Name: "plain", Method: study.FixedEffects}},
		Correction: study.Holm, Alpha: "0.05", Power: study.Plan{Sites: 3, Smallest: "0.5"}, Stopping: "Once.", Seed: 4,
		Stated:     study.Stated{Anticipation: "None.", Spillover: "None.", Mergers: "None.", Missing: "None.", OtherPolicies: "None.", Measurement: "By month."},
		MindChange: "An interval about nought.",
	}
}

// A study is public from the day of its registration; its figures from that of its
// publication, with the bundle, which checks out.
func TestStudies_FromRegistrationToBundle(t *testing.T) {
	s := newSite(t)
	s.as("").get("/evidence/studies").want(http.StatusOK).says("No study is registered")
	if _, err := s.House.Studies.Register(s.ctx, s.Secretary, "severn", inquiry()); err != nil {
		t.Fatal(err)
	}
	s.as("").get("/evidence/studies").want(http.StatusOK).says("Own rotas and absence", "no data looked at yet", "Nothing yet. It waits to be locked to its figures.")
	s.as("").get("/evidence/studies/rota").want(http.StatusOK).says("Nothing is published of it yet", "of the record", "An interval about nought.")
	s.as("").get("/evidence/studies/rota/bundle.zip").want(http.StatusNotFound)
	s.as("").get("/evidence/studies/rota/spec.json").want(http.StatusOK).says(`"code":"rota"`)
	s.as("").get("/evidence/studies/tea").want(http.StatusNotFound)
	var data strings.Builder
	data.WriteString("ward,month,absence\n")
	for w := range 12 {
		for m := 1; m <= 12; m++ {
			fmt.Fprintf(&data, "w%d,2025-%02d,%d.%d\n", w, m, 4+w%3, (w*w*7+m*m*5+w*m)%10)
		}
	}
	if _, err := s.House.Studies.Lock(s.ctx, s.Secretary, "severn", "rota", strings.NewReader(data.String())); err != nil {
		t.Fatal(err)
	}
	s.as("").get("/evidence/studies").want(http.StatusOK).says("It waits to be run.")
	if _, _, err := s.House.Studies.Run(s.ctx, s.Secretary, "severn", "rota"); err != nil {
		t.Fatal(err)
	}
	s.as("").get("/evidence/studies").want(http.StatusOK).says("It waits to be published.").lacks("The study did not show")
	s.as("").get("/evidence/studies/rota").want(http.StatusOK).says("Nothing is published of it yet").lacks("Every specification")
	if _, err := s.House.Studies.Publish(s.ctx, s.Secretary, "severn", "rota"); err != nil {
		t.Fatal(err)
	}
	s.as("").get("/evidence/studies/rota").want(http.StatusOK).says("The study did not show that absence goes with the rota", "change scores (primary)", "plain", "Sheet of assumptions", "Spillover",
		"What it could have shown", "The likely range is from", "commonweal study verify study-rota.zip")
	raw := s.as("").get("/evidence/studies/rota/bundle.zip").want(http.StatusOK).Body
	b, err := study.ReadBundle(bytes.NewReader([]byte(raw)))
	if err != nil {
		t.Fatal(err)
	}
	if r, err := study.Verify(b, "", ""); err != nil || !r.OK() || !r.Registered {
		t.Errorf("%+v, %v", r, err)
	}
	first := "The study did not show that absence goes with the rota."
	s.as("").get("/evidence/studies").want(http.StatusOK).says(first).lacks("The likely range", "It waits")
	if _, err := s.House.Studies.Withdraw(s.ctx, s.Secretary, "severn", "rota", "Two wards were swapped."); err != nil {
		t.Fatal(err)
	}
	s.as("").get("/evidence/studies").want(http.StatusOK).says(first + " It was withdrawn later; its page says why.")
}

// studyAnswers are how the form is filled in for a study of a file.
func studyAnswers(change ...string) []string {
	list := []string{
		"data", "file", "design", "start", "title", "Own rotas and absence", "code", "own-rotas", "question", "Does absence move where wards set their own rotas?",
		"source", "Payroll", "unit", "ward", "time", "month", "outcome", "absence", "column", "absence", "better", "down", "stands", "points", "others", "turnover, down, turnover",
		"name", "own rotas", "units", "w0\nw1\nw2", "start", "2025-07", "rule", "Every ward; three were drawn by lot.", "chosen", "no", "subgroups", "site = east",
		"from", "2025-01", "to", "December 2025", "primary", "ri", "also", "sdid", "also", "fe", "correction", "holm", "smallest", "0.50", "margin", "",
		"stopping", "Once.", "mind", "An interval about nought.", "seen", "Nobody.", "anticipation", "None.", "spillover", "None.", "mergers", "None.", "missing", "None.",
		"policies", "None.", "measurement", "By month.", "seed", "4",
	}
	for i := 0; i+1 < len(change); i += 2 {
		for j := 0; j < len(list); j += 2 {
			if list[j] == change[i] {
				list[j+1] = change[i+1]
			}
		}
	}
	return list
}

func wardFigures() string {
	var data strings.Builder
	data.WriteString("ward,month,site,absence,turnover,name of nurse\n")
	for w := range 12 {
		for m := 1; m <= 12; m++ {
			fmt.Fprintf(&data, "w%d,2025-%02d,%s,%d.%d,%d.%d,Nobody\n", w, m, []string{"east", "west"}[w%2], 4+w%3, (w*w*7+m*m*5+w*m)%10, 1+m%2, (w*3+m*w)%10)
		}
	}
	return data.String()
}

// From a form to the bundle: each step is asked for, read once more, and on record.
func TestStudies_RegisteredOnPages(t *testing.T) {
	s := newSite(t)
	s.refused("/evidence/studies/new", "/evidence/studies/new/written")
	b := s.as(s.Secretary)
	b.get("/evidence/studies").want(http.StatusOK).says("Register a study")
	b.get("/evidence/studies/new").want(http.StatusOK).says("Where will the figures come from?", "What is it about?")
	b.get("/evidence/studies/new?data=&design=").want(http.StatusUnprocessableEntity).says("Choose where the figures come from.")
	b.get("/evidence/studies/new?data=measures&design=staggered").want(http.StatusUnprocessableEntity).says("Give a file with a column of starts.")
	b.get("/evidence/studies/new?data=file&design=start").want(http.StatusOK).says("At which sites?", "Change before and after", "What would change your mind?")
	wrong := b.post("/evidence/studies/new", studyAnswers("question", "", "chosen", "", "units", "", "from", "soon", "code", "Own Rotas", "smallest", "much", "others", "turnover")...)
	wrong.want(http.StatusUnprocessableEntity).says("“What do you want to know?” is missing.", "Say whether the sites were chosen for how they stood.", "Name the sites, one a line.", `"soon" is not a time`, "small letters, digits and hyphens, such as own-rotas", "as a number above nought", `"turnover" is not a heading, the better way and a name`)
	if !strings.Contains(wrong.Body, `value="Own rotas and absence"`) {
		t.Error("what was typed is not kept")
	}
	wrong.lacks("power.sites", "goes with named units", "leaves nothing before")
	review := b.post("/evidence/studies/new", studyAnswers()...).want(http.StatusOK).says("Read it once more", "It goes on record today", "change scores", "synthetic difference-in-differences", "site east", "0.5 points", "An interval about nought.")
	review.lacks("Take care")
	b.post("/evidence/studies/new", studyAnswers("chosen", "yes")...).want(http.StatusOK).says("Take care.", "chosen by the measure itself")
	b.post("/evidence/studies/new", append(studyAnswers(), "step", "change")...).want(http.StatusOK).says("Does absence move")
	b.post("/evidence/studies/new", append(studyAnswers(), "step", "record")...).leads("/evidence/studies/own-rotas?done=registered")
	b.post("/evidence/studies/new", append(studyAnswers(), "step", "record")...).want(http.StatusUnprocessableEntity).says("was registered on")
	show := b.get("/evidence/studies/own-rotas?done=registered").want(http.StatusOK).says("It is on record.", "Lock it to its figures", "Withdraw it")
	show.lacks("Run it")
	s.as("").get("/evidence/studies/own-rotas").want(http.StatusOK).lacks("Lock it", "Withdraw it")
	b.get("/evidence/studies/own-rotas/lock").want(http.StatusOK).says("From here on the question and the figures are both fixed.", "everybody can download them")
	b.upload("/evidence/studies/own-rotas/lock", "", nil).want(http.StatusUnprocessableEntity).says("Choose a file first")
	b.upload("/evidence/studies/own-rotas/lock", "w.csv", []byte("ward,month\nw0,2025-01\n")).want(http.StatusUnprocessableEntity).says(`there is no heading "absence"`)
	b.get("/evidence/studies/own-rotas/publish").want(http.StatusOK).says("It has not been run yet.").lacks("Publish it now")
	b.post("/evidence/studies/own-rotas/run").want(http.StatusConflict).says("is not locked to its data yet").lacks("Run it now")
	b.upload("/evidence/studies/own-rotas/lock", "w.csv", []byte(wardFigures())).leads("/evidence/studies/own-rotas?done=locked")
	b.get("/evidence/studies/own-rotas/run").want(http.StatusOK).says("It is run once.")
	b.post("/evidence/studies/own-rotas/run").leads("/evidence/studies/own-rotas?done=run")
	b.get("/evidence/studies/own-rotas/publish").want(http.StatusOK).says("What it said", "The study did not show that absence goes with own rotas.", "The likely range is from")
	s.as("").get("/evidence/studies/own-rotas").want(http.StatusOK).says("Run; not published yet").lacks("The likely range")
	b.post("/evidence/studies/own-rotas/publish").leads("/evidence/studies/own-rotas?done=publish")
	s.as("").get("/evidence/studies/own-rotas").want(http.StatusOK).says("change scores, site east", "Holm", "p by Benjamini and Hochberg", "turnover").lacks("name of nurse")
	raw := s.as("").get("/evidence/studies/own-rotas/bundle.zip").want(http.StatusOK).Body
	bundle, err := study.ReadBundle(strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	if r, err := study.Verify(bundle, "", ""); err != nil || !r.OK() || !r.Registered {
		t.Errorf("%+v, %v", r, err)
	}
	b.get("/evidence/studies/own-rotas/withdraw").want(http.StatusOK).says("withdrawing hides nothing")
	b.post("/evidence/studies/own-rotas/withdraw", "reason", "").want(http.StatusUnprocessableEntity)
	b.post("/evidence/studies/own-rotas/withdraw", "reason", "Two wards were swapped in the file.").leads("/evidence/studies/own-rotas?done=withdrawn")
	s.as("").get("/evidence/studies/own-rotas").want(http.StatusOK).says("It was withdrawn on", "Two wards were swapped in the file.", "The study did not show")
}

// Each fault of the form is said in words, at the field that it is about, and once.
func TestStudies_FormSaysWhatIsWrong(t *testing.T) {
	s := newSite(t)
	s.measured("absence", wardFigures(), "month", "absence", "ward")
	yearly := measureDefinition(s, "engagement")
	yearly.Every = indicator.Year
	if _, err := s.House.Indicators.Define(s.ctx, s.Secretary, "severn", yearly); err != nil {
		t.Fatal(err)
	}
	b := s.as(s.Secretary)
	b.get("/evidence/studies/new?step=kind").want(http.StatusUnprocessableEntity).says("Choose where the figures come from.", "Choose what it is about.")
	for name, c := range map[string]struct {
		change []string
		says   string
	}{
		"the window ends before it begins":    {[]string{"from", "2025-12", "to", "2025-01"}, "The last time that counts must come after the first."},
		"the window has no end":               {[]string{"to", ""}, "“Last time that counts” is missing."},
		"the start is outside":                {[]string{"start", "2026-03"}, "The start must lie after the first time that counts"},
		"a decimal with a comma":              {[]string{"smallest", "0,5"}, "as a number above nought, such as 0.5"},
		"a margin that would matter":          {[]string{"margin", "0.9"}, "cannot be larger than the smallest that would matter"},
		"one site named twice":                {[]string{"units", "w0\nw0"}, `"w0" stands there twice.`},
		"several sites for one site's series": {[]string{"primary", "its"}, "takes one site, and you name more"},
		"one site and lots":                   {[]string{"units", "w0"}, "takes two sites or more, and you name one"},
		"half a subgroup":                     {[]string{"subgroups", "site ="}, "Write in each line a heading, = and a value."},
		"one heading for two things":          {[]string{"time", "ward"}, "The times need another heading than the sites."},
		"a measure against itself":            {[]string{"data", "measures", "design", "amount", "primary", "mundlak", "measure", "absence", "exposure", "absence"}, "It cannot be set against itself."},
		"years beside months":                 {[]string{"data", "measures", "design", "amount", "primary", "mundlak", "measure", "absence", "exposure", "engagement"}, "A study needs one step of time."},
	} {
		form := append(studyAnswers(c.change...), "measure", "absence")
		for i := 0; i+1 < len(c.change); i += 2 {
			if c.change[i] == "exposure" {
				form = append(form, c.change[i:i+2]...)
			}
		}
		got := b.post("/evidence/studies/new", form...)
		if got.Status != http.StatusUnprocessableEntity || !strings.Contains(plainText(got.Body), c.says) {
			t.Errorf("%s: %d, and %q is not said", name, got.Status, c.says)
		}
		got.lacks("This from", "treated", "up to to", "an exposure")
		if strings.Contains(name, "window ends") {
			got.lacks("The start must lie")
		}
	}
	history := append(studyAnswers(), "history_from", "2025-01", "history_cut", "2025-04", "history_to", "2025-09")
	b.post("/evidence/studies/new", history...).want(http.StatusUnprocessableEntity).says("This stretch must end before the start")
	strange := append(studyAnswers("data", "measures", "units", "w0\nWard Nought"), "measure", "absence")
	b.post("/evidence/studies/new", strange...).want(http.StatusOK).says("There are no figures of Ward Nought.", "w0, w1, w10")
}

// A specification that is a file already is read, its faults named, and registered.
func TestStudies_RegisteredFromAFile(t *testing.T) {
	s := newSite(t)
	b := s.as(s.Secretary)
	b.get("/evidence/studies/new?data=written&design=").leads("/evidence/studies/new/written")
	b.get("/evidence/studies/new/written").want(http.StatusOK).says("Every fault in it is named at once")
	b.upload("/evidence/studies/new/written", "s.json", []byte("{")).want(http.StatusUnprocessableEntity).says("is not JSON")
	faulty := inquiry()
	faulty.Question, faulty.Stopping = "", ""
	b.upload("/evidence/studies/new/written", "s.json", canonical(t, faulty)).want(http.StatusUnprocessableEntity).says("2 faults", "question: is missing", "stopping: is missing")
	raw := canonical(t, inquiry())
	b.upload("/evidence/studies/new/written", "s.json", raw).want(http.StatusOK).says("Put it on record", "Own rotas and absence")
	b.post("/evidence/studies/new", "data", "written", "spec", string(raw), "step", "record").leads("/evidence/studies/rota")
}

func canonical(t *testing.T, s study.Spec) []byte {
	t.Helper()
	raw, err := s.Canonical()
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// A study that was run and then withdrawn shows what it said: withdrawing buries nothing.
// Its figures stay here.
func TestStudies_WithdrawingBuriesNothing(t *testing.T) {
	s := newSite(t)
	if _, err := s.House.Studies.Register(s.ctx, s.Secretary, "severn", inquiry()); err != nil {
		t.Fatal(err)
	}
	if _, err := s.House.Studies.Lock(s.ctx, s.Secretary, "severn", "rota", strings.NewReader(wardFigures())); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.House.Studies.Run(s.ctx, s.Secretary, "severn", "rota"); err != nil {
		t.Fatal(err)
	}
	b := s.as(s.Secretary)
	b.post("/evidence/studies/rota/withdraw", "reason", "It was not what we hoped for.").leads("/evidence/studies/rota")
	s.as("").get("/evidence/studies/rota").want(http.StatusOK).says("It was not what we hoped for.", "The study did not show that absence goes with the rota.")
	s.as("").get("/evidence/studies/rota/bundle.zip").want(http.StatusNotFound)
	b.post("/evidence/studies/rota/publish").want(http.StatusConflict).says("It was withdrawn on").lacks("Publish it now")
	b.get("/evidence/studies/rota/withdraw").want(http.StatusOK).says("It was not what we hoped for.").lacks("Why?")
}

// Ten sites cannot test mortality and can test absence, and the page says so. Of figures
// of one's own it says the same, from a measure or a file.
func TestPower_SaysWhatTenSitesCanShow(t *testing.T) {
	s := newSite(t)
	s.as("").get("/evidence/power").want(http.StatusOK).says("Ten sites cannot test mortality", "0.051", "0.23", "Ten sites can test sickness absence", "sign in and choose a measure").lacks("Which measure?")
	s.as("").get("/evidence/power/file").leads("/sign-in")
	s.measured("absence", wardFigures(), "month", "absence", "ward")
	b := s.as(s.Secretary)
	b.get("/evidence/power").want(http.StatusOK).says("Which measure?", "Absence, each month")
	b.get("/evidence/power?indicator=absence&from=2025-07&sites=3,4&matters=5").want(http.StatusOK).says("3 sites can test absence.", "3 sites of 12 can show a change of", "12 sites are there at every time")
	b.get("/evidence/power?indicator=absence&from=2025-07&sites=3&matters=0.001").want(http.StatusOK).says("3 sites cannot test absence.")
	b.get("/evidence/power?indicator=&from=soon&sites=&matters=x").want(http.StatusUnprocessableEntity).says("Choose a measure.", "Write how many sites there would be", "This is not a number above nought", "Write the first month after the start")
	b.get("/evidence/power?indicator=absence&from=2031-01&sites=3").want(http.StatusUnprocessableEntity).says("January 2025 to December 2025", "does not cut them in two")
	b.get("/evidence/power?indicator=absence&from=2025-07&sites=12").want(http.StatusUnprocessableEntity).says("12 of them would leave none to compare with")
	fields := []string{"unit", "ward", "time", "month", "column", "absence", "from", "2025-07", "sites", "3"}
	b.upload("/evidence/power/file", "w.csv", []byte(wardFigures()), fields...).want(http.StatusOK).says("3 sites of 12 can show a change of")
	b.upload("/evidence/power/file", "w.csv", []byte(wardFigures()), "from", "2025-07", "sites", "3").want(http.StatusUnprocessableEntity).says("Write the heading of the sites", "Write the heading of the figures").lacks("there is no heading")
	b.upload("/evidence/power/file", "", nil, fields...).want(http.StatusUnprocessableEntity).says("Choose a file first")
	b.upload("/evidence/power/file", "w.csv", []byte("a,b\n1,2\n"), fields...).want(http.StatusUnprocessableEntity).says(`there is no heading "ward"`)
}

// measureDefinition is a plain monthly measure.
func measureDefinition(s *site, code string) indicator.Definition {
	return indicator.Definition{
		Code: code, Name: page.Begin(code), About: "How much.", Unit: "%", Decimals: 1, Direction: spc.Down, Kind: indicator.Value, Source: "Payroll",
		Every: indicator.Month, Covers: 1, Starts: s.day("2023-01-01"),
	}
}

// measured defines a measure and loads its figures; part is the heading of parts.
func (s *site) measured(code, file, period, value, part string) {
	s.t.Helper()
	s.loaded(measureDefinition(s, code), file, period, value, part)
}

func (s *site) loaded(d indicator.Definition, file, period, value, part string) {
	s.t.Helper()
	if _, err := s.House.Indicators.Define(s.ctx, s.Secretary, "severn", d); err != nil {
		s.t.Fatal(err)
	}
	up := indicator.Upload{Indicator: d.Code, FileName: d.Code + ".csv", Content: []byte(file), Columns: indicator.Columns{Period: period, Value: value, Part: part}}
	if out, err := s.House.Indicators.Import(s.ctx, s.Secretary, "severn", up); err != nil || out.Rejected > 0 {
		s.t.Fatal(err, out.Rejections)
	}
}

// A study of figures that were loaded before it was registered says so: on its page, in
// its output and in the record, and a bundle that leaves it out is found. Once it is
// published its measure in the board pack has a third grade.
func TestStudies_OfAMeasureThatWasLoadedBefore(t *testing.T) {
	s := newSite(t)
	s.measured("absence", wardFigures(), "month", "absence", "ward")
	if _, err := s.House.Packs.Put(s.ctx, s.Secretary, "severn", pack.Measure{Indicator: "absence"}); err != nil {
		t.Fatal(err)
	}
	b := s.as(s.Secretary)
	b.get("/evidence/pack/absence").want(http.StatusOK).says("Not yet. No registered study bears on this measure.")
	b.get("/evidence/studies/new?data=measures&design=start").want(http.StatusOK).says("Which measure is it about?", "Absence, each month").lacks("Heading of the sites")
	form := append(studyAnswers("data", "measures"), "measure", "absence")
	b.post("/evidence/studies/new", append(form, "step", "record")...).leads("/evidence/studies/own-rotas")
	b.get("/evidence/pack/absence").want(http.StatusOK).says("Not yet. Own rotas and absence. It is registered, and its data have not been looked at.")
	b.get("/evidence/studies/own-rotas/lock").want(http.StatusOK).says("Lock it to the figures as they stand")
	b.post("/evidence/studies/own-rotas/lock").leads("/evidence/studies/own-rotas?done=locked")
	b.post("/evidence/studies/own-rotas/run").leads("/evidence/studies/own-rotas")
	b.post("/evidence/studies/own-rotas/publish").leads("/evidence/studies/own-rotas")
	s.as("").get("/evidence/studies/own-rotas").want(http.StatusOK).says("were loaded here on", "before the study was registered", "Take care.")
	b.get("/evidence/pack/absence").want(http.StatusOK).says("Not shown. Own rotas and absence. The study did not show that absence goes with own rotas.", "Studies of this measure")
	b.get("/evidence/pack.html").want(http.StatusOK).says("The study did not show that absence goes with own rotas.")
	bundle, err := study.ReadBundle(strings.NewReader(s.as("").get("/evidence/studies/own-rotas/bundle.zip").want(http.StatusOK).Body))
	if err != nil {
		t.Fatal(err)
	}
	if r, err := study.Verify(bundle, "", ""); err != nil || !r.OK() || !r.Registered {
		t.Errorf("%+v, %v", r, err)
	}
	bundle.Manifest.Registration.Loaded = ""
	if r, err := study.Verify(bundle, "", ""); err != nil || r.OK() {
		t.Errorf("a bundle that hides when its figures were loaded: %+v, %v", r, err)
	}
}
