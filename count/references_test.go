package count

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The official report of Glasgow ward 1 Linn, 2007: ten stages to five decimals.
func TestScottish2007_Linn_OfficialReport(t *testing.T) {
	dir := published(t)
	b := readFile(t, filepath.Join(dir, "droop/blt/scotland/Linn-2007.blt"))
	r := mustCount(t, b, "scottish-2007", Options{})
	data, err := os.ReadFile(filepath.Join(dir, "official/linn07_stages.csv"))
	if err != nil {
		t.Fatal(err)
	}
	in := csv.NewReader(bytes.NewReader(data))
	in.Comment, in.FieldsPerRecord = '#', -1
	all, err := in.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	if r.Quota.String() != "1914.00000" || len(r.Stages) != len(all)-1 {
		t.Fatalf("quota %s and %d stages", r.Quota, len(r.Stages))
	}
	for i, row := range all[1:] {
		s := r.Stages[i]
		got := stageRow(s)
		for c, want := range row[2 : len(row)-1] {
			if want != "" && got[c] != want {
				t.Errorf("stage %d column %s: %s and not %s", i+1, all[0][c+2], got[c], want)
			}
		}
		var names []string
		for _, c := range s.Elected {
			names = append(names, b.Name(c))
		}
		if got := strings.Join(names, ";"); !sameNames(got, row[len(row)-1]) {
			t.Errorf("stage %d elects %q and not %q", i+1, got, row[len(row)-1])
		}
	}
}

// sameNames compares names joined by semicolons, in any order: the report lists
// those elected together by number.
func sameNames(a, b string) bool {
	x, y := strings.Split(a, ";"), strings.Split(b, ";")
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}

// reference is one line of a dump of actions: what was done, with a map of columns.
type reference map[string]string

func readReference(t *testing.T, path string) []reference {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var heads []string
	var out []reference
	for _, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		cells := strings.Split(line, "\t")
		if heads == nil {
			heads = cells
			continue
		}
		row := reference{}
		for i, cell := range cells {
			if i < len(heads) {
				row[heads[i]] = cell
			}
		}
		out = append(out, row)
	}
	return out
}

// votes is the votes of a reference line, by candidate; those whom it leaves out
// have withdrawn.
func (r reference) votes(n, decimals int) []string {
	zero := Amount{Decimals: decimals}.String()
	out := make([]string, n)
	for c := range out {
		out[c] = zero
		if v, ok := r[fmt.Sprintf("%d.vote", c+1)]; ok {
			out[c] = v
		}
	}
	return out
}

func totals(s Stage) []string { r := stageRow(s); return r[:len(r)-1] }

// The reference counts of jklundell/droop by the reference Meek rule: the state at
// each election and defeat, to nine decimals, and at the end. Ties fall by number
// there, or by the order in the file.
func TestMeek_ReferenceCounts_EveryDecision(t *testing.T) {
	dir := published(t)
	files, _ := filepath.Glob(filepath.Join(dir, "droop/ref/*-meek-prf-o6-fixed-p9-d9.txt"))
	if len(files) < 7 {
		t.Fatalf("only %d reference counts", len(files))
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), "-meek-prf-o6-fixed-p9-d9.txt")
		t.Run(name, func(t *testing.T) {
			b := readFile(t, filepath.Join(dir, "droop/blt", name+".blt"))
			o := Options{}
			if b.Order == nil {
				o.Lots = inNumber(b)
			}
			r := mustCount(t, b, "meek", o)
			stage, round := 0, ""
			var final reference
			for _, line := range readReference(t, file) {
				if line["Action"] == "end" {
					final = line
				}
				if line["Action"] != "elect" && line["Action"] != "defeat" || line["R"] == round {
					continue
				}
				round = line["R"]
				s := r.Stages[stage]
				if got, want := totals(s), line.votes(r.candidates(), 9); !slices.Equal(got, want) || s.Quota.String() != line["Quota"] {
					t.Fatalf("stage %d, round %s: quota %s %v and not %s %v", s.Number, round, s.Quota, got, line["Quota"], want)
				}
				stage++
			}
			last := r.Stages[len(r.Stages)-1]
			for c := range r.Candidates {
				want, known := final[fmt.Sprintf("%d.state", c+1)]
				if known && (want == "E") != slices.Contains(r.Elected, c+1) {
					t.Errorf("candidate %d is %s there", c+1, want)
				}
				// At the end the reference takes the votes of all defeated away.
				if want == "E" && last.Totals[c].String() != final[fmt.Sprintf("%d.vote", c+1)] {
					t.Errorf("candidate %d ends with %s and not %s", c+1, last.Totals[c], final[fmt.Sprintf("%d.vote", c+1)])
				}
			}
		})
	}
}

func (r *Result) candidates() int { return len(r.Candidates) }

// The reference counts by the Scottish rules: every transfer, to five decimals.
func TestScottish2007_ReferenceCounts_EveryTransfer(t *testing.T) {
	dir := published(t)
	files, _ := filepath.Glob(filepath.Join(dir, "droop/ref/*-scotland-fixed-p5-d5.txt"))
	more, _ := filepath.Glob(filepath.Join(dir, "droop/ref/scotland/*-scotland-fixed-p5-d5.txt"))
	for _, file := range append(files, more...) {
		name := strings.TrimSuffix(filepath.Base(file), "-scotland-fixed-p5-d5.txt")
		t.Run(name, func(t *testing.T) {
			sub := strings.TrimPrefix(filepath.Dir(file), filepath.Join(dir, "droop/ref"))
			b := readFile(t, filepath.Join(dir, "droop/blt"+sub, name+".blt"))
			o := Options{}
			if b.Order == nil {
				o.Lots = inNumber(b)
			}
			r := mustCount(t, b, "scottish-2007", o)
			// It also lists surpluses of nought, which rule 48(1) does not transfer:
			// stages that move no votes are left out on both sides. Its column of
			// non-transferable votes leaves out what rounding lost.
			var got, want [][]string
			for _, s := range r.Stages {
				got = append(got, totals(s))
			}
			for _, line := range readReference(t, file) {
				if line["Action"] == "begin" || line["Action"] == "transfer" {
					want = append(want, line.votes(r.candidates(), 5))
				}
			}
			got, want = slices.CompactFunc(got, slices.Equal), slices.CompactFunc(want, slices.Equal)
			if !slices.EqualFunc(got, want, slices.Equal) {
				t.Errorf("%v and not %v", got, want)
			}
		})
	}
}

var transcriptLine = regexp.MustCompile(`^\t(Elected|Hopeful|Defeated): +(.*) \(([0-9.]+)\)$`)

// Transcripts of gendx/stv-rs by Meek's method, at each election and defeat. Those
// counted "equalized" share equal preferences as meek does, the others as meek-shared
// does. Its arithmetic rounds otherwise in the last digits.
func TestMeek_Transcripts_EveryDecision(t *testing.T) {
	dir := published(t)
	files, _ := filepath.Glob(filepath.Join(dir, "stv-rs/meek/*.fixed9.log"))
	more, _ := filepath.Glob(filepath.Join(dir, "stv-rs/meek/*/*.fixed9.log"))
	for _, file := range append(files, more...) {
		base := strings.TrimSuffix(file, ".fixed9.log")
		name, equalized := strings.CutSuffix(base, ".equalize")
		name = strings.TrimPrefix(name, filepath.Join(dir, "stv-rs/meek")+"/")
		rule := "meek-shared"
		if equalized {
			rule = "meek"
		}
		t.Run(strings.TrimPrefix(base, filepath.Join(dir, "stv-rs/meek")+"/"), func(t *testing.T) {
			if name == "negative_surplus/force_positive_surplus" {
				name = "negative_surplus/below_quota" // the same papers
			}
			if name == "recursive_descent/transfer_is_blocked" && !equalized {
				t.Skip("that transcript passes nothing on from an excluded candidate on papers with equal preferences; step B.2.a does")
			}
			b := readFile(t, filepath.Join(dir, "stv-rs/ballots", name+".blt"))
			o := Options{}
			if b.Order == nil {
				o.Lots = inNumber(b)
			}
			r := mustCount(t, b, rule, o)
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			compareTranscript(t, b, r, data)
		})
	}
}

func compareTranscript(t *testing.T, b *Ballots, r *Result, data []byte) {
	number := map[string]int{}
	for c := range b.Candidates {
		number[b.Name(c+1)] = c + 1
	}
	stage := -1
	reading, seen, over := false, false, false
	in := bufio.NewScanner(bytes.NewReader(data))
	for in.Scan() {
		line := in.Text()
		switch {
		case strings.HasPrefix(line, "Round "):
			stage, seen = stage+1, false
		case strings.HasPrefix(line, "Action: Elect remaining"), strings.HasPrefix(line, "Action: Defeat remaining"):
			over = true
		case strings.HasPrefix(line, "Action: Elect: "), strings.HasPrefix(line, "Action: Defeat ("):
			reading = !seen && !over
			seen = true
		case strings.HasPrefix(line, "Action: Count Complete"):
			over, reading = true, false
		case strings.HasPrefix(line, "Action:"):
			reading = false
		}
		m := transcriptLine.FindStringSubmatch(line)
		if m == nil || !reading {
			continue
		}
		for _, name := range strings.Split(m[2], ", ") {
			got := r.Stages[stage].Totals[number[name]-1]
			if m[1] == "Defeated" && strings.Trim(m[3], "0.") == "" {
				continue
			}
			if away(got.Units, m[3]) > 20 {
				t.Errorf("stage %d: %s has %s and not %s", stage+1, name, got, m[3])
			}
		}
	}
	if stage < 0 {
		t.Error("the transcript has no rounds")
	}
}

// away is how many units of the ninth decimal lie between two numbers.
func away(units int64, text string) int64 {
	other, err := strconv.ParseInt(strings.Replace(text, ".", "", 1), 10, 64)
	if err != nil {
		panic(err)
	}
	return max(units-other, other-units)
}

// The winners of every shared Scottish election under each rule, as other programs
// have them.
func TestCount_PublishedElections_Winners(t *testing.T) {
	dir := published(t)
	f, err := os.Open(filepath.Join(dir, "scot-elex/expected_winners.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	in := csv.NewReader(f)
	in.Comment = '#'
	all, err := in.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]string{}
	for _, row := range all[1:] {
		want[row[0]] = row
	}
	columns := map[string]int{"nhs-2014": 3, "ers97": 4, "scottish-2007": 5, "meek": 8}
	for _, e := range scottish(t) {
		b, err := ParseBLT(e.data)
		if err != nil {
			t.Fatal(e.name, err)
		}
		for id, column := range columns {
			r := mustCount(t, b, id, Options{Lots: inNumber(b)})
			if got := numbers(sorted(r.Elected), " "); got != want[e.name][column] {
				t.Errorf("%s under %s elects %s and not %s", e.name, id, got, want[e.name][column])
			}
		}
	}
}

// A hundred thousand papers, thirty candidates, ten seats.
func TestCount_Synthetic_Winners(t *testing.T) {
	b, err := ParseBLT(unxz(t, filepath.Join(published(t), "synthetic/syn100k_30c_10s.blt.xz")))
	if err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"nhs-2014", "nhs-2014-stage", "ers97", "scottish-2007", "meek"} {
		r := mustCount(t, b, id, Options{})
		if got := numbers(sorted(r.Elected), " "); got != "3 5 9 10 13 14 15 16 21 28" {
			t.Errorf("%s elects %s", id, got)
		}
	}
}

// Files that made other programs fail are counted under every rule.
func TestCount_CrashCases(t *testing.T) {
	dir := published(t)
	files, _ := filepath.Glob(filepath.Join(dir, "stv-rs/ballots/*/*.blt"))
	for _, pattern := range []string{"stv-rs/ballots/*.blt", "droop/blt/*.blt", "droop/blt/*/*.blt"} {
		more, _ := filepath.Glob(filepath.Join(dir, pattern))
		files = append(files, more...)
	}
	if len(files) < 45 {
		t.Fatalf("only %d files", len(files))
	}
	for _, file := range files {
		b := readFile(t, file)
		for _, rule := range Rules() {
			r, err := Count(b, rule, Options{Lots: inNumber(b)})
			if err != nil {
				t.Errorf("%s under %s: %v", file, rule.ID, err)
				continue
			}
			if r.Valid > 0 && len(r.Elected) != min(b.Seats, len(b.Candidates)-withdrawnOf(b)) {
				t.Errorf("%s under %s elects %v", file, rule.ID, r.Elected)
			}
		}
	}
}

func withdrawnOf(b *Ballots) int {
	n := 0
	for _, c := range b.Candidates {
		if c.Withdrawn {
			n++
		}
	}
	return n
}
