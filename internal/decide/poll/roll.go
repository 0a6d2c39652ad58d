package poll

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"fmt"

	"golang.org/x/mod/sumdb/tlog"

	"commonweal/internal/base/journal"
	"commonweal/law"
)

// Roll is the list of those who may vote in one contest, without the entries.
type Roll struct {
	ID, Contest string
	Day         law.Date // the record date
	Made        string   // instant
	MadeBy      string
	Entries     int // lines, those struck out among them
	Struck      int
	Votes       int    // of the lines that stand
	FirstSeal   string // hexadecimal; the seal when the roll was made
	Seal        string // the seal now; claims have the seals between
}

// Voters is how many may vote.
func (r Roll) Voters() int { return r.Entries - r.Struck }

// Entry is one line of a roll.
type Entry struct {
	ID, Roll, Contest string
	// Number is the voter's number in this contest, from 1. It is drawn: it says
	// nothing about the person and is not the number in the register. A line added
	// by a claim gets the next one.
	Number         int
	Person, Member string
	Weight         int // votes
	Salt           []byte
	Commitment     []byte // what the line's leaf in the seal rests on
	Added, Struck  string // id of the claim that added the line or struck it out
}

// Stands reports whether the voter may vote.
func (e Entry) Stands() bool { return e.Struck == "" }

const entrySalt = 16

// commit makes the commitment of a line: SHA-256 over a tag, the salt and the
// canonical JSON of what the line says. Without the salt nobody can try who it is.
func (e *Entry) commit() error {
	text, err := journal.CanonicalOf(map[string]any{"contest": e.Contest, "member": e.Member, "number": e.Number, "person": e.Person, "weight": e.Weight})
	if err != nil {
		return err
	}
	h := sha256.New()
	h.Write([]byte("commonweal/roll/1\x00"))
	h.Write(e.Salt)
	h.Write(text)
	e.Commitment = h.Sum(nil)
	return nil
}

// Leaf is the public line that the seal is made of: number, weight, commitment. A
// line that was struck out stays, and says so.
func (e Entry) Leaf() string {
	if !e.Stands() {
		return fmt.Sprintf("commonweal/roll/1 %d struck %s", e.Number, base64.StdEncoding.EncodeToString(e.Commitment))
	}
	return fmt.Sprintf("commonweal/roll/1 %d %d %s", e.Number, e.Weight, base64.StdEncoding.EncodeToString(e.Commitment))
}

// tree holds the hashes of a Merkle tree (RFC 6962, as [tlog] computes it).
type tree struct {
	size   int64
	hashes []tlog.Hash
}

func (t *tree) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, at := range indexes {
		if at < 0 || at >= int64(len(t.hashes)) {
			return nil, fmt.Errorf("the tree has no hash %d", at)
		}
		out[i] = t.hashes[at]
	}
	return out, nil
}

// newTree makes the tree over the lines of a roll, which come in order of number.
func newTree(entries []Entry) (*tree, error) {
	t := &tree{}
	for i, e := range entries {
		if e.Number != i+1 {
			return nil, fmt.Errorf("roll of contest %s: voter %d comes where %d should", e.Contest, e.Number, i+1)
		}
		more, err := tlog.StoredHashesForRecordHash(t.size, tlog.RecordHash([]byte(e.Leaf())), t)
		if err != nil {
			return nil, err
		}
		t.hashes = append(t.hashes, more...)
		t.size++
	}
	return t, nil
}

// SealOf is the root of the tree over the lines of a roll, in order of number.
func SealOf(entries []Entry) (string, error) {
	t, err := newTree(entries)
	if err != nil {
		return "", err
	}
	root, err := tlog.TreeHash(t.size, t)
	return hex.EncodeToString(root[:]), err
}

// Receipt shows that a line is on a roll with a certain seal, to somebody who has
// nothing else. How many lines there are is in the notice of poll beside the seal.
type Receipt struct {
	Contest        string
	Number, Weight int
	Person, Member string
	Salt           []byte
	Size           int
	Seal           string   // hexadecimal
	Proof          []string // hexadecimal, from the leaf to the root
}

// receipt makes the receipt of one line of the roll that the tree was made of.
func (t *tree) receipt(e Entry) (Receipt, error) {
	proof, err := tlog.ProveRecord(t.size, int64(e.Number-1), t)
	if err != nil {
		return Receipt{}, err
	}
	root, err := tlog.TreeHash(t.size, t)
	if err != nil {
		return Receipt{}, err
	}
	r := Receipt{
		Contest: e.Contest, Number: e.Number, Weight: e.Weight, Person: e.Person, Member: e.Member, Salt: e.Salt,
		Size: int(t.size), Seal: hex.EncodeToString(root[:]),
	}
	for _, h := range proof {
		r.Proof = append(r.Proof, hex.EncodeToString(h[:]))
	}
	return r, nil
}

// Check recomputes the line and its way to the seal. It needs nothing but the
// receipt and, to be worth anything, the seal from somewhere else.
func (r Receipt) Check(seal string) error {
	if seal != r.Seal {
		return fmt.Errorf("the receipt is for the seal %s and not for %s", r.Seal, seal)
	}
	e := Entry{Contest: r.Contest, Number: r.Number, Person: r.Person, Member: r.Member, Weight: r.Weight, Salt: r.Salt}
	if err := e.commit(); err != nil {
		return err
	}
	var proof tlog.RecordProof
	for _, text := range r.Proof {
		h, err := parseHash(text)
		if err != nil {
			return err
		}
		proof = append(proof, h)
	}
	root, err := parseHash(r.Seal)
	if err != nil {
		return err
	}
	if err := tlog.CheckRecord(proof, int64(r.Size), root, int64(r.Number-1), tlog.RecordHash([]byte(e.Leaf()))); err != nil {
		return fmt.Errorf("voter %d is not on the roll with this seal: %w", r.Number, err)
	}
	return nil
}

func parseHash(text string) (h tlog.Hash, err error) {
	raw, err := hex.DecodeString(text)
	if err != nil || len(raw) != len(h) {
		return h, fmt.Errorf("%q is no SHA-256 in hexadecimal", text)
	}
	copy(h[:], raw)
	return h, nil
}

// chance gives random bytes: a [commonweal/internal/base/world.World].
type chance interface{ Bytes(p []byte) }

// draw puts entries into a random order, each as likely as any other, and numbers,
// salts and commits them.
func draw(entries []Entry, c chance) error {
	for i := len(entries) - 1; i > 0; i-- {
		j := below(i+1, c)
		entries[i], entries[j] = entries[j], entries[i]
	}
	for i := range entries {
		entries[i].Number = i + 1
		if err := entries[i].salt(c); err != nil {
			return err
		}
	}
	return nil
}

func (e *Entry) salt(c chance) error {
	e.Salt = make([]byte, entrySalt)
	c.Bytes(e.Salt)
	return e.commit()
}

// below draws a number from 0 to n-1 without leaning to any: numbers that would
// fill the last, partial round are drawn again.
func below(n int, c chance) int {
	limit := (1 << 32) - (1<<32)%uint64(n)
	for {
		var b [4]byte
		c.Bytes(b[:])
		v := uint64(b[0])<<24 | uint64(b[1])<<16 | uint64(b[2])<<8 | uint64(b[3])
		if v < limit {
			return int(v % uint64(n))
		}
	}
}

// tally is the number of lines struck out, and the votes of those that stand.
func tallyOf(entries []Entry) (struck, votes int) {
	for _, e := range entries {
		if e.Stands() {
			votes += e.Weight
		} else {
			struck++
		}
	}
	return struck, votes
}
