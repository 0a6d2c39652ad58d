package archive

import (
	"encoding/base64"
	"fmt"
	"io"

	"commonweal/belenios"
)

// State is what a verified archive holds: what the next step starts from.
type State struct {
	contents
	in       io.ReaderAt
	verifier *belenios.Verifier
	// initial is the tally as the ballots give it; current has the ranked answers
	// as the last shuffle left them. They are nil before EncryptedTally.
	initial, current *belenios.EncryptedTally
	partial          []belenios.OwnedDecryption
}

// Stage is how far the election has come.
func (s *State) Stage() Stage { return s.stage }

// Head is the last event.
func (s *State) Head() Head { return *s.head }

// Election is what voters are asked.
func (s *State) Election() *belenios.Election { return s.election }

// Trustees are who can decrypt.
func (s *State) Trustees() *belenios.Trustees { return s.trustees }

// Credentials are who may vote.
func (s *State) Credentials() *belenios.Credentials { return s.credentials }

// Entry is a ballot as the public sees it.
type Entry struct {
	Height   int    `json:"height"`
	Tracker  string `json:"tracker"`
	Weight   int64  `json:"weight"`
	Replaced bool   `json:"replaced"` // by a later one of the same credential
}

// Ballots are the ballots that were cast, in order.
func (s *State) Ballots() []Entry {
	out := make([]Entry, len(s.ballots))
	for i, b := range s.ballots {
		out[i] = Entry{b.height, tracker(b.hash), s.credentials.At(b.credential).Weight, b.replaced}
	}
	return out
}

// tracker is the hash of a ballot as its voter knows it: section 4.15.
func tracker(h belenios.Hash) string { return base64.RawStdEncoding.EncodeToString(h[:]) }

// Tally is what the next trustee works on, to shuffle or to decrypt. It was
// made of the ballots, not read from the archive. It is nil while there is none.
func (s *State) Tally() *belenios.EncryptedTally { return s.current }

// MayShuffle says why a trustee may not shuffle now, if so.
func (s *State) MayShuffle(owner int) error {
	if _, err := s.stage.after(Shuffle, s.election.Ranked()); err != nil {
		return err
	}
	return s.mayOwn(owner, s.shuffles)
}

// MayDecrypt says why a trustee may not decrypt now, if so.
func (s *State) MayDecrypt(owner int) error {
	if _, err := s.stage.after(PartialDecryption, s.election.Ranked()); err != nil {
		return err
	}
	return s.mayOwn(owner, s.decryptions)
}

// shuffle checks a shuffle of the current tally and makes its outcome the
// current one.
func (s *State) shuffle(body []byte) error {
	sh, err := belenios.ParseShuffle(s.election, body)
	if err != nil {
		return err
	}
	if err := sh.Verify(s.election, s.current.NonHomomorphic()); err != nil {
		return err
	}
	next, err := s.current.Merge(sh.Ciphertexts())
	if err != nil {
		return err
	}
	s.current = next
	return nil
}

// opened is the result that the tally and the partial decryptions give.
func (s *State) opened() (*belenios.Result, error) {
	return belenios.NewResult(s.election, s.trustees, s.current, s.partial, s.weight())
}

// weight is that of the ballots that count.
func (s *State) weight() int64 {
	var sum int64
	for place := range s.latest {
		sum += s.credentials.At(place).Weight
	}
	return sum
}

// answers are the questions with their results.
func (s *State) answers(r *belenios.Result) []Question {
	var out []Question
	for i, q := range s.election.Questions() {
		a := Question{Title: q.Title, Choices: q.Answers}
		if q.Kind == belenios.NonHomomorphic {
			a.Rankings = r.Vectors(i)
		} else {
			a.Counts = r.Counts(i)
		}
		if q.Blank {
			a.Choices = append([]string{blank}, q.Answers...)
		}
		out = append(out, a)
	}
	return out
}

// blank is what the choice of choosing nothing is called in a report.
const blank = "blank vote"

// counting words.
func count(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
