package panel

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
)

// drawnByR draws as R's sample does after set.seed: Mersenne Twister (Matsumoto and
// Nishimura 1998), and indices by rejection, as R has done since 3.6.
type drawnByR struct {
	state [624]uint32
	at    int
}

func seedR(seed uint32) *drawnByR {
	r := &drawnByR{at: 624}
	for range 51 { // R scrambles the seed, and its first word is its place
		seed = 69069*seed + 1
	}
	for i := range r.state {
		seed = 69069*seed + 1
		r.state[i] = seed
	}
	return r
}

func (r *drawnByR) word() uint32 {
	if r.at == 624 {
		for i := range r.state {
			y := r.state[i]&0x80000000 | r.state[(i+1)%624]&0x7fffffff
			r.state[i] = r.state[(i+397)%624] ^ y>>1 ^ y&1*0x9908b0df
		}
		r.at = 0
	}
	y := r.state[r.at]
	r.at++
	y ^= y >> 11
	y ^= y << 7 & 0x9d2c5680
	y ^= y << 15 & 0xefc60000
	return y ^ y>>18
}

func (r *drawnByR) perm(n int) []int {
	left, out := make([]int, n), make([]int, n)
	for i := range left {
		left[i] = i
	}
	for i := range out {
		size := n - i
		bits := uint(math.Ceil(math.Log2(float64(size))))
		k := size
		for k >= size {
			k = int(r.word()>>16) & (1<<bits - 1)
		}
		out[i] = left[k]
		left[k] = left[size-1]
	}
	return out
}

// The placebo error that synthdid 0.0.9 prints for California with seed 12345, from the
// same draws.
func TestPlaceboError_AsSynthdidSeed12345(t *testing.T) {
	r := seedR(12345)
	if got := r.perm(38)[:5]; !slices.Equal(got, []int{13, 15, 25, 27, 23}) {
		t.Fatalf("R draws 14 16 26 28 24 of 38, and this %v, counted from 0", got)
	}
	if testing.Short() {
		t.Skip("the mixes of TestEveryMethod exercise the same code")
	}
	root := os.Getenv("COMMONWEAL_PUBLISHED")
	if root == "" {
		root = filepath.Join("..", "..", "shared", "data")
	}
	f, err := os.Open(filepath.Join(root, "causal", "prop99_synthdid.csv"))
	if err != nil {
		t.Skipf("the published data are not here: %v", err)
	}
	defer func() { _ = f.Close() }()
	reader := csv.NewReader(f)
	reader.Comma = ';'
	cells, err := reader.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	rows := Rows{Columns: map[string][]float64{}}
	for _, row := range cells[1:] {
		year, err := strconv.Atoi(row[1])
		if err != nil {
			t.Fatal(err)
		}
		rows.Unit, rows.Time = append(rows.Unit, row[0]), append(rows.Time, year)
		for i, h := range cells[0][2:] {
			v, err := strconv.ParseFloat(row[i+2], 64)
			if err != nil {
				t.Fatal(err)
			}
			rows.Columns[h] = append(rows.Columns[h], v)
		}
	}
	p, err := rows.Take("PacksPerCapita", "treated")
	if err != nil {
		t.Fatal(err)
	}
	starts, err := SwitchedOn(p, "treated")
	if err != nil {
		t.Fatal(err)
	}
	b, err := newBlock(p, "PacksPerCapita", starts)
	if err != nil {
		t.Fatal(err)
	}
	noise := b.noise()
	own := (*block).sdid(b, noise, weights{even(b.others), even(b.start)})
	r, draws := seedR(12345), make([][]int, placebos)
	for i := range draws {
		draws[i] = r.perm(b.others)
	}
	if se := b.placeboError((*block).sdid, noise, own, draws); math.Abs(se-8.368) > 0.0005 {
		t.Errorf("the error is %.4f; synthdid prints 8.368", se)
	}
}
