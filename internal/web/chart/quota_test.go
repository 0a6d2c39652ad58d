package chart

import (
	"strings"
	"testing"
)

func council() Quota {
	return Quota{
		Frame: Frame{ID: "quota", Title: "How each candidate reached the quota, or did not", Sub: "Votes, at the candidate’s highest stage", Source: "The count of this election."},
		Value: 116, Text: "116",
		Rows: []Candidate{
			{Name: "Bethan Pryce", First: 147, Most: 147, FirstText: "147", MostText: "147", Outcome: "Elected, stage 1", Elected: true},
			{Name: "Ngozi Adeyemi", First: 92, Most: 125.58, FirstText: "92", MostText: "125.58", Outcome: "Elected, stage 6", Elected: true},
			{Name: "Bartholomew Featherstonehaugh-Cholmondeley", First: 46, Most: 82.08, FirstText: "46", MostText: "82.08", Outcome: "Not elected"},
			{Name: "Gareth <Lloyd>", First: 0, Most: 0, FirstText: "0", MostText: "0", Outcome: "Out at stage 4"},
		},
	}
}

// The picture says in words what it shows, keeps its labels apart, however long a name
// is, and has the same figures as a table.
func TestQuota(t *testing.T) {
	q := council()
	markup, err := q.HTML()
	if err != nil {
		t.Fatal(err)
	}
	lawful(t, string(markup))
	apart(t, q.draw(newCanvas(false)))
	apart(t, q.draw(newCanvas(true)))
	_, rows := cells(parse(t, string(markup)))
	if got := strings.Join(rows["Ngozi Adeyemi"], "|"); got != "92|125.58|Elected, stage 6" {
		t.Errorf("the table has %q", got)
	}
	if said := "Ngozi Adeyemi: 92 first preferences, at most 125.58, elected, stage 6."; !strings.Contains(q.describe(), said) {
		t.Errorf("%q", q.describe())
	}
}

// What cannot be drawn honestly is refused.
func TestQuota_Refused(t *testing.T) {
	for name, change := range map[string]func(*Quota){
		"no candidates":         func(q *Quota) { q.Rows = nil },
		"no quota":              func(q *Quota) { q.Value = 0 },
		"fewer at most":         func(q *Quota) { q.Rows[0].Most = 1 },
		"no source":             func(q *Quota) { q.Source = "" },
		"less than no votes":    func(q *Quota) { q.Rows[3].First = -1 },
		"an id that is no name": func(q *Quota) { q.ID = "1 quota" },
	} {
		q := council()
		change(&q)
		if _, err := q.HTML(); err == nil {
			t.Errorf("%s: it is drawn", name)
		}
	}
}
