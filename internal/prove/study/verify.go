package study

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/world"
	"commonweal/law"
)

// Report is what a check of a bundle came to.
type Report struct {
	Findings []string // what was altered, or is not what the bundle says
	// Differs is what this version of the program gives otherwise than the one that made
	// the bundle, where the files are the ones that the manifest names.
	Differs    []string
	Notes      []string // what is no fault, and whoever reads the bundle should know
	Again      *Bundle  // what the run gave now; nil where it could not be run
	Registered bool     // with proof
	Size       int64
}

// OK reports whether all agrees: nothing was altered, and the run gives the same bytes.
func (r *Report) OK() bool { return !r.Altered() && len(r.Differs) == 0 }

// Altered reports whether the bundle is not as it was made, as far as it can be told.
// Other figures of another version of the program are not that.
func (r *Report) Altered() bool { return len(r.Findings) > 0 }

func (r *Report) expect(ok bool, format string, args ...any) {
	if !ok {
		r.Findings = append(r.Findings, fmt.Sprintf(format, args...))
	}
}

// Verify checks a bundle without any server: that the hashes are those of the files, that
// the record has the registration and the lock, in that order, where the bundle says so,
// and that the run gives the same bytes again.
//
// The checkpoint must be signed with key, in the text form of a note; "" is the key in the
// bundle, which shows that the bundle is whole and not that it is genuine.
//
// program is the version that runs now. Where it is another than made the bundle, and the
// files are those that the manifest names, figures that differ are told apart from a
// bundle that was altered; "" is a version that is not known.
func Verify(b *Bundle, key, program string) (*Report, error) {
	r, m := &Report{}, b.Manifest
	spec, err := b.Spec.Hash()
	if err != nil {
		return nil, err
	}
	r.expect(spec == m.SpecSHA256, "spec.json has the hash %s, and the manifest says %.64s.", spec, m.SpecSHA256)
	r.expect(b.Data.Hash() == m.DataSHA256, "data.csv has the hash %s, and the manifest says %.64s.", b.Data.Hash(), m.DataSHA256)
	r.expect(hashOf(b.JSON) == m.OutputSHA256, "output.json has the hash %s, and the manifest says %.64s.", hashOf(b.JSON), m.OutputSHA256)
	r.expect(b.Spec.Seed == m.Seed, "The specification has the seed %d, and the manifest says %d.", b.Spec.Seed, m.Seed)
	switch {
	case m.Record != nil:
		if err := r.record(b, key); err != nil {
			return nil, err
		}
	case m.Registration.Registered():
		r.expect(false, "The bundle says that the study was registered on %.10s, and has no proof of it.", m.Registration.Day)
	default:
		r.expect(m.Registration == (Registration{}) && m.Withdrawn == "", "The bundle says that the study was locked, loaded or withdrawn, and not that it was registered.")
	}
	if b.repacked {
		r.Notes = append(r.Notes, "Another program put the files in the zip file: this one would write it otherwise. What is in them was checked.")
	}
	if m.Withdrawn != "" {
		r.Notes = append(r.Notes, fmt.Sprintf("The study was withdrawn on %.10s. Why is on its page.", m.Withdrawn))
	}
	r.again(b, program)
	return r, nil
}

// again runs the study again and sets what comes out beside what the bundle holds.
func (r *Report) again(b *Bundle, program string) {
	made := b.Manifest.Program
	other := !r.Altered() && made != program && made != "" && program != ""
	add := func(text string) {
		if other {
			r.Differs = append(r.Differs, text)
		} else {
			r.Findings = append(r.Findings, text)
		}
	}
	again, err := Again(b)
	if err != nil {
		add(fmt.Sprintf("The study cannot be run again: %v.", err))
		return
	}
	r.Again = again
	figures := firstDifference("output.json", b.JSON, again.JSON)
	if figures != "" {
		add(figures)
	}
	if words := firstDifference("output.txt", b.Text, again.Text); words != "" {
		add(words)
	}
	// The manifest does not name output.txt, which is made of output.json.
	if out, err := ReadOutput(b.JSON); err == nil && other && !bytes.Equal(out.Text(), b.Text) {
		add(fmt.Sprintf("output.txt is not what this version makes of the output.json beside it: it was altered, or version %.40q words it otherwise. Go by output.json.", made))
	}
}

// firstDifference names the first line in which two outputs differ; "" where none does.
func firstDifference(name string, stored, again []byte) string {
	if bytes.Equal(stored, again) {
		return ""
	}
	a, b := bytes.Split(stored, []byte("\n")), bytes.Split(again, []byte("\n"))
	for i := range min(len(a), len(b)) {
		if !bytes.Equal(a[i], b[i]) {
			return fmt.Sprintf("%s differs from what the run gives, first in line %d: %.120q is there, and the run gives %.120q.", name, i+1, a[i], b[i])
		}
	}
	return fmt.Sprintf("%s has %d lines, and the run gives %d.", name, len(a), len(b))
}

// record checks that the entries are under the signed head, say what the manifest says,
// and come in order.
func (r *Report) record(b *Bundle, key string) error {
	record, m := b.Manifest.Record, b.Manifest
	if key == "" {
		key = record.Key
	}
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "the verifier key cannot be read")
	}
	size, root, err := journal.OpenCheckpoint(record.Checkpoint, journal.Origin(record.Org), verifier)
	if err != nil {
		r.expect(false, "The head of the record is not signed with the key: %v.", err)
		return nil
	}
	parts := strings.SplitN(record.Key, "+", 3)
	r.expect(len(parts) == 3 && parts[1] == strings.ToLower(parts[1]), "The key in the bundle is not in its one form.")
	r.expect(oneForm(record.Checkpoint), "The signature of the head of the record is not in its one form.")
	r.Size = size
	at := map[string]int64{}
	for _, e := range record.Entries {
		c, err := e.content(size, root)
		if err != nil {
			r.expect(false, "Entry %d: %v.", e.Seq, err)
			continue
		}
		day := dayOf(c.At)
		r.expect(c.Org == record.Org && c.Detail["study"] == b.Spec.Code, "Entry %d is about something else.", e.Seq)
		switch c.Kind {
		case KindRegistered:
			r.expect(c.Detail["spec"] == m.SpecSHA256, "Entry %d registers another specification.", e.Seq)
			r.expect(day == m.Registration.Day, "Entry %d is of %s, and the manifest says %.10s.", e.Seq, day, m.Registration.Day)
		case KindLocked:
			r.expect(c.Detail["data"] == m.DataSHA256, "Entry %d locks the study to other data.", e.Seq)
			loaded, _ := c.Detail["loaded"].(string)
			r.expect(loaded == m.Registration.Loaded, "Entry %d says %q of when figures were loaded before, and the manifest says %.10q.", e.Seq, loaded, m.Registration.Loaded)
			r.expect(day == m.Registration.Locked, "Entry %d is of %s, and the manifest says %.10s.", e.Seq, day, m.Registration.Locked)
		case KindRun:
			r.expect(c.Detail["data"] == m.DataSHA256 && c.Detail["output"] == m.OutputSHA256, "Entry %d is the run of other data, or with another output.", e.Seq)
			// Earlier runs did not say in the record which program made them.
			program, says := c.Detail["program"].(string)
			r.expect(!says || program == m.Program, "Entry %d says that program %q ran it, and the manifest says %.40q.", e.Seq, program, m.Program)
		case KindWithdrawn:
			r.expect(day == m.Withdrawn, "Entry %d withdraws the study on %s, and the manifest says %.10q.", e.Seq, day, m.Withdrawn)
		default:
			r.expect(false, "Entry %d is not one of a study.", e.Seq)
		}
		_, twice := at[c.Kind]
		r.expect(!twice, "Entry %d comes after another of its kind.", e.Seq)
		at[c.Kind] = e.Seq
	}
	registered, has := at[KindRegistered]
	locked, also := at[KindLocked]
	r.expect(has && also, "The record does not show both the registration and the lock.")
	r.expect(!has || !also || registered < locked, "The study was locked to its data in entry %d, before it was registered in entry %d.", locked, registered)
	ran, done := at[KindRun]
	r.expect(done || m.Format == firstBundleFormat, "The record does not show the run.")
	r.expect(!done || locked < ran, "The study was run in entry %d, before it was locked in entry %d.", ran, locked)
	_, withdrawn := at[KindWithdrawn]
	r.expect(withdrawn || m.Withdrawn == "", "The record does not show that the study was withdrawn.")
	r.Registered = r.OK()
	return nil
}

// oneForm reports whether the signatures of a note are written in the one way in which
// their bytes can be: the last letter of base64 has room for more.
func oneForm(signed string) bool {
	_, signatures, _ := strings.Cut(signed, "\n\n")
	for line := range strings.Lines(signatures) {
		at := strings.LastIndex(line, " ")
		if _, err := base64.StdEncoding.Strict().DecodeString(strings.TrimSuffix(line[at+1:], "\n")); err != nil {
			return false
		}
	}
	return true
}

// dayOf is the day in London of an instant of the record, as the rooms count days.
func dayOf(at string) string {
	t, err := time.Parse(world.TimeFormat, at)
	if err != nil {
		return at
	}
	return law.Today(t).String()
}

// content is what an entry says, once it is shown to be under the head.
func (e Entry) content(size int64, root tlog.Hash) (journal.Content, error) {
	salt, err := base64.StdEncoding.Strict().DecodeString(e.Salt)
	if err != nil {
		return journal.Content{}, fmt.Errorf("its salt is not base64")
	}
	var proof tlog.RecordProof
	for _, text := range e.Proof {
		raw, err := base64.StdEncoding.Strict().DecodeString(text)
		if err != nil || len(raw) != tlog.HashSize {
			return journal.Content{}, fmt.Errorf("its proof is not made of hashes")
		}
		proof = append(proof, tlog.Hash(raw))
	}
	o := journal.Opened{Seq: e.Seq, Body: []byte(e.Body), Salt: salt}
	c, err := o.Content()
	if err != nil {
		return c, err
	}
	leaf, err := o.Leaf()
	if err != nil {
		return c, err
	}
	if e.Seq < 0 || e.Seq >= size {
		return c, fmt.Errorf("the head has %d entries", size)
	}
	if err := tlog.CheckRecord(proof, size, root, e.Seq, tlog.RecordHash([]byte(leaf))); err != nil {
		return c, fmt.Errorf("it is not under the head of the record: %w", err)
	}
	return c, nil
}
