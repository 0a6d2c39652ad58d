package count

import (
	"archive/tar"
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// published is the folder of published elections, which are not ours to carry:
// beside the repository, or where COMMONWEAL_PUBLISHED says.
func published(t testing.TB) string {
	t.Helper()
	dir := os.Getenv("COMMONWEAL_PUBLISHED")
	if dir == "" {
		dir = "../../shared/data"
	}
	dir = filepath.Join(dir, "stv")
	if _, err := os.Stat(dir); err != nil {
		t.Skipf("no published elections here (%v); COMMONWEAL_PUBLISHED names their folder", err)
	}
	return dir
}

// unxz opens a compressed file with the xz program.
func unxz(t testing.TB, path string) []byte {
	t.Helper()
	if _, err := exec.LookPath("xz"); err != nil {
		t.Skip("the program xz is not installed")
	}
	out, err := exec.Command("xz", "-dc", path).Output()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func readFile(t testing.TB, path string) *Ballots {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	b, err := ReadBLT(f)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return b
}

type namedElection struct {
	name string
	data []byte
}

// scottish returns the shared Scottish council elections, unpacked.
func scottish(t testing.TB) []namedElection {
	t.Helper()
	dir := published(t)
	if scottishCache != nil {
		return scottishCache
	}
	r := tar.NewReader(bytes.NewReader(unxz(t, filepath.Join(dir, "scot-elex/blt.tar.xz"))))
	for {
		h, err := r.Next()
		if errors.Is(err, io.EOF) {
			return scottishCache
		}
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(h.Name, ".blt") {
			continue
		}
		data, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		scottishCache = append(scottishCache, namedElection{strings.TrimSuffix(filepath.Base(h.Name), ".blt"), data})
	}
}

var scottishCache []namedElection

func mustRule(t testing.TB, id string) Rule {
	t.Helper()
	r, err := FindRule(id)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func mustCount(t testing.TB, b *Ballots, id string, o Options) *Result {
	t.Helper()
	r, err := Count(b, mustRule(t, id), o)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// rows reads a compressed table of stages: election, round, votes, non-transferable.
func rows(t *testing.T, path string) map[string][][]string {
	t.Helper()
	r := csv.NewReader(bytes.NewReader(unxz(t, path)))
	r.FieldsPerRecord = -1
	all, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	out := map[string][][]string{}
	for _, row := range all {
		out[row[0]] = append(out[row[0]], row[2:])
	}
	return out
}

func stageRow(s Stage) []string {
	var row []string
	for _, a := range s.Totals {
		row = append(row, a.String())
	}
	return append(row, s.NonTransferable.String())
}

func sorted(list []int) []int { return slices.Sorted(slices.Values(list)) }

// SSI 2007/42: every stage of every shared Scottish election, five decimals.
func TestScottish2007_PublishedElections_EveryStage(t *testing.T) {
	want := rows(t, filepath.Join(published(t), "scot-elex/stages_scottish.csv.xz"))
	bad := 0
	for _, e := range scottish(t) {
		b, err := ParseBLT(e.data)
		if err != nil {
			t.Fatal(e.name, err)
		}
		r, err := Count(b, mustRule(t, "scottish-2007"), Options{Lots: inNumber(b)})
		if err != nil {
			t.Fatal(e.name, err)
		}
		if len(r.Stages) != len(want[e.name]) {
			t.Errorf("%s: %d stages and not %d", e.name, len(r.Stages), len(want[e.name]))
			bad++
			continue
		}
		for i, s := range r.Stages {
			if got := stageRow(s); !slices.Equal(got, want[e.name][i]) {
				t.Errorf("%s stage %d:\n got %v\nwant %v", e.name, i+1, got, want[e.name][i])
				bad++
				break
			}
		}
		if bad > 10 {
			t.Fatal("too many")
		}
	}
}

// inNumber is the order of lot by number, which the programs that made the
// published stages used.
func inNumber(b *Ballots) Order {
	var o Order
	for i := range b.Candidates {
		o = append(o, i+1)
	}
	return o
}

type nhsElection struct {
	File    string
	Elected []int
	Stages  []struct {
		Action string
		Votes  []string
		NT     string `json:"nt"`
	}
}

// The Northern Ireland rules 47 to 52: every stage.
func TestNHS2014_PublishedElections_EveryStage(t *testing.T) {
	lines := bufio.NewScanner(bytes.NewReader(unxz(t, filepath.Join(published(t), "scot-elex/nhs_stages.jsonl.xz"))))
	lines.Buffer(nil, 1<<24)
	want := map[string]nhsElection{}
	for lines.Scan() {
		var e nhsElection
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			t.Fatal(err)
		}
		want[e.File] = e
	}
	other := rows(t, filepath.Join(published(t), "scot-elex/stages_ni.csv.xz"))
	bad := 0
	for _, e := range scottish(t) {
		b, err := ParseBLT(e.data)
		if err != nil {
			t.Fatal(e.name, err)
		}
		r, err := Count(b, mustRule(t, "nhs-2014"), Options{Lots: inNumber(b)})
		if err != nil {
			t.Fatal(e.name, err)
		}
		w := want[e.name]
		if !slices.Equal(r.Elected, w.Elected) || len(r.Stages) != len(w.Stages) {
			t.Errorf("%s: elected %v in %d stages and not %v in %d", e.name, r.Elected, len(r.Stages), w.Elected, len(w.Stages))
			bad++
		}
		for i, s := range r.Stages {
			if i < len(w.Stages) {
				row := append(slices.Clone(w.Stages[i].Votes), w.Stages[i].NT)
				if i == len(r.Stages)-1 {
					// The published rows show nothing for papers that were not reached
					// when the last seat was filled; they are still with the excluded.
					for _, c := range s.Excluded {
						row[c-1] = s.Totals[c-1].String()
					}
				}
				if got := stageRow(s); !slices.Equal(got, row) || s.Action() != w.Stages[i].Action {
					t.Errorf("%s stage %d:\n got %s %v\nwant %s %v", e.name, i+1, s.Action(), got, w.Stages[i].Action, w.Stages[i])
					bad++
					break
				}
			}
			if i < len(r.Stages)-1 {
				if got := stageRow(s); !slices.Equal(got, other[e.name][i]) {
					t.Errorf("%s stage %d:\n got %v\nwant %v", e.name, i+1, got, other[e.name][i])
					bad++
					break
				}
			}
		}
		if bad > 10 {
			t.Fatal("too many")
		}
	}
}

// ERS97: every stage.
func TestERS97_PublishedElections_EveryStage(t *testing.T) {
	want := rows(t, filepath.Join(published(t), "scot-elex/stages_ers97.csv.xz"))
	bad := 0
	for _, e := range scottish(t) {
		b, err := ParseBLT(e.data)
		if err != nil {
			t.Fatal(e.name, err)
		}
		r, err := Count(b, mustRule(t, "ers97"), Options{Lots: inNumber(b)})
		if err != nil {
			t.Fatal(e.name, err)
		}
		at := 0
		for i, s := range r.Stages {
			got := stageRow(s)
			from := at
			for at < len(want[e.name]) && !slices.Equal(got, want[e.name][at]) {
				at++
			}
			if at == len(want[e.name]) || at-from > 0 && s.Kind != Exclusion {
				t.Errorf("%s stage %d %s:\n got %v\nwant %v", e.name, i+1, s.Action(), got, want[e.name][from:])
				bad++
				break
			}
			at++
		}
		if at != len(want[e.name]) {
			t.Errorf("%s: rounds %d of %d", e.name, at, len(want[e.name]))
			bad++
		}
		if bad > 10 {
			t.Fatal("too many")
		}
	}
}

// When somebody is deemed elected within an exclusion decides who is: three of the
// shared elections come out otherwise under the other reading of rule 48(3).
func TestNHS2014_ReadingOfElected_Matters(t *testing.T) {
	var other []string
	for _, e := range scottish(t) {
		b, err := ParseBLT(e.data)
		if err != nil {
			t.Fatal(e.name, err)
		}
		parcel, stage := mustCount(t, b, "nhs-2014", Options{}), mustCount(t, b, "nhs-2014-stage", Options{})
		if !slices.Equal(sorted(parcel.Elected), sorted(stage.Elected)) {
			other = append(other, e.name)
		}
	}
	slices.Sort(other)
	if want := []string{"inverclyde_2017_ward4", "north_lanarkshire_2022_ward17", "south_lanarkshire_2012_ward2"}; !slices.Equal(other, want) {
		t.Errorf("%v", other)
	}
}
