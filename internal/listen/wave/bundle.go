package wave

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"io"
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
)

// BundleFormat names the layout of a bundle of a wave. [Verify] refuses another.
const BundleFormat = "commonweal-wave/1"

// Bundle is what anybody needs to check a wave offline. It names no person that was asked.
type Bundle struct {
	Format     string        `json:"format"`
	Notice     string        `json:"notice"` // canonical JSON, as it was hashed
	Batches    []BundleBatch `json:"batches"`
	Entries    []BundleEntry `json:"entries"`    // of the record, about this wave
	Checkpoint string        `json:"checkpoint"` // signed head that the proofs lead to
	Key        string        `json:"key"`        // of the checkpoint, in the text form of a note
}

// BundleBatch is one batch of hashes of spent passes.
type BundleBatch struct {
	Number int      `json:"number"`
	Day    string   `json:"day"`
	Hashes []string `json:"hashes"`
}

// BundleEntry is one entry of the record with the proof that it is under the checkpoint.
type BundleEntry struct {
	Seq   int64    `json:"seq"`
	Body  string   `json:"body"`
	Salt  string   `json:"salt"`  // base64
	Proof []string `json:"proof"` // base64, from the leaf to the root
}

// shownEntries are the kinds of entries that a bundle has.
var shownEntries = []string{
	"survey.called", "survey.published", "survey.tokens_issued", "survey.slip_given", "survey.tokens_spent", "survey.settled", "survey.abandoned", "survey.released",
}

// WriteBundle writes the bundle of a wave that was called: the notice with the key, every
// batch of spent hashes, and the entries of the record about it with their proofs. It has
// what is under the newest signed head and signs none itself: reading changes nothing.
func (s *Service) WriteBundle(ctx context.Context, w io.Writer, org, id string) error {
	wave, err := s.Wave(ctx, org, id)
	if err != nil {
		return err
	}
	if err := wave.checkCalled(); err != nil {
		return err
	}
	b := Bundle{Format: BundleFormat, Notice: string(wave.Notice), Batches: []BundleBatch{}}
	head, err := s.journal.Latest(ctx, org)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	b.Checkpoint = head.Note
	if b.Key, err = s.journal.VerifierKey(org); err != nil {
		return err
	}
	var about []journal.Opened
	err = s.read(ctx, func(tx *db.Tx) error {
		all, err := journal.OpenedIn(ctx, tx, org, "survey.")
		if err != nil {
			return err
		}
		for _, o := range all {
			c, err := o.Content()
			if err != nil {
				return err
			}
			if c.Detail["wave"] == id && slices.Contains(shownEntries, c.Kind) && o.Seq < head.Size {
				about = append(about, o)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	if len(about) == 0 {
		return fault.Errorf(fault.Conflict, "survey %s: the record is not signed yet since the survey was called; it is signed each day", wave.Code)
	}
	batches := 0
	for _, o := range about {
		proof, err := s.journal.ProveInclusion(ctx, org, o.Seq, head.Size)
		if err != nil {
			return err
		}
		e := BundleEntry{Seq: o.Seq, Body: string(o.Body), Salt: encoded(o.Salt)}
		for _, h := range proof.Proof {
			e.Proof = append(e.Proof, encoded(h[:]))
		}
		b.Entries = append(b.Entries, e)
		if c, err := o.Content(); err == nil && c.Kind == "survey.tokens_spent" {
			batches++
		}
	}
	list, err := s.Batches(ctx, org, id)
	if err != nil {
		return err
	}
	for _, one := range list[:min(batches, len(list))] { // those that are under the head
		b.Batches = append(b.Batches, BundleBatch{Number: one.Number, Day: one.Day.String(), Hashes: one.Hashes})
	}
	e := json.NewEncoder(w)
	e.SetIndent("", " ")
	return e.Encode(b)
}

const mostBundleBytes = 256 << 20

// ReadBundle reads a bundle, strictly.
func ReadBundle(r io.Reader) (b Bundle, err error) {
	d := json.NewDecoder(io.LimitReader(r, mostBundleBytes))
	d.DisallowUnknownFields()
	if err := d.Decode(&b); err != nil {
		return b, fault.Wrap(fault.Invalid, err, "this is no bundle of a survey")
	}
	if b.Format != BundleFormat {
		return b, fault.Errorf(fault.Invalid, "the bundle has the format %.40q, and this program reads %q", b.Format, BundleFormat)
	}
	return b, nil
}

func (e BundleEntry) opened() (journal.Opened, tlog.RecordProof, error) {
	salt, err := base64.StdEncoding.DecodeString(e.Salt)
	if err != nil {
		return journal.Opened{}, nil, fault.Errorf(fault.Invalid, "the salt of entry %d is not base64", e.Seq)
	}
	var proof tlog.RecordProof
	for _, text := range e.Proof {
		raw, err := base64.StdEncoding.DecodeString(text)
		if err != nil || len(raw) != tlog.HashSize {
			return journal.Opened{}, nil, fault.Errorf(fault.Invalid, "the proof of entry %d is not made of hashes", e.Seq)
		}
		proof = append(proof, tlog.Hash(raw))
	}
	return journal.Opened{Seq: e.Seq, Body: []byte(e.Body), Salt: salt}, proof, nil
}
