package tally

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"

	"commonweal/belenios"
	"commonweal/belenios/archive"
	"commonweal/count"
	"commonweal/internal/base/fault"
	"commonweal/internal/decide/poll"
)

// Papers are the settled votes of paper and telephone. The zero value is none.
type Papers struct {
	// Rankings hold for each valid paper the place of every candidate, 1 first and 0
	// for no place, as the archive's rankings do.
	Rankings [][]int
	// Marks are, of a contest that is not ranked, how often each answer was marked, in
	// the order of the ballot, and Blank how many papers mark none and count.
	Marks []int64
	Blank int64
	// Valid and Spoilt are numbers of papers.
	Valid, Spoilt int64
	// Batches are the SHA-256 of the batches, in hexadecimal, in the order of their
	// codes.
	Batches []string
}

// Input is everything that a result is made of.
type Input struct {
	Poll    poll.Poll
	Contest poll.Contest
	Opened  archive.Question // of the archive, opened
	Ballots int64            // ballots that count, in the archive
	Weight  int64            // votes of everybody who could vote on the web, as the archive has it
	Papers  Papers
	Closed  belenios.Hash // head of the archive when voting closed
	Head    belenios.Hash // of the archive with its result
}

// Outcome is a result with how it came about.
type Outcome struct {
	Result poll.Result
	// Count is the count of an election, nil for a question.
	Count *count.Result
	// Decision is that of a question, nil for an election.
	Decision *count.Decision
	// Text is the transcript in words. Its SHA-256 is declared with the result.
	Text []byte
	// Ballots holds what was counted, for a recount: nil for a question.
	Ballots *count.Ballots
	// Web, Paper and Spoilt are numbers of ballots: counted ones of the web and of
	// paper and telephone, and spoilt papers.
	Web, Paper, Spoilt int64
	// Seed is what lots are drawn from.
	Seed count.Seed
}

// Make makes the result.
func Make(in Input) (*Outcome, error) {
	out := &Outcome{Web: in.Ballots, Paper: in.Papers.Valid, Spoilt: in.Papers.Spoilt, Seed: in.seed()}
	out.Result.Ballots = in.Ballots + in.Papers.Valid
	if in.Contest.Roll != nil {
		out.Result.Eligible = int64(in.Contest.Roll.Votes)
	}
	out.Result.Head = in.Head.String()
	make := out.question
	if in.Poll.Kind.Elects() {
		make = out.election
	}
	if err := make(in); err != nil {
		return nil, fmt.Errorf("count contest %s: %w", in.Contest.Code, err)
	}
	sum := sha256.Sum256(out.Text)
	out.Result.Transcript = hex.EncodeToString(sum[:])
	return out, nil
}

// seed is what lots are drawn from: see the package.
func (in Input) seed() count.Seed {
	var texts [][]byte
	for _, b := range slices.Sorted(slices.Values(in.Papers.Batches)) {
		texts = append(texts, []byte(b))
	}
	return count.MixSeed(count.Seed(in.Closed[:]), texts...)
}

// election counts the papers of both heaps together.
func (o *Outcome) election(in Input) error {
	names := make([]string, 0, len(in.Contest.Nominations))
	standing := in.Contest.Standing()
	for _, n := range standing {
		names = append(names, n.BallotName)
	}
	papers, err := count.NewBallots(in.Contest.Seats, names...)
	if err != nil {
		return err
	}
	papers.Title = in.Poll.TitleOf(in.Contest)
	if in.Poll.Rules.Counting.Ranked {
		err = ranked(papers, in, len(names))
	} else {
		err = marked(papers, in, names)
	}
	if err != nil {
		return err
	}
	rule, err := count.FindRule(in.Poll.Rules.Counting.Rules)
	if err != nil {
		return err
	}
	if rule.Fingerprint() != in.Poll.Rules.Counting.Fingerprint {
		return fault.Errorf(fault.Conflict, "the counting rules %s are not those of the notice any more", rule)
	}
	if o.Count, err = count.Count(papers, rule, count.Options{Lots: o.Seed}); err != nil {
		return err
	}
	o.Ballots = papers
	for _, number := range o.Count.Elected {
		o.Result.Elected = append(o.Result.Elected, standing[number-1].ID)
	}
	o.Result.Unfilled = in.Contest.Seats - len(o.Result.Elected)
	var text bytes.Buffer
	if err := o.Count.WriteText(&text); err != nil {
		return err
	}
	o.Text = text.Bytes()
	return nil
}

// ranked puts the rankings of both heaps together.
func ranked(papers *count.Ballots, in Input, candidates int) error {
	if int64(len(in.Opened.Rankings)) != in.Ballots || int64(len(in.Papers.Rankings)) != in.Papers.Valid {
		return fault.Errorf(fault.Conflict, "%d rankings were opened of %d ballots, and %d papers of %d have one",
			len(in.Opened.Rankings), in.Ballots, len(in.Papers.Rankings), in.Papers.Valid)
	}
	for _, vector := range slices.Concat(in.Opened.Rankings, in.Papers.Rankings) {
		if len(vector) != candidates {
			return fault.Errorf(fault.Conflict, "a ranking has %d places for %d candidates", len(vector), candidates)
		}
		if err := papers.Add(1, ranking(vector)...); err != nil {
			return err
		}
	}
	return nil
}

// ranking turns the place of each candidate into the candidates at each place.
func ranking(places []int) []count.Rank {
	out := make([]count.Rank, max(0, slices.Max(places)))
	for candidate, place := range places {
		if place > 0 {
			out[place-1] = append(out[place-1], candidate+1)
		}
	}
	return out
}

// marked adds the marks of both heaps up. They come as sums, so that which marks
// stood together on a ballot is not known to anybody; a mark counts as a paper with
// one name.
func marked(papers *count.Ballots, in Input, names []string) error {
	sums, _, err := in.sums(len(names))
	if err != nil {
		return err
	}
	for i, n := range sums {
		if n > 0 {
			if err := papers.AddOrder(int(n), i+1); err != nil {
				return err
			}
		}
	}
	return nil
}

// sums are the marks of each answer and the blank votes, of both heaps.
func (in Input) sums(answers int) (marks []int64, blank int64, err error) {
	opened := in.Opened.Counts
	if in.Poll.Rules.Counting.Blank && len(opened) == answers+1 {
		blank, opened = opened[0], opened[1:]
	}
	if len(opened) != answers || len(in.Papers.Marks) != 0 && len(in.Papers.Marks) != answers {
		return nil, 0, fault.Errorf(fault.Conflict, "the archive has counts of %d answers and the papers of %d; the ballot has %d", len(opened), len(in.Papers.Marks), answers)
	}
	marks = slices.Clone(opened)
	for i, n := range in.Papers.Marks {
		marks[i] += n
	}
	return marks, blank + in.Papers.Blank, nil
}
