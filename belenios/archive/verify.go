package archive

import (
	"context"
	"errors"
	"fmt"
	"io"
)

// Options of a verification. The zero value checks everything there is.
type Options struct {
	// Kept are heads of this archive that were kept earlier, here or elsewhere.
	// Each must still be in it: otherwise something was taken out or changed.
	Kept []Head
	// Known is a head up to which the caller has verified the archive before. The
	// proofs of the ballots up to it are not checked again, and the report says so.
	Known *Head
}

// Verify checks an archive: everything that can be checked without a secret.
//
// What is wrong with the archive is in the report; the error is for what kept
// the verification from being done, a disk that fails or a cancelled context.
// The archive is read twice and need not fit into memory. All processors are
// used.
func Verify(ctx context.Context, in io.ReaderAt, size int64, o Options) (*Report, error) {
	_, report, err := Load(ctx, in, size, o)
	return report, err
}

// Load verifies an archive and returns what it holds, so that the next step can
// be made. If the report has findings there is no state: nobody goes on from
// what does not verify.
func Load(ctx context.Context, in io.ReaderAt, size int64, o Options) (*State, *Report, error) {
	w := &watched{ReaderAt: in}
	v := &verification{options: o, report: newReport()}
	v.in = w
	if o.Known != nil {
		v.options.Kept = append(append([]Head{}, o.Kept...), *o.Known)
	}
	v.scan(io.NewSectionReader(w, 0, size))
	var err error
	if v.report.OK() {
		err = v.prove(ctx)
	}
	switch {
	case err != nil:
		return nil, nil, err
	case w.fault() != nil:
		return nil, nil, fmt.Errorf("the archive cannot be read: %w", w.fault())
	}
	v.report.judge()
	if !v.report.OK() {
		return nil, v.report, nil
	}
	return &v.State, v.report, nil
}

// verification is one run of [Load].
type verification struct {
	State
	options Options
	report  *Report
	records int
}

// scan reads the archive from beginning to end and notes what it holds.
func (v *verification) scan(in io.Reader) {
	r, err := NewReader(in)
	if err != nil {
		v.report.find("archive", "%v", err)
		return
	}
	v.records = 1
	err = walk(NewScanner(r, v.setUp), v.step)
	v.describe()
	v.report.CutShort = errors.Is(err, ErrTorn)
	switch {
	case err != nil && v.head == nil:
		v.report.find("archive", "%v", err)
		return
	case err != nil:
		v.report.find(fmt.Sprintf("after event %d", v.head.Height), "%v", err)
		return
	case v.head == nil:
		v.report.find("archive", "it has no events: %s", v.stage.Sentence())
		return
	}
	v.report.checked(v.records, "%s, each in the one form it may have, named by the hash of its contents, none twice and none left over", count(v.records, "record", "records"))
	v.report.checked(v.head.Height+1, "%s, each naming the one before it, in the only order there is", count(v.head.Height+1, "event", "events"))
	v.checkKept()
}

// step notes a step and compares it with the heads that were kept.
func (v *verification) step(s Step) error {
	v.records += len(s.Data) + 1
	if err := v.take(s); err != nil {
		return fmt.Errorf("event %d: %s: %w", s.Event.Height, s.Event.Type, err)
	}
	for _, kept := range v.options.Kept {
		if kept.Height == s.Head.Height && kept.Hash != s.Head.Hash {
			v.report.find(fmt.Sprintf("event %d", kept.Height),
				"its hash was %s when a head was kept and is %s here: the archive was changed, or is another", kept.Hash, s.Head.Hash)
		}
	}
	return nil
}

// checkKept finds heads that are higher than the archive.
func (v *verification) checkKept() {
	for _, kept := range v.options.Kept {
		if kept.Height > v.head.Height {
			v.report.find(fmt.Sprintf("event %d", kept.Height), "a head of it was kept and it is no longer there: something was taken out")
		}
	}
	if n := len(v.options.Kept); n > 0 && v.report.OK() {
		v.report.checked(n, "nothing was taken out or changed since %s", count(n, "head was kept", "heads were kept"))
	}
}
