package disclose

import "errors"

var errUnfinished = errors.New("not built yet")

// Protect makes the release of a wave: hides what the rules hide, then the
// cheapest more that leaves the attacker nothing to find in it together with
// all earlier releases of the organisation.
//
// Where that cannot be had the error is a [*Refusal] that lists what the
// attacker still finds; nothing may be published then.
func Protect(c *Cube, earlier []Release, public Knowledge, rules Rules) (Release, Certificate, error) {
	return Release{}, Certificate{}, errUnfinished
}

// Attack tries to recover what releases hide. The error is of releases that do
// not hold together or contradict each other.
func Attack(released []Release, public Knowledge) ([]Found, Effort, error) {
	return nil, Effort{}, errUnfinished
}

// Refusal is the error of a release that cannot be protected.
type Refusal struct{ Found []Found }

func (r *Refusal) Error() string { return "the release gives away what it hides" }

// Bundle is a release with all that is needed to attack it again: one file
// that anyone may check with commonweal survey audit.
type Bundle struct {
	Release     Release     `json:"release"`
	Earlier     []Release   `json:"earlier,omitempty"`
	Public      Knowledge   `json:"public"`
	Certificate Certificate `json:"certificate"`
}

// ErrNotShown is the one answer to a filter that cannot be answered, whatever
// the reason.
var ErrNotShown = errors.New("not shown, to protect the people in it")

// Filter answers an ad-hoc question about several cells together, from figures
// that are shown and nothing else, so that no number of filters tells more than
// the release. Any other union is refused with [ErrNotShown].
func (r Release) Filter(cells []Cell) (Figures, error) { return Figures{}, errUnfinished }

// Canonical writes the release as the one text that stands for it.
func (r Release) Canonical() ([]byte, error) { return nil, errUnfinished }

// Hash is the SHA-256 of the canonical text, in hexadecimal.
func (r Release) Hash() (string, error) { return "", errUnfinished }

// ReadRelease reads a release and checks that it holds together.
func ReadRelease(b []byte) (Release, error) { return Release{}, errUnfinished }

// ReadBundle reads a bundle and checks every release in it.
func ReadBundle(b []byte) (Bundle, error) { return Bundle{}, errUnfinished }

// Check says whether the certificate is that of the bundle's release, with its
// earlier releases and public knowledge. It does not attack.
func (b Bundle) Check() error { return errUnfinished }
