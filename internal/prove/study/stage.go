package study

import (
	"io"
	"slices"

	"commonweal/law"
)

// Stage is how far a study has come.
type Stage string

// The stages. A withdrawn study stays where everybody sees it, with the reason.
const (
	Registered Stage = "registered"
	Locked     Stage = "locked"
	Ran        Stage = "run"
	Published  Stage = "published"
	Withdrawn  Stage = "withdrawn"
)

// Step is something that happened to a study after it was registered.
type Step struct {
	ID           string
	N            int
	Kind         Stage
	Day          law.Date
	DataSHA256   string
	OutputSHA256 string
	Seed         int64
	Program      string
	Reason       string
	By           string
	// Loaded is the day on which figures of the data were first loaded here, of a lock where
	// that was before the study was registered; otherwise "".
	Loaded string
}

// Study is a registered study. What was registered never changes.
type Study struct {
	ID           string
	Code         string
	Spec         Spec
	SHA256       string // of the canonical specification
	Registered   law.Date
	RegisteredBy string
	Steps        []Step // in order
}

// Stage is how far the study has come.
func (s Study) Stage() Stage {
	if len(s.Steps) == 0 {
		return Registered
	}
	return s.Steps[len(s.Steps)-1].Kind
}

// Step is the step of a kind, where there was one.
func (s Study) Step(kind Stage) (Step, bool) {
	at := slices.IndexFunc(s.Steps, func(p Step) bool { return p.Kind == kind })
	if at < 0 {
		return Step{}, false
	}
	return s.Steps[at], true
}

// LockedTo reports whether the study is locked to the data of a file, in whatever order
// its rows stand.
func (s Study) LockedTo(data io.Reader) (bool, error) {
	locked, ok := s.Step(Locked)
	if !ok {
		return false, nil
	}
	d, err := LockData(s.Spec, data)
	return err == nil && d.Hash() == locked.DataSHA256, err
}

// follows says which stages a step may follow.
var follows = map[Stage][]Stage{
	Locked: {Registered}, Ran: {Locked}, Published: {Ran}, Withdrawn: {Registered, Locked, Ran, Published},
}
