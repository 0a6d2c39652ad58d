package count

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// golden compares with a file of testdata. COUNT_GOLDEN=write writes it, to be read
// before it is committed.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if os.Getenv("COUNT_GOLDEN") == "write" {
		if err := os.WriteFile(path, got, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs:\n%s", path, got)
	}
}

// The transcript of the model election, in words and as a table, as a candidate gets
// to read it.
func TestResult_WriteText_ModelElection(t *testing.T) {
	var text, table bytes.Buffer
	r := mustCount(t, modelElection(t), "ers97", Options{})
	if err := errors.Join(r.WriteText(&text), r.WriteTable(&table)); err != nil {
		t.Fatal(err)
	}
	golden(t, "ers97-model.txt", text.Bytes())
	golden(t, "ers97-model.table", table.Bytes())
}

// Whatever can happen in a count has its words: withdrawn candidates, invalid papers,
// ties by an earlier stage and by lot, surpluses at the value at which they came.
func TestResult_WriteText_Words(t *testing.T) {
	cases := map[string]struct {
		rules string
		b     *Ballots
		o     Options
		words []string
	}{
		"withdrawn and invalid": {"nhs-2014", papers(t, 4, 2, "20 1 2", "5 2", "6 3", "1 4", "2 1=2"), Options{Withdrawn: []int{4}}, []string{
			"Candidate 4 (4) has withdrawn; every preference for that name is passed over.", "31 valid papers and 3 invalid papers.",
		}},
		"tie by an earlier stage": {"scottish-2007", papers(t, 5, 1, "9 1", "4 2", "3 3", "1 4 3", "12 5"), Options{}, []string{
			"Candidate 2 and Candidate 3 are level. Stage 1 parted them, so Candidate 3 is excluded.",
		}},
		"tie by lot": {"ers97", papers(t, 3, 1, "5 1", "5 2", "9 3 1"), Options{Lots: Order{2, 1}}, []string{
			"Candidate 1 and Candidate 2 are level and no stage parts them. The lot falls on Candidate 2, so Candidate 2 is excluded.",
			"Lot in stage 2, to exclude one of Candidate 1 and Candidate 2: Candidate 2 (by order).",
		}},
		"majority": {"nhs-2014", papers(t, 3, 1, "5 1", "2 2", "2 3"), Options{}, []string{
			"Candidate 1 has 5.00 votes, no fewer than all others and the surpluses together (4.00).",
		}},
		"one of each": {"nhs-2014", papers(t, 3, 2, "1 1 2"), Options{Lots: Order{2, 3}}, []string{"1 valid paper and no invalid papers."}},
		"plain majority": {"fptp", papers(t, 3, 1, "1200 1", "2 2", "2 3"), Options{}, []string{
			"The votes are counted.", "1,200", "1,204 valid papers",
		}},
		"quota falls": {"ers97", papers(t, 5, 1, "5 1", "4 2", "3 3", "2 4", "1 5"), Options{}, []string{
			"so the quota falls from 7.50 to 6.00.",
		}},
		"meek": {"meek", papers(t, 4, 2, "20 1 2", "5 2", "6 3", "1 4"), Options{}, []string{
			"The surpluses of those elected are shared out again.",
		}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			var out bytes.Buffer
			if err := mustCount(t, c.b, c.rules, c.o).WriteText(&out); err != nil {
				t.Fatal(err)
			}
			for _, want := range c.words {
				if !strings.Contains(out.String(), want) {
					t.Errorf("nothing says %q in\n%s", want, out.String())
				}
			}
		})
	}
}

// The data form keeps its promise: these fields, in this order, votes as text.
func TestResult_MarshalJSON_Form(t *testing.T) {
	data, err := json.Marshal(mustCount(t, modelElection(t), "ers97", Options{}))
	if err != nil {
		t.Fatal(err)
	}
	at := -1
	for _, key := range []string{"rules", "seats", "quota", "elected", "stages", "title", "candidates", "valid", "invalid", "lots", "rules_version", "rules_sha256"} {
		next := bytes.Index(data, fmt.Appendf(nil, "%q:", key))
		if next < at {
			t.Errorf("%s stands at %d after %d", key, next, at)
		}
		at = next
		if key == "stages" {
			at = 0 // what is inside the stages comes in between
		}
	}
	var form struct {
		Rules   string
		Seats   int
		Quota   string
		Elected []int
		Stages  []struct {
			Action          string
			Totals          []string
			NonTransferable string `json:"non_transferable"`
			Elected         []int
			Excluded        []int
		}
	}
	in := json.NewDecoder(bytes.NewReader(data))
	if err := in.Decode(&form); err != nil {
		t.Fatal(err)
	}
	if form.Rules != "ers97" || form.Seats != 6 || form.Quota != "107.58" || !slices.Equal(form.Elected, []int{1, 5, 2, 6, 9, 11}) {
		t.Errorf("%+v", form)
	}
	s := form.Stages[3]
	if s.Action != "exclude 4 3" || s.Totals[1] != "122.35" || len(s.Totals) != 11 || s.NonTransferable != "6.79" || !slices.Equal(s.Elected, []int{2}) || !slices.Equal(s.Excluded, []int{4, 3}) {
		t.Errorf("%+v", s)
	}
	if bytes.Contains(data, []byte("null")) {
		t.Error("a list is null")
	}
}

// The chart is XML, says what it shows, holds no script, style or unescaped name, and
// nothing of it lies outside.
func TestResult_WriteSVG(t *testing.T) {
	b := papers(t, 4, 2, "20 1 2", "5 2", "6 3", "1 4")
	b.Title = `<Council> & "friends"`
	b.Candidates[0].Name = `Ann <script>alert(1)</script> Baker, who has a name that is too long`
	for _, rule := range Rules() {
		var out bytes.Buffer
		if err := mustCount(t, b, rule.ID, Options{}).WriteSVG(&out); err != nil {
			t.Fatal(err)
		}
		text := out.String()
		for _, want := range []string{`role="img"`, `aria-labelledby="count-title count-desc"`, `<title id="count-title">&lt;Council&gt; &amp;`, `<desc id="count-desc">4 candidates, `, "Elected, in this order: "} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: nothing says %q", rule.ID, want)
			}
		}
		if strings.Contains(text, "<script") || strings.Contains(text, "style=") {
			t.Errorf("%s: script or style in\n%s", rule.ID, text)
		}
		in := xml.NewDecoder(&out)
		for {
			if _, err := in.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("%s: %v", rule.ID, err)
			}
		}
	}
}

// A name that would write over the line, or turn it round, comes out marked.
func TestReadBLT_NamesThatPretend(t *testing.T) {
	b, err := ParseBLT([]byte("1 1\n1 1 0\n0\n\"Ann\u202eBaker\x1b[2J\"\n"))
	if err != nil {
		t.Fatal(err)
	}
	if b.Name(1) != "Ann\ufffdBaker\ufffd[2J" {
		t.Errorf("%q", b.Name(1))
	}
}

func TestAmount_Text(t *testing.T) {
	for _, c := range []struct {
		a                     Amount
		full, short, thousand string
	}{
		{Amount{93925, 2}, "939.25", "939.25", "939.25"},
		{Amount{191400000, 5}, "1914.00000", "1914", "1,914.00000"},
		{Amount{5, 2}, "0.05", "0.05", "0.05"},
		{Amount{-34, 1}, "-3.4", "-3.4", "-3.4"},
		{Amount{-1234567, 0}, "-1234567", "-1234567", "-1,234,567"},
		{Amount{0, 9}, "0.000000000", "0", "0.000000000"},
	} {
		if c.a.String() != c.full || c.a.Short() != c.short || grouped(c.a) != c.thousand {
			t.Errorf("%s %s %s", c.a, c.a.Short(), grouped(c.a))
		}
	}
}
