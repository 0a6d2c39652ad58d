package disclose

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math"
)

// mostEarlier is the most releases of a bundle, and mostKnown the most numbers
// of each kind that the attacker is given: years of what a house gives out.
const (
	mostEarlier = 500
	mostKnown   = 500_000
)

// Canonical writes the release as the one text that stands for it: JSON
// without white space, the fields in the order of the types here. [ReadRelease]
// gives the same release back.
func (r Release) Canonical() ([]byte, error) {
	if err := r.Check(); err != nil {
		return nil, err
	}
	return compact(r)
}

// Canonical writes the bundle as one text; see [Release.Canonical].
func (b Bundle) Canonical() ([]byte, error) {
	for _, r := range append([]Release{b.Release}, b.Earlier...) {
		if err := r.Check(); err != nil {
			return nil, err
		}
	}
	return compact(b)
}

func compact(v any) ([]byte, error) {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return nil, err
	}
	return bytes.TrimSuffix(out.Bytes(), []byte("\n")), nil
}

// Hash is the SHA-256 of the canonical text, in hexadecimal.
func (r Release) Hash() (string, error) {
	b, err := r.Canonical()
	if err != nil {
		return "", err
	}
	return fingerprint(b), nil
}

func fingerprint(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// ReadRelease reads a release and checks that it holds together. A field that
// is not known is an error: it might show what nobody attacked.
func ReadRelease(b []byte) (Release, error) {
	var r Release
	if err := strict(b, &r); err != nil {
		return Release{}, fmt.Errorf("the release cannot be read: %w", err)
	}
	return r, r.Check()
}

// ReadBundle reads a bundle and checks every release in it.
func ReadBundle(b []byte) (Bundle, error) {
	var v Bundle
	if err := strict(b, &v); err != nil {
		return Bundle{}, fmt.Errorf("the bundle cannot be read: %w", err)
	}
	if err := v.Release.Check(); err != nil {
		return Bundle{}, err
	}
	if len(v.Earlier) > mostEarlier {
		return Bundle{}, fmt.Errorf("the bundle has %d earlier releases, and at most %d are read", len(v.Earlier), mostEarlier)
	}
	quantities := v.Release.quantities()
	for i, r := range v.Earlier {
		if err := r.Check(); err != nil {
			return Bundle{}, fmt.Errorf("earlier release %d: %w", i+1, err)
		}
		quantities += r.quantities()
	}
	if quantities > 5*mostQuantities {
		return Bundle{}, fmt.Errorf("the releases of the bundle have %d quantities together, and at most %d are attacked", quantities, 5*mostQuantities)
	}
	return v, v.Public.Check()
}

func strict(b []byte, to any) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.DisallowUnknownFields()
	if err := d.Decode(to); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return errors.New("there is more after its end")
	}
	return nil
}

// Check returns an error that names what cannot be.
func (k Knowledge) Check() error {
	if n := max(len(k.Eligible), len(k.AtMost), len(k.Answered)); n > mostKnown || len(k.Moves) > mostKnown {
		return fmt.Errorf("%d numbers of eligible people and %d of people who moved, and at most %d of each are read", n, len(k.Moves), mostKnown)
	}
	for what, list := range map[string][]Eligible{"eligible people": k.Eligible, "people at most": k.AtMost, "people who answered": k.Answered} {
		for _, e := range list {
			if e.People < 0 || e.People > crowd {
				return fmt.Errorf("wave %s, %s: %d %s", e.Wave, e.Cell, e.People, what)
			}
		}
	}
	for _, m := range k.Moves {
		if m.Left < 0 || m.Joined < 0 || m.Left > crowd || m.Joined > crowd {
			return fmt.Errorf("waves %s and %s, %s: %d left and %d joined", m.From, m.To, m.Cell, m.Left, m.Joined)
		}
	}
	return nil
}

// Check returns an error that names what does not hold together, or that no
// release of these rules would show.
func (r Release) Check() error {
	if r.Format != Format {
		return fmt.Errorf("the release has the format %q, and this program reads %q", r.Format, Format)
	}
	if err := r.Shape.Check(); err != nil {
		return err
	}
	if err := r.Rules.sane(); err != nil {
		return err
	}
	if len(r.Cells) != len(r.Lattice.Units) {
		return fmt.Errorf("wave %s: cells of %d units, and there are %d", r.Wave, len(r.Cells), len(r.Lattice.Units))
	}
	if len(r.Spread) != len(r.Scores) {
		return fmt.Errorf("wave %s: the spread of %d scores, and there are %d", r.Wave, len(r.Spread), len(r.Scores))
	}
	for u, row := range r.Cells {
		if len(row) != r.Lattice.columns() {
			return fmt.Errorf("wave %s: unit %s has %d cells, not %d", r.Wave, r.Lattice.Units[u].Code, len(row), r.Lattice.columns())
		}
		for g, f := range row {
			if f == nil {
				continue
			}
			if err := r.checkFigures(f); err != nil {
				return fmt.Errorf("wave %s, %s: %w", r.Wave, r.Lattice.cell(u*len(row)+g), err)
			}
		}
	}
	return nil
}

func (r Release) checkFigures(f *Figures) error {
	if len(f.Questions) != len(r.Questions) || len(f.Scores) != len(r.Scores) {
		return fmt.Errorf("%d questions and %d scores, not %d and %d", len(f.Questions), len(f.Scores), len(r.Questions), len(r.Scores))
	}
	if _, _, ok := r.Rules.bases(f.Base, r.Rules.Minimum); !ok || f.Base > crowd {
		return fmt.Errorf("no base is shown as %d", f.Base)
	}
	for i, s := range f.Questions {
		if s == nil {
			continue
		}
		if s.Base > crowd {
			return fmt.Errorf("question %s: no base is shown as %d", r.Questions[i].ID, s.Base)
		}
		if _, _, ok := r.Rules.answers(r.Questions[i], *s, crowd); !ok {
			return fmt.Errorf("question %s: no answers of people give these figures", r.Questions[i].ID)
		}
	}
	for i, m := range f.Scores {
		if m == nil {
			continue
		}
		sc := r.Scores[i]
		if _, _, ok := r.Rules.bases(m.Base, r.Rules.Scores); !ok || m.Base > crowd {
			return fmt.Errorf("score %s: no base is shown as %d", sc.ID, m.Base)
		}
		if !(sc.Worst <= m.Low && m.Low <= m.Mean && m.Mean <= m.High && m.High <= sc.Best) {
			return fmt.Errorf("score %s: %v is not between %v and %v", sc.ID, m.Mean, m.Low, m.High)
		}
		for _, v := range []float64{m.Mean, m.Low, m.High} {
			if math.Abs(v-decimal(v, Decimals(m.Base))) > tiny {
				return fmt.Errorf("score %s: %v has more decimals than its base of %d may have", sc.ID, v, m.Base)
			}
		}
	}
	return nil
}
