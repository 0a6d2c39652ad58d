package study

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/prove/sheet"
	"commonweal/law"
)

// Library is the figures that the organisation has loaded already.
type Library interface {
	// Table gives figures of measures as CSV: a row a unit and time, headed unit and time,
	// and a column a measure, headed by its code.
	Table(ctx context.Context, org string, measures []string, unit, time string) ([]byte, error)
	// Loaded is the first load of figures of these measures that lie in a window; the zero
	// value where there was none.
	Loaded(ctx context.Context, org string, measures []string, w Window) (Load, error)
	// Covers is how many times each figure of a measure speaks of; NotFound where there is no
	// such measure.
	Covers(ctx context.Context, org, measure string) (int, error)
	// LoadedFile is the first load of a file with this SHA-256.
	LoadedFile(ctx context.Context, org, sha256 string) (Load, error)
}

// Load is an earlier import of figures.
type Load struct {
	ID  string // ids rise with time
	Day law.Date
}

// UseLibrary gives the service the figures that are loaded here. Without it studies are
// locked to files alone, and nothing is known of what was loaded before.
func (s *Service) UseLibrary(l Library) { s.library = l }

// Measures are the codes of measures of the library that the specification names: all the
// columns that hold numbers, where its data come from the library.
func (s Spec) Measures() []string {
	if !s.Data.Library {
		return nil
	}
	return s.numbers()
}

// LockToLibrary ties a registered study to the figures of the library that it names.
func (s *Service) LockToLibrary(ctx context.Context, actor, org, code string) (Study, error) {
	study, err := s.One(ctx, org, code)
	if err != nil {
		return study, err
	}
	measures := study.Spec.Measures()
	if len(measures) == 0 || s.library == nil {
		return study, fault.Errorf(fault.Conflict, "study %s takes its data from a file: give the file", code)
	}
	raw, err := s.library.Table(ctx, org, measures, study.Spec.Unit, study.Spec.Time)
	if err != nil {
		return study, err
	}
	load, err := s.library.Loaded(ctx, org, measures, study.Spec.Window)
	if err != nil {
		return study, err
	}
	return s.lock(ctx, actor, org, study, raw, load)
}

// lock ties a study to data, and says when figures of them were loaded before it was
// registered.
func (s *Service) lock(ctx context.Context, actor, org string, study Study, raw []byte, load Load) (Study, error) {
	d, err := LockData(study.Spec, strings.NewReader(string(raw)))
	if err != nil {
		return study, err
	}
	f, err := frameOf(study.Spec, d)
	if err == nil {
		err = f.answers(study.Spec)
	}
	if err != nil {
		return study, fault.Errorf(fault.Invalid, "the data: %v", err)
	}
	if load, err = s.seen(ctx, org, study.Spec, d, load); err != nil {
		return study, err
	}
	files := map[string][]byte{dataFile: d.CSV}
	step := Step{Kind: Locked, DataSHA256: d.Hash()}
	if load.ID != "" && load.ID < study.ID {
		step.Loaded = load.Day.String()
		files[loadedFile] = []byte(step.Loaded)
	}
	return s.step(ctx, KindLocked, actor, org, study.Code, step, files)
}

// sound refuses a study of measures that there are not, or whose figures overlap, while
// another can still be registered.
func (s *Service) sound(ctx context.Context, org string, spec Spec) error {
	if s.library == nil {
		return nil
	}
	measures := spec.Measures()
	for _, o := range spec.Outcomes {
		if o.Measure != "" && !slices.Contains(measures, o.Measure) {
			measures = append(measures, o.Measure)
		}
	}
	for _, code := range measures {
		covers, err := s.library.Covers(ctx, org, code)
		if fault.Is(err, fault.NotFound) {
			return fault.Errorf(fault.Invalid, "there is no measure %s: a study names those that are there", code)
		}
		if err != nil {
			return err
		}
		if covers > 1 {
			return fault.Errorf(fault.Invalid, "each figure of measure %s speaks of %d times at once: such figures overlap, and carry what was before the start into the time after it. Take a measure of single times", code, covers)
		}
	}
	return nil
}

// seen is the first load of figures of the data: of the file itself, or of a measure of
// ours that has the same figures for the same units and times, in whatever file they came.
func (s *Service) seen(ctx context.Context, org string, spec Spec, d Data, load Load) (Load, error) {
	if s.library == nil || spec.Data.Library {
		return load, nil
	}
	for _, o := range spec.Outcomes {
		if o.Measure == "" {
			continue
		}
		first, err := s.library.Loaded(ctx, org, []string{o.Measure}, spec.Window)
		if err != nil {
			return load, err
		}
		if first.ID == "" || load.ID != "" && load.ID < first.ID {
			continue
		}
		raw, err := s.library.Table(ctx, org, []string{o.Measure}, spec.Unit, spec.Time)
		if err != nil {
			return load, err
		}
		same, err := d.shares(spec, o, raw)
		if err != nil {
			return load, err
		}
		if same {
			load = first
		}
	}
	return load, nil
}

// shares reports whether a table of the library has one of the figures of an outcome, for
// the same unit and time.
func (d Data) shares(s Spec, o Outcome, table []byte) (bool, error) {
	in, err := sheet.Read(bytes.NewReader(table))
	if err != nil {
		return false, err
	}
	type key struct {
		unit string
		time int
	}
	figures := func(in *sheet.Sheet, column string) (map[key]float64, error) {
		units, err := in.Text(s.Unit)
		if err != nil {
			return nil, err
		}
		times, err := timesOf(in, s.Time)
		if err != nil {
			return nil, err
		}
		values, err := in.Numbers(column)
		out := map[key]float64{}
		for i, v := range values {
			out[key{units[i], times[i]}] = v
		}
		return out, err
	}
	ours, err := figures(in, o.Measure)
	if err != nil {
		return false, err
	}
	theirs, err := figures(d.sheet, o.Column)
	if err != nil {
		return false, err
	}
	for k, v := range theirs {
		if known, ok := ours[k]; ok && known == v {
			return true, nil
		}
	}
	return false, nil
}

// Table writes rows of a library as a study reads them. values holds, by unit and time,
// the text of each column's figure.
func Table(unit, time string, columns []string, values map[[2]string]map[string]string) []byte {
	keys := make([][2]string, 0, len(values))
	for k := range values {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(a, b [2]string) int { return slices.Compare(a[:], b[:]) })
	rows := [][]string{append([]string{unit, time}, columns...)}
	for _, k := range keys {
		row := []string{k[0], k[1]}
		for _, c := range columns {
			row = append(row, values[k][c])
		}
		rows = append(rows, row)
	}
	return rowsAsCSV(rows)
}

// Covers reports which outcome of the specification is a measure; -1 where none is.
func (s Spec) Covers(measure string) int {
	return slices.IndexFunc(s.Outcomes, func(o Outcome) bool { return o.Measure == measure || s.Data.Library && o.Column == measure })
}

// Shown reports whether everybody may see what the run said: once it was published, and
// also where the study was run and then withdrawn, so that withdrawing buries nothing.
func (s Study) Shown() bool {
	_, published := s.Step(Published)
	_, ran := s.Step(Ran)
	return published || ran && s.Stage() == Withdrawn
}

// Waits says in words what a study has come to that shows nothing yet.
func (s Study) Waits() string {
	switch s.Stage() {
	case Registered:
		return "It is registered, and its data have not been looked at."
	case Locked:
		return "It is locked to its data, and has not been run."
	case Ran:
		return "It has been run, and is not published."
	case Withdrawn:
		last := s.Steps[len(s.Steps)-1]
		return fmt.Sprintf("It was withdrawn on %s: %s", last.Day.Words(), full(last.Reason))
	}
	return ""
}

func full(s string) string { return strings.TrimRight(strings.TrimSpace(s), ".") + "." }
