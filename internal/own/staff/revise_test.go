package staff

import (
	"strings"
	"testing"

	"commonweal/internal/own/stafflist"
	"commonweal/law"
)

func on(t *testing.T, s string) law.Date {
	t.Helper()
	if s == "" {
		return law.Date{}
	}
	d, err := law.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// told is what one list says: its date, then start, end and site.
type told struct{ asAt, start, end, site string }

func (l told) person(t *testing.T) stafflist.Person {
	return stafflist.Person{
		Who:  stafflist.Who{EmployeeNumber: "1", Given: "Ada", Family: "Reed"},
		Main: stafflist.Post{Start: on(t, l.start), End: on(t, l.end), Site: l.site},
	}
}

// tell applies lists one after another, as the writer does.
func tell(t *testing.T, lists []told) []Version {
	t.Helper()
	var all []dated
	for i, l := range lists {
		now, asAt := l.person(t), on(t, l.asAt)
		if i == 0 {
			all = append(all, dated{Version{N: 1, Effective: now.Main.Start, Person: now}, asAt})
			continue
		}
		versions, err := revise(all[len(all)-1].Version, now, asAt, func() ([]dated, error) { return all, nil })
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range versions {
			if v.N != len(all)+1 {
				t.Fatalf("version %d follows version %d", v.N, len(all))
			}
			all = append(all, dated{v, asAt})
		}
	}
	out := make([]Version, len(all))
	for i, d := range all {
		out[i] = d.Version
	}
	return out
}

// What the lists tell, one after another, makes the posts a person held.
func TestRevise_Posts(t *testing.T) {
	cases := []struct {
		name  string
		lists []told
		want  string // "site from to [since start]; ..."
	}{
		{
			"before the first list things were as it says",
			[]told{{"2026-10-01", "2020-01-06", "", "Ferry Lane"}},
			"Ferry Lane 2020-01-06 -",
		},
		{
			"a move counts from the date of the list that shows it",
			[]told{{"2026-10-01", "2020-01-06", "", "Ferry Lane"}, {"2026-11-01", "2020-01-06", "", "Alder House"}},
			"Ferry Lane 2020-01-06 2026-10-31; Alder House 2026-11-01 - since 2020-01-06",
		},
		{
			"a list that says the same adds nothing",
			[]told{{"2026-10-01", "2020-01-06", "", "Ferry Lane"}, {"2026-11-01", "2020-01-06", "", "Ferry Lane"}},
			"Ferry Lane 2020-01-06 -",
		},
		{
			"a leaver was employed until the last day, whenever the list came",
			[]told{{"2026-10-01", "2020-01-06", "", "Ferry Lane"}, {"2026-11-01", "2020-01-06", "2026-10-12", "Ferry Lane"}},
			"Ferry Lane 2020-01-06 2026-10-12",
		},
		{
			"somebody who moved and had left before the move was seen never moved",
			[]told{
				{"2026-09-01", "2020-01-06", "", "Ferry Lane"},
				{"2026-10-01", "2020-01-06", "", "Alder House"},
				{"2026-11-01", "2020-01-06", "2026-09-12", "Alder House"},
			},
			"Ferry Lane 2020-01-06 2026-09-12",
		},
		{
			"a planned end holds until it is taken back",
			[]told{
				{"2026-09-01", "2020-01-06", "2026-12-31", "Ferry Lane"}, {"2026-10-01", "2020-01-06", "", "Ferry Lane"},
			},
			"Ferry Lane 2020-01-06 -",
		},
		{
			"a leaving date mended to a later day mends the days between",
			[]told{
				{"2026-10-01", "2020-01-06", "", "Ferry Lane"},
				{"2026-11-01", "2020-01-06", "2026-10-12", "Ferry Lane"},
				{"2026-12-01", "2020-01-06", "2026-10-30", "Ferry Lane"},
			},
			"Ferry Lane 2020-01-06 2026-10-30",
		},
		{
			"a leaving date mended to an earlier day too",
			[]told{
				{"2026-10-01", "2020-01-06", "", "Ferry Lane"},
				{"2026-11-01", "2020-01-06", "2026-10-12", "Ferry Lane"},
				{"2026-12-01", "2020-01-06", "2026-10-02", "Ferry Lane"},
			},
			"Ferry Lane 2020-01-06 2026-10-02",
		},
		{
			"missing from one list by mistake, somebody was there all the time",
			[]told{
				{"2026-10-01", "2020-01-06", "", "Ferry Lane"},
				{"2026-11-01", "2020-01-06", "2026-11-01", "Ferry Lane"},
				{"2026-12-01", "2020-01-06", "", "Ferry Lane"},
			},
			"Ferry Lane 2020-01-06 -",
		},
		{
			"left and taken on again is two employments with a gap",
			[]told{
				{"2026-08-01", "2020-01-06", "", "Ferry Lane"},
				{"2026-09-01", "2020-01-06", "2026-08-20", "Ferry Lane"},
				{"2026-12-01", "2026-11-16", "", "Alder House"},
			},
			"Ferry Lane 2020-01-06 2026-08-20; Alder House 2026-11-16 -",
		},
		{
			"a start date mended to an earlier day keeps the history of posts",
			[]told{
				{"2026-09-01", "2020-01-06", "", "Ferry Lane"},
				{"2026-10-01", "2020-01-06", "", "Alder House"},
				{"2026-11-01", "2019-03-04", "", "Alder House"},
			},
			"Ferry Lane 2019-03-04 2026-09-30; Alder House 2026-10-01 - since 2019-03-04",
		},
		{
			"a start date mended to a later day takes the days before away",
			[]told{{"2026-10-01", "2026-09-01", "", "Ferry Lane"}, {"2026-11-01", "2026-09-15", "", "Ferry Lane"}},
			"Ferry Lane 2026-09-15 -",
		},
		{
			"a later start after a list had them employed is a new employment, not a mistake",
			[]told{{"2026-09-01", "2020-01-06", "", "Ferry Lane"}, {"2026-11-01", "2026-10-05", "", "Ferry Lane"}},
			"Ferry Lane 2020-01-06 2026-10-04; Ferry Lane 2026-10-05 -",
		},
		{
			"that is remembered when the date is mended again afterwards",
			[]told{
				{"2026-09-01", "2020-01-06", "", "Ferry Lane"},
				{"2026-10-01", "2019-01-07", "", "Ferry Lane"},
				{"2026-11-01", "2026-09-20", "", "Ferry Lane"},
			},
			"Ferry Lane 2019-01-07 2026-09-19; Ferry Lane 2026-09-20 -",
		},
		{
			"mending the start of a second employment leaves the first as it was",
			[]told{
				{"2026-08-01", "2020-01-06", "", "Ferry Lane"},
				{"2026-09-01", "2020-01-06", "2026-08-20", "Ferry Lane"},
				{"2026-12-01", "2026-11-16", "", "Alder House"},
				{"2026-12-02", "2026-08-10", "", "Alder House"},
			},
			"Ferry Lane 2020-01-06 2026-08-20; Alder House 2026-08-21 - since 2026-08-10",
		},
		{
			"somebody yet to start whose start is put off is not employed before",
			[]told{{"2026-10-01", "2026-12-01", "", "Ferry Lane"}, {"2026-11-01", "2027-01-04", "", "Ferry Lane"}},
			"Ferry Lane 2027-01-04 -",
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, p := range posts("wye", tell(t, c.lists)) {
				text := p.Site + " " + p.From.String() + " " + p.To.String()
				if p.To.IsZero() {
					text += "-"
				}
				if p.Starts != p.From {
					text += " since " + p.Starts.String()
				}
				got = append(got, text)
			}
			if text := strings.Join(got, "; "); text != c.want {
				t.Errorf("got  %s\nwant %s", text, c.want)
			}
		})
	}
}

// Further posts last as long as the main employment at most, and a change of name
// is no change of post.
func TestPosts_Others(t *testing.T) {
	main := stafflist.Post{Start: on(t, "2020-01-06"), Site: "Ferry Lane"}
	other := stafflist.Post{Start: on(t, "2024-05-01"), Site: "Alder House", AssignmentNumber: "1-2"}
	who := stafflist.Who{EmployeeNumber: "1", Given: "Ada", Family: "Reed"}
	married := who
	married.Family = "Reed-Moss"
	left := main
	left.End = on(t, "2026-10-12")
	got := posts("wye", []Version{
		{N: 1, Effective: main.Start, Person: stafflist.Person{Who: who, Main: main, Others: []stafflist.Post{other}}},
		{N: 2, Effective: on(t, "2026-09-01"), Person: stafflist.Person{Who: married, Main: main, Others: []stafflist.Post{other}}},
		{N: 3, Effective: on(t, "2026-10-13"), Person: stafflist.Person{Who: married, Main: left}},
	})
	if len(got) != 2 {
		t.Fatalf("%d posts, want 2: %+v", len(got), got)
	}
	if p := got[0]; !p.Main || p.From != main.Start || p.To != left.End {
		t.Errorf("main post: %+v", p)
	}
	if p := got[1]; p.Main || p.From != other.Start || p.To != left.End {
		t.Errorf("other post: %+v", p)
	}
}

// A version overrides all lower ones from its day on, also those that would begin
// later.
func TestTimeline_HigherVersionOverrides(t *testing.T) {
	got := Timeline([]Version{
		{N: 1, Effective: on(t, "2020-01-01")},
		{N: 2, Effective: on(t, "2020-06-01")},
		{N: 3, Effective: on(t, "2020-03-01")},
		{N: 4, Effective: on(t, "2020-09-01")},
	})
	var text []string
	for _, s := range got {
		text = append(text, strings.TrimSpace(string(rune('0'+s.N))+" "+s.From.String()+" "+s.To.String()))
	}
	if want := "1 2020-01-01 2020-02-29; 3 2020-03-01 2020-08-31; 4 2020-09-01"; strings.Join(text, "; ") != want {
		t.Errorf("got %s, want %s", strings.Join(text, "; "), want)
	}
}
