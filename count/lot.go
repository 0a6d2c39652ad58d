package count

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Purpose is what a lot decides: on whom it falls.
type Purpose string

// The purposes of lots.
const (
	ToExclude  Purpose = "exclude"  // the lot falls on who is excluded
	ToTransfer Purpose = "transfer" // whose surplus goes first
	ToElect    Purpose = "elect"    // who is elected
)

// Tie is a tie that a rule leaves to a lot.
type Tie struct {
	Purpose    Purpose
	Stage      int
	Candidates []int // numbers, ascending
}

// Lot is a lot that was drawn.
type Lot struct {
	Tie
	Chosen int
	// Manner says how it was drawn: "seed", "order" or "earlier".
	Manner string
}

// Lots draws lots.
type Lots interface {
	// Draw returns the candidate on whom the lot falls and how it was drawn. It
	// must depend on nothing but the tie, so that a recount draws the same.
	Draw(t Tie) (chosen int, manner string, err error)
}

// A TieError says that a count cannot go on without a lot.
type TieError struct{ Tie }

func (e *TieError) Error() string {
	return fmt.Sprintf("stage %d: candidates %s are level and the rule wants a lot to %s one of them; give a seed that was committed to before the close, or the order of a lot drawn by hand",
		e.Stage, numbers(e.Candidates, ", "), e.Purpose)
}

func numbers(list []int, between string) string {
	words := make([]string, len(list))
	for i, n := range list {
		words[i] = strconv.Itoa(n)
	}
	return strings.Join(words, between)
}

// Seed draws lots that anybody can draw again.
//
// For each tied candidate take the SHA-256 of seven lines, each ended by one
// newline:
//
//	commonweal count lot v1
//	the seed, in lower-case hexadecimal
//	the purpose: exclude, transfer or elect
//	the number of the stage
//	the numbers of the tied candidates, ascending, with a space between
//	the number of this candidate
//	end
//
// The lot falls on the candidate whose hash is smallest. On a terminal:
//
//	printf 'commonweal count lot v1\n%s\n%s\n%s\n%s\n%s\nend\n' SEED exclude 4 '2 7' 2 | sha256sum
//
// Before the poll closes the hash of [Seed.Commitment] is published, after it the
// seed. Whoever holds the seed must not also be able to add papers after having
// seen the others: mix in something nobody knew at the close, with [MixSeed].
type Seed []byte

const (
	shortestSeed = 16
	longestSeed  = 64
	lotTag       = "commonweal count lot v1"
	seedTag      = "commonweal count seed v1"
	mixTag       = "commonweal count mix v1"
)

// ParseSeed reads a seed of 16 to 64 bytes written in hexadecimal.
func ParseSeed(text string) (Seed, error) {
	seed, err := hex.DecodeString(text)
	if err != nil {
		return nil, fmt.Errorf("the seed %q is not hexadecimal: write two of 0-9 and a-f for each byte", shorten(text))
	}
	if len(seed) < shortestSeed || len(seed) > longestSeed {
		return nil, fmt.Errorf("the seed has %d bytes: it takes between %d and %d", len(seed), shortestSeed, longestSeed)
	}
	return seed, nil
}

// String is the seed in hexadecimal.
func (s Seed) String() string { return hex.EncodeToString(s) }

// Commitment is what is published before the close: the SHA-256, in hexadecimal,
// of the line "commonweal count seed v1" and the line with the seed in
// hexadecimal, each ended by one newline.
func (s Seed) Commitment() string {
	sum := sha256.Sum256([]byte(seedTag + "\n" + s.String() + "\n"))
	return hex.EncodeToString(sum[:])
}

// MixSeed joins a committed seed with texts that were unknown when it was
// committed to, such as the hash of the closed ballot box: the SHA-256 of the
// line "commonweal count mix v1", the line with the seed and a line for each text
// with the SHA-256 of that text, all in hexadecimal.
func MixSeed(s Seed, texts ...[]byte) Seed {
	var lines bytes.Buffer
	lines.WriteString(mixTag + "\n" + s.String() + "\n")
	for _, text := range texts {
		sum := sha256.Sum256(text)
		lines.WriteString(hex.EncodeToString(sum[:]) + "\n")
	}
	sum := sha256.Sum256(lines.Bytes())
	return sum[:]
}

// Ticket is a candidate's hash in a tie.
func (s Seed) Ticket(t Tie, candidate int) [sha256.Size]byte {
	return sha256.Sum256([]byte(strings.Join([]string{
		lotTag, s.String(), string(t.Purpose), strconv.Itoa(t.Stage), numbers(t.Candidates, " "), strconv.Itoa(candidate), "end", "",
	}, "\n")))
}

// Draw takes the candidate with the smallest ticket.
func (s Seed) Draw(t Tie) (int, string, error) {
	return slices.MinFunc(t.Candidates, func(x, y int) int {
		a, b := s.Ticket(t, x), s.Ticket(t, y)
		return bytes.Compare(a[:], b[:])
	}), "seed", nil
}

// Order is an order of candidates drawn by lot beforehand: a lot falls on the one
// of the tied who comes first in it.
type Order []int

// Draw takes the first in the order. A tie between others is refused.
func (o Order) Draw(t Tie) (int, string, error) {
	for _, c := range o {
		if slices.Contains(t.Candidates, c) {
			return c, "order", nil
		}
	}
	return 0, "", &TieError{t}
}

// Earlier lets lots drawn in an earlier count stand (ERS97 5.6.3): the same
// candidates level for the same purpose are parted as they were. For any other tie
// it asks Then.
type Earlier struct {
	Lots []Lot
	Then Lots // may be nil
}

// Draw looks for the earlier lot, first of the same stage.
func (e Earlier) Draw(t Tie) (int, string, error) {
	same := func(l Lot) bool { return l.Purpose == t.Purpose && slices.Equal(l.Candidates, t.Candidates) }
	i := slices.IndexFunc(e.Lots, func(l Lot) bool { return same(l) && l.Stage == t.Stage })
	if i < 0 {
		i = slices.IndexFunc(e.Lots, same)
	}
	if i >= 0 && slices.Contains(t.Candidates, e.Lots[i].Chosen) {
		return e.Lots[i].Chosen, "earlier", nil
	}
	if e.Then == nil {
		return 0, "", &TieError{t}
	}
	return e.Then.Draw(t)
}
