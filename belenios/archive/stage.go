package archive

import "fmt"

// Stage is how far an election has come.
type Stage int

// The stages, in their order.
const (
	Empty      Stage = iota // not set up
	Voting                  // ballots may be cast
	Closed                  // no more ballots, no tally yet
	Tallied                 // ballots are combined; ranked ones wait for the first shuffle
	Shuffling               // trustees shuffle the ranked ballots
	Decrypting              // trustees decrypt
	Finished                // there is a result, and nothing may follow
)

var stages = [...]struct{ name, sentence string }{
	Empty:      {"empty", "the election is not set up"},
	Voting:     {"voting", "voting is open"},
	Closed:     {"closed", "voting has closed and the tally is not made yet"},
	Tallied:    {"tallied", "the encrypted tally is made and no trustee has worked on it yet"},
	Shuffling:  {"shuffling", "the trustees are shuffling"},
	Decrypting: {"decrypting", "the trustees are decrypting"},
	Finished:   {"finished", "the election is finished"},
}

func (s Stage) String() string { return stages[s].name }

// MarshalText gives the stage its name in JSON.
func (s Stage) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Sentence says in words what the stage means.
func (s Stage) Sentence() string { return stages[s].sentence }

// move is an event at a stage.
type move struct {
	from Stage
	by   EventType
}

// moves are all moves that there are; there is no other way through an
// election. The protocol calls this order typical (section 4.4): here it is the
// only one. So there is exactly one Setup, EndBallots, EncryptedTally and
// Result, each in its place, and nothing after the result.
var moves = map[bool]map[move]Stage{
	// Without a ranked question nothing is shuffled.
	false: {
		{Empty, Setup}:                  Voting,
		{Voting, Ballot}:                Voting,
		{Voting, EndBallots}:            Closed,
		{Closed, EncryptedTally}:        Tallied,
		{Tallied, PartialDecryption}:    Decrypting,
		{Decrypting, PartialDecryption}: Decrypting,
		{Decrypting, Result}:            Finished,
	},
	// With one there is at least one shuffle: without it, decrypting would tell
	// how each credential voted.
	true: {
		{Voting, Ballot}:                Voting,
		{Voting, EndBallots}:            Closed,
		{Closed, EncryptedTally}:        Tallied,
		{Tallied, Shuffle}:              Shuffling,
		{Shuffling, Shuffle}:            Shuffling,
		{Shuffling, EndShuffles}:        Decrypting,
		{Decrypting, PartialDecryption}: Decrypting,
		{Decrypting, Result}:            Finished,
	},
}

// after is the stage that an event leads to, or an error if it may not happen
// at stage s. Whether an election is ranked is known once Setup was read.
func (s Stage) after(t EventType, ranked bool) (Stage, error) {
	next, ok := moves[ranked][move{s, t}]
	switch {
	case ok:
		return next, nil
	case !ranked && (t == Shuffle || t == EndShuffles):
		return s, fmt.Errorf("%s in an election without a ranked question", t)
	case s == Tallied && t == EndShuffles, s == Tallied && ranked && t == PartialDecryption:
		return s, fmt.Errorf("%s before any shuffle: ranked ballots must be shuffled before they are decrypted", t)
	}
	return s, fmt.Errorf("%s may not come here: %s", t, s.Sentence())
}
