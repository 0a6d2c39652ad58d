package wave_test

import (
	"bytes"
	"reflect"
	"strings"
	"testing"

	"commonweal/internal/base/fault"
	"commonweal/internal/listen/wave"
	"commonweal/internal/schema/schematest"
)

const heads = "code,name,part_of,site,staff_group,job_role\n"

// A file of rules is read to the rules it was written from, and every fault in it is told
// with row, column and remedy.
func TestReadRules(t *testing.T) {
	good := heads + "care,Care,,,,\nwards,\"Wards, north\",care,North,,\nwards,\"Wards, north\",care,South,Nursing,\nrest,Rest,,,,\n"
	rules, wrong := wave.ReadRules(strings.NewReader("\ufeff" + strings.ReplaceAll(good, "\n", "\r\n")))
	if len(wrong) > 0 || len(rules) != 4 {
		t.Fatalf("%v, %v", rules, wrong)
	}
	var out bytes.Buffer
	if err := wave.WriteRules(&out, rules); err != nil {
		t.Fatal(err)
	}
	again, wrong := wave.ReadRules(&out)
	if len(wrong) > 0 || !reflect.DeepEqual(again, rules) {
		t.Errorf("written and read again: %v, %v", again, wrong)
	}
	for _, c := range []struct {
		name, file, says string
		row              int
		field            string
	}{
		{"no headings", "", "no row of headings", 0, ""},
		{"another heading", "code,name,part_of,site,staff_group,grade\n", "no such heading", 1, "grade"},
		{"a heading missing", "code,name,part_of,site,staff_group\n", "missing", 1, "job_role"},
		{"a heading twice", "code,code,name,part_of,site,staff_group,job_role\n", "twice", 1, "code"},
		{"a short row", heads + "a,A,,\n", "4 fields", 2, ""},
		{"a code in capitals", heads + "Wards,Wards,,,,\n", "cannot be used", 2, "code"},
		{"the code of the whole", heads + "all,Wards,,,,\n", "cannot be used", 2, "code"},
		{"no name", heads + "wards,,,,,\n", "cannot be used", 2, "name"},
		{"markup in a name", heads + "wards,<b>Wards</b>,,,,\n", "cannot be used", 2, "name"},
		{"no such directorate", heads + "wards,Wards,care,,,\n", "no directorate", 2, "part_of"},
		{"two names", heads + "wards,Wards,,North,,\nwards,Ward,,South,,\n", "is called", 3, "name"},
		{"two directorates", heads + "a,A,,,,\nb,B,,,,\nw,W,a,North,,\nw,W,b,South,,\n", "part of", 5, "part_of"},
		{"a directorate with a site", heads + "a,A,,North,,\nw,W,a,,,\n", "directorate", 2, "site"},
		{"three levels", heads + "a,A,,,,\nb,B,a,,,\nc,C,b,,,\n", "directorate", 3, "part_of"},
		{"a quote left open", heads + "a,\"A,,,,\n", "not CSV", 2, ""},
		{"not text", heads + "a,\xff\xfe,,,,\n", "UTF-8", 0, ""},
	} {
		_, wrong := wave.ReadRules(strings.NewReader(c.file))
		if len(wrong) == 0 || !strings.Contains(wrong[0].Why, c.says) || wrong[0].Row != c.row || wrong[0].Field != c.field || wrong[0].Remedy == "" {
			t.Errorf("%s: %+v; want row %d, %s: ...%s...", c.name, wrong, c.row, c.field, c.says)
		}
	}
}

func FuzzReadRules(f *testing.F) {
	f.Add(heads + "care,Care,,,,\nwards,Wards,care,North,,\n")
	f.Fuzz(func(t *testing.T, file string) {
		rules, wrong := wave.ReadRules(strings.NewReader(file))
		if len(wrong) > 0 {
			return
		}
		var out bytes.Buffer
		if err := wave.WriteRules(&out, rules); err != nil {
			t.Fatal(err)
		}
		if again, wrong := wave.ReadRules(&out); len(wrong) > 0 || len(rules) > 0 && !reflect.DeepEqual(again, rules) {
			t.Errorf("%v became %v (%v)", rules, again, wrong)
		}
	})
}

// The first rule that fits wins, and what people are in none of counts in the whole alone.
func TestRules_FirstThatFits(t *testing.T) {
	rules, wrong := wave.ReadRules(strings.NewReader(heads + "care,Care,,,,\nporters,Porters,care,,,porter\nnorth,North team,care,north,,\n"))
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	m := newMutual(t, schematest.SQLite(t))
	w := m.open(func(p *wave.Plan) { p.Rules = rules })
	got := map[string]int{}
	for _, u := range w.Units {
		got[u.Code] = u.Eligible
	}
	// Ten porters, all in the south; twenty in the north; ten nurses in the south in none.
	if want := map[string]int{"all": 40, "care": 30, "porters": 10, "north": 20}; !reflect.DeepEqual(got, want) || w.Unplaced != 10 {
		t.Errorf("%v, %d in none; want %v and 10", got, w.Unplaced, want)
	}
	m.audit(w.ID)
}

// A plan that contradicts itself is refused at the field.
func TestDraft_Refused(t *testing.T) {
	m := newMutual(t, schematest.SQLite(t))
	for _, c := range []struct {
		field, says string
		change      func(*wave.Plan)
	}{
		{"code", "small letters", func(p *wave.Plan) { p.Code = "Autumn 26" }},
		{"code", "taken by a page", func(p *wave.Plan) { p.Code = "plan" }},
		{"title", "a title", func(p *wave.Plan) { p.Title = "" }},
		{"kind", "no kind", func(p *wave.Plan) { p.Kind = "yearly" }},
		{"closes", "not before", func(p *wave.Plan) { p.Closes = day("2026-10-01") }},
		{"closes", "at most", func(p *wave.Plan) { p.Closes = day("2027-10-01") }},
		{"census", "census day", func(p *wave.Plan) { p.Census = day("2026-11-09") }},
		{"minimum", "10 answers", func(p *wave.Plan) { p.Minimum = 9 }},
		{"comment_minimum", "20 answers", func(p *wave.Plan) { p.CommentMinimum = 19 }},
		{"remind_on", "after the first day", func(p *wave.Plan) { p.RemindOn = append(p.RemindOn, p.Opens) }},
		{"remind_on", "2 days apart", func(p *wave.Plan) { p.RemindOn = append(p.RemindOn, day("2026-11-05"), day("2026-11-06")) }},
		{"keep_months", "between 1", func(p *wave.Plan) { p.KeepMonths = 500 }},
		{"languages", "English", func(p *wave.Plan) { p.Languages = []string{"cy"} }},
		{"about", "plain text", func(p *wave.Plan) { p.About = "<script>" }},
	} {
		_, err := m.svc.Draft(ctx, "lead", org, m.plan(c.change))
		if !fault.Is(err, fault.Invalid) || fault.FieldOf(err) != c.field || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %v; want ...%s...", c.field, err, c.says)
		}
	}
	_, err := m.svc.Draft(ctx, "lead", org, m.plan())
	m.ok(err)
	_, err = m.svc.Draft(ctx, "lead", org, m.plan())
	m.refused(err, fault.Invalid, "there is a survey with the code")
}
