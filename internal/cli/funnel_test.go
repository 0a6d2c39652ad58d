package cli

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const funnelRows = `North,600,500,5000
South,520,510.25,4800
East,41,55.5,610
West,700,640,7000
Vale,33,25.125,300
Moor,210,240,2500
Dale,90,70,900
`

// Rows in another order change no byte of what the command prints, as words, as JSON, as a
// picture, and with ranks.
func TestFunnel_AnyOrderOfRows(t *testing.T) {
	dir := t.TempDir()
	run := publishedRun(t, dir)
	file := filepath.Join(dir, "f.csv")
	chance := rand.New(rand.NewPCG(2, 6))
	rows := strings.SplitAfter(strings.TrimSpace(funnelRows)+"\n", "\n")[:7]
	first := map[string]string{}
	for range 3 {
		if err := os.WriteFile(file, []byte("unit,observed,expected,denominator\n"+strings.Join(rows, "")), 0o600); err != nil {
			t.Fatal(err)
		}
		for _, args := range [][]string{{"shmi", "--json"}, {"shmi", "--svg"}, {"cqc", "--json", "--ranks", "3"}, {"proportion", "--svg", "--ours", "Vale"}, {"ratio", "--of", "denominator"}, {"binomial", "--json"}, {"poisson"}} {
			out, errs, code := run(append([]string{"funnel", file, "--method"}, args...)...)
			if code != 0 || out == "" {
				t.Fatalf("%v: %d %s", args, code, errs)
			}
			name := strings.Join(args, " ")
			if before, ok := first[name]; ok && before != out {
				t.Errorf("%s: another order prints something else", name)
			}
			first[name] = out
		}
		chance.Shuffle(len(rows), func(i, k int) { rows[i], rows[k] = rows[k], rows[i] })
	}
}

// What cannot be drawn or told apart is refused with the row or the name.
func TestFunnel_Refuses(t *testing.T) {
	dir := t.TempDir()
	run := publishedRun(t, dir)
	file := filepath.Join(dir, "f.csv")
	for _, c := range []struct{ why, rows, want string }{
		{"a unit that --ours names and nobody has", "A,5,6\nB,7,8\n", `no unit is called "Nobody", which --ours names`},
		{"an expected number too small for any limit", "Nobody,5,6\nB,1,1e-9\n", "row 3: unit B: 1e-09 is too small for 1 to be set against it"},
	} {
		if err := os.WriteFile(file, []byte("unit,observed,expected\n"+c.rows), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, errs, code := run("funnel", file, "--method", "shmi", "--ours", "Nobody", "--json"); code != 1 || !strings.Contains(errs, c.want) {
			t.Errorf("%s: %d %s", c.why, code, errs)
		}
	}
	// A target of five in a hundred is not one of five; nor is there one where none is named.
	for target, want := range map[string]string{"5%": "is a percentage; write the share, such as 0.05", "NA": "is not a number", "1e309": "is not a number", "0x1p3": "is not a number"} {
		if _, errs, code := run("funnel", file, "--method", "shmi", "--target", target); code != 2 || !strings.Contains(errs, want) {
			t.Errorf("--target %s: %d %s", target, code, errs)
		}
	}
	// Small shares are shown with three digits that count.
	if err := os.WriteFile(file, []byte("unit,observed,denominator\nA,3,1000000\nB,17,2000000\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if out, errs, code := run("funnel", file, "--method", "proportion"); code != 0 || !strings.Contains(out, "0.00000300") || !strings.Contains(out, "Target 0.00000667") {
		t.Errorf("%d %s%s", code, out, errs)
	}
}
