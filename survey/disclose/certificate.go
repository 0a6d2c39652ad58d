package disclose

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
)

// Version names the attacker. It changes whenever the attacker finds more, or
// other things, than before.
const Version = "commonweal disclosure attack 3"

// Certificate says what the attacker tried on a release, and that it found
// nothing.
type Certificate struct {
	Version string `json:"version"`
	// Release is the SHA-256 of the canonical text of the release.
	Release string `json:"release"`
	// Earlier are the hashes of the releases it was attacked together with, in
	// their order.
	Earlier []string `json:"earlier"`
	// Public is the hash of what else the attacker was given to know.
	Public string `json:"public"`
	Rules  Rules  `json:"rules"`
	Effort Effort `json:"effort"`
	// Shown and Hidden count cells, and figures within them.
	Shown  Tally `json:"shown"`
	Hidden Tally `json:"hidden"`
}

// Effort is how hard the attacker tried.
type Effort struct {
	Quantities int `json:"quantities"` // hidden quantities attacked
	Bounded    int `json:"bounded"`    // of them, where carrying bounds along was all that could be done
	Networks   int `json:"networks"`   // networks solved
	Paths      int `json:"paths"`      // ways found through them
	Programmes int `json:"programmes"` // linear programmes solved
	Pivots     int `json:"pivots"`
}

// Tally counts cells, and the questions and scores in cells of the whole lattice.
type Tally struct {
	Cells     int `json:"cells"`
	Questions int `json:"questions"`
	Scores    int `json:"scores"`
}

// Found is one hidden quantity that the attacker knows too well.
type Found struct {
	Wave string `json:"wave"`
	Cell
	// What is "people", "answers", "score", or, between two waves, "left" and
	// "joined".
	What     string `json:"what"`
	Question string `json:"question,omitempty"`
	Option   int    `json:"option,omitempty"`
	// Side is [Favourable] or [Otherwise] where it is not one option but all of a side.
	Side  string `json:"side,omitempty"`
	Score string `json:"score,omitempty"`
	// Rest: the quantity is not of the cell itself but of what is left of it
	// when every part that is shown is taken away.
	Rest bool `json:"rest,omitempty"`
	// Low and High are what the attacker knows it to lie between.
	Low  float64 `json:"low"`
	High float64 `json:"high"`
	// Width is how wide that would have to be.
	Width float64 `json:"width"`
}

// The two sides of a question.
const (
	Favourable = "favourable"
	Otherwise  = "otherwise"
)

// String says what is known, in words.
func (f Found) String() string {
	where := f.Cell.String()
	if f.Rest {
		where = "what is hidden of " + where
	}
	what := "respondents"
	switch {
	case f.Side != "":
		what = "respondents who answered " + f.Question + " with an option that is " + f.Side
		if f.Side == Otherwise {
			what = "respondents who answered " + f.Question + " with an option that is not favourable"
		}
	case f.Question != "":
		what = "respondents who answered " + f.Question + " with option " + strconv.Itoa(f.Option)
	case f.Score != "":
		what = "score " + f.Score + " (sum over or under what is usual)"
	}
	if f.What == "left" || f.What == "joined" {
		what += ", of those who " + f.What
	}
	return fmt.Sprintf("wave %s, %s: %s: between %s and %s", f.Wave, where, what, number(f.Low), number(f.High))
}

func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

// certify writes down what the last attack, on the finished release, has tried
// in vain.
func (p *protector) certify(earlier []Release, public Knowledge) (Release, Certificate, error) {
	var err error
	cert := Certificate{Version: Version, Earlier: []string{}, Rules: p.release.Rules, Effort: p.effort}
	if cert.Release, err = p.release.Hash(); err != nil {
		return Release{}, Certificate{}, err
	}
	for _, r := range earlier {
		h, err := r.Hash()
		if err != nil {
			return Release{}, Certificate{}, err
		}
		cert.Earlier = append(cert.Earlier, h)
	}
	if cert.Public, err = public.hash(); err != nil {
		return Release{}, Certificate{}, err
	}
	cert.Shown, cert.Hidden = p.release.Tally()
	return p.release, cert, nil
}

// Tally counts what is shown and what is not. A hidden cell hides all of its
// questions and scores.
func (r Release) Tally() (shown, hidden Tally) {
	for _, row := range r.Cells {
		for _, f := range row {
			if f == nil {
				hidden.Cells++
				hidden.Questions += len(r.Questions)
				hidden.Scores += len(r.Scores)
				continue
			}
			shown.Cells++
			for _, s := range f.Questions {
				shown.Questions += btoi(s != nil)
				hidden.Questions += btoi(s == nil)
			}
			for _, m := range f.Scores {
				shown.Scores += btoi(m != nil)
				hidden.Scores += btoi(m == nil)
			}
		}
	}
	return shown, hidden
}

func (k Knowledge) hash() (string, error) {
	b, err := json.Marshal(k)
	if err != nil {
		return "", err
	}
	return fingerprint(b), nil
}

// ErrTampered is of a certificate that is not that of the bundle it came with.
var ErrTampered = errors.New("the certificate is not of this release")

// Bundle is a release with all that is needed to attack it again: one file
// that anyone may check with commonweal survey audit.
type Bundle struct {
	Release     Release     `json:"release"`
	Earlier     []Release   `json:"earlier,omitempty"`
	Public      Knowledge   `json:"public"`
	Certificate Certificate `json:"certificate"`
}

// Check says whether the certificate is that of the bundle's release, with its
// earlier releases and public knowledge; if not the error is or wraps
// [ErrTampered]. It does not attack.
func (b Bundle) Check() error {
	is, err := b.Release.Hash()
	if err != nil {
		return err
	}
	if is != b.Certificate.Release {
		return fmt.Errorf("%w: the release has the hash %s, and the certificate is of %s", ErrTampered, is, b.Certificate.Release)
	}
	if len(b.Earlier) != len(b.Certificate.Earlier) {
		return fmt.Errorf("%w: it names %d earlier releases, and there are %d", ErrTampered, len(b.Certificate.Earlier), len(b.Earlier))
	}
	for i, r := range b.Earlier {
		is, err := r.Hash()
		if err != nil {
			return err
		}
		if is != b.Certificate.Earlier[i] {
			return fmt.Errorf("%w: earlier release %d, of wave %s, has the hash %s, and the certificate names %s", ErrTampered, i+1, r.Wave, is, b.Certificate.Earlier[i])
		}
	}
	if is, err = b.Public.hash(); err != nil {
		return err
	}
	if is != b.Certificate.Public {
		return fmt.Errorf("%w: what the attacker was given to know has another hash", ErrTampered)
	}
	if b.Certificate.Rules != b.Release.Rules {
		return fmt.Errorf("%w: its rules are not those of the release", ErrTampered)
	}
	if shown, hidden := b.Release.Tally(); shown != b.Certificate.Shown || hidden != b.Certificate.Hidden {
		return fmt.Errorf("%w: it counts other figures than are shown", ErrTampered)
	}
	return nil
}
