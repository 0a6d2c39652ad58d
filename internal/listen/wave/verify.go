package wave

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/survey/token"
)

// Report is what a check of a bundle came to.
type Report struct {
	Wave, Code, Title       string
	Eligible, Issued, Spent int
	Answers                 int  // with passes and on paper, once it is settled
	BySlips                 int  // of them, by slips
	Settled                 bool // the last pass is counted
	KeyHash, NoticeHash     string
	Size                    int64 // entries of the record under the checkpoint
	Counted                 int   // batch that has the token that was asked for; 0 for none
	Findings                []string
}

// OK reports whether nothing was found.
func (r *Report) OK() bool { return len(r.Findings) == 0 }

// announced is what is read of a notice.
type announced struct {
	Format       string `json:"format"`
	Organisation string `json:"organisation"`
	Wave         string `json:"wave"`
	Code         string `json:"code"`
	Title        string `json:"title"`
	Census       struct {
		Eligible int `json:"eligible"`
	} `json:"census"`
	Key       string `json:"key"`
	KeySHA256 string `json:"key_sha256"`
}

// Verify checks a bundle of a wave without any server: that everything it says is under
// the signed head of the record, that the key is the one of the notice, and that no more
// passes are spent than issued, nor issued than there are people asked. With a token it
// looks for that too: that it is one of the wave, and in which batch it is counted.
//
// The checkpoint must be signed with key, in the text form of a note; "" is the key in the
// bundle, which shows that the bundle is whole and not that it is genuine.
func Verify(b Bundle, key, ownToken string) (*Report, error) {
	if key == "" {
		key = b.Key
	}
	verifier, err := note.NewVerifier(key)
	if err != nil {
		return nil, fault.Wrap(fault.Invalid, err, "the verifier key cannot be read")
	}
	v := &verifying{report: &Report{}, b: b}
	if err := json.Unmarshal([]byte(b.Notice), &v.notice); err != nil || v.notice.Format != NoticeFormat {
		return nil, fault.Errorf(fault.Invalid, "the bundle has no notice that this program reads")
	}
	n, r := v.notice, v.report
	r.Wave, r.Code, r.Title, r.Eligible = n.Wave, n.Code, n.Title, n.Census.Eligible
	r.NoticeHash, r.KeyHash = hashOf([]byte(b.Notice)), n.KeySHA256
	size, root, err := journal.OpenCheckpoint(b.Checkpoint, journal.Origin(n.Organisation), verifier)
	if err != nil {
		v.expect(false, "The head of the record is not signed with the key: %v.", err)
		return r, nil
	}
	r.Size = size
	v.entries(size, root)
	v.key(ownToken)
	v.batches()
	v.expect(r.Issued <= r.Eligible, "%d passes are issued to %d people.", r.Issued, r.Eligible)
	v.expect(r.Spent <= r.Issued, "%d passes are spent, and %d are issued.", r.Spent, r.Issued)
	if r.Settled { // passes that nobody used leave no room for slips that nobody was given
		v.expect(r.Answers <= r.Spent, "%d answers came, and %d passes are spent.", r.Answers, r.Spent)
		v.expect(r.BySlips <= v.slips, "%d answers came by slips, and %d slips are given.", r.BySlips, v.slips)
		v.expect(r.Answers-r.BySlips <= r.Issued-v.slips, "%d answers came by passes, and %d passes are issued besides slips.", r.Answers-r.BySlips, r.Issued-v.slips)
	}
	return r, nil
}

type verifying struct {
	report *Report
	b      Bundle
	notice announced
	called bool
	slips  int               // given out
	spent  []journal.Content // entries of batches, in order
}

func (v *verifying) expect(ok bool, format string, args ...any) {
	if !ok {
		v.report.Findings = append(v.report.Findings, fmt.Sprintf(format, args...))
	}
}

// entries checks that each entry is under the head, and takes from it what it says.
func (v *verifying) entries(size int64, root tlog.Hash) {
	last := int64(-1)
	for _, e := range v.b.Entries {
		v.expect(e.Seq > last, "Entry %d comes twice or out of order.", e.Seq)
		last = e.Seq
		o, proof, err := e.opened()
		if err != nil {
			v.expect(false, "Entry %d: %v.", e.Seq, err)
			continue
		}
		c, err := o.Content()
		if err != nil {
			v.expect(false, "Entry %d: %v.", e.Seq, err)
			continue
		}
		leaf, err := o.Leaf()
		if err == nil && (e.Seq < 0 || e.Seq >= size) {
			err = fmt.Errorf("the head has %d entries", size)
		}
		if err == nil {
			err = tlog.CheckRecord(proof, size, root, e.Seq, tlog.RecordHash([]byte(leaf)))
		}
		if err != nil {
			v.expect(false, "Entry %d is not under the head of the record: %v.", e.Seq, err)
			continue
		}
		if c.Org != v.notice.Organisation || c.Detail["wave"] != v.notice.Wave {
			v.expect(false, "Entry %d is about something else.", e.Seq)
			continue
		}
		v.entry(c)
	}
	v.expect(v.called, "The record has no entry that the survey was called with this notice.")
}

func number(c journal.Content, name string) int {
	n, ok := c.Detail[name].(json.Number)
	if !ok {
		return 0
	}
	i, err := n.Int64()
	if err != nil {
		return -1
	}
	return int(i)
}

func (v *verifying) entry(c journal.Content) {
	r := v.report
	switch c.Kind {
	case "survey.called":
		v.expect(!v.called, "The survey was called twice.")
		v.called = true
		v.expect(c.Detail["notice"] == r.NoticeHash, "The notice is not the one that is in the record.")
		v.expect(c.Detail["key"] == r.KeyHash, "The key of the notice is not the one that is in the record.")
		v.expect(number(c, "eligible") == r.Eligible, "The notice says that %d are asked, and the record %d.", r.Eligible, number(c, "eligible"))
	case "survey.tokens_issued":
		r.Issued += number(c, "issued")
	case "survey.slip_given":
		r.Issued++
		v.slips++
	case "survey.tokens_spent":
		v.spent = append(v.spent, c)
	case "survey.settled", "survey.abandoned":
		r.Issued += number(c, "issued")
		if c.Kind == "survey.settled" {
			r.Settled, r.Answers, r.BySlips = true, number(c, "answers"), number(c, "by_slips")
		}
	}
}

// key checks that the key has the hash of the notice, and a token with it.
func (v *verifying) key(ownToken string) {
	der, err := base64.StdEncoding.DecodeString(v.notice.Key)
	var public token.PublicKey
	if err == nil {
		public, err = token.ParsePublic(der, v.notice.KeySHA256)
	}
	v.expect(err == nil, "The key of the notice does not have the hash that stands beside it: %v.", err)
	if ownToken == "" || err != nil {
		return
	}
	t, err := token.Parse(ownToken)
	if err == nil {
		err = public.Verify(t, v.notice.Wave)
	}
	if err != nil {
		v.expect(false, "The pass is not one of this survey: %v.", err)
		return
	}
	for _, b := range v.b.Batches {
		if slices.Contains(b.Hashes, t.SpentHash()) {
			v.report.Counted = b.Number
		}
	}
	v.expect(v.report.Counted > 0, "The pass is one of this survey and is not counted in it.")
}

// batches checks every batch against its entry.
func (v *verifying) batches() {
	v.expect(len(v.b.Batches) == len(v.spent), "The record has %d batches of spent passes, and the bundle %d.", len(v.spent), len(v.b.Batches))
	seen := map[string]bool{}
	for i, b := range v.b.Batches {
		v.report.Spent += len(b.Hashes)
		v.expect(b.Number == i+1, "Batch %d comes where %d should.", b.Number, i+1)
		v.expect(slices.IsSorted(b.Hashes), "Batch %d is not sorted.", b.Number)
		for _, h := range b.Hashes {
			v.expect(!seen[h], "A pass is counted twice: %s.", h)
			seen[h] = true
		}
		if i >= len(v.spent) {
			continue
		}
		c := v.spent[i]
		v.expect(c.Detail["sha256"] == hashOf([]byte(batchText(b.Hashes))) && number(c, "batch") == b.Number && number(c, "spent") == len(b.Hashes),
			"Batch %d is not the one that is in the record.", b.Number)
		v.expect(len(b.Hashes) >= leastBatch || i == len(v.b.Batches)-1, "Batch %d has %d passes, fewer than %d.", b.Number, len(b.Hashes), leastBatch)
	}
}
