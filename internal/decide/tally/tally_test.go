package tally_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"testing"

	"commonweal/belenios"
	"commonweal/belenios/archive"
	"commonweal/count"
	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/tally"
	"commonweal/law"
)

var library = func() *law.Library {
	l, err := law.Load()
	if err != nil {
		panic(err)
	}
	return l
}()

func rules(t *testing.T, a poll.Ask) poll.Rules {
	t.Helper()
	a.Form = law.BenefitSociety
	r, err := poll.DefaultRules(library, a, law.NewDate(2026, 11, 2))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// election is one seat or more, and candidates with the names given, in the order of
// the ballot.
func election(t *testing.T, counting string, seats int, names ...string) tally.Input {
	c := poll.Contest{Code: "all", Title: "Council", Seats: seats, Roll: &poll.Roll{Entries: 50, Votes: 50}}
	for i, n := range names {
		c.Nominations = append(c.Nominations, poll.Nomination{ID: "id of " + n, BallotName: n, Accepted: true, Decided: law.NewDate(2026, 10, 1), Position: i + 1})
	}
	return tally.Input{
		Poll:    poll.Poll{Title: "Staff council", Kind: poll.Constituency, Rules: rules(t, poll.Ask{Kind: poll.Constituency, Counting: counting})},
		Contest: c, Closed: belenios.HashOf([]byte("closed")), Head: belenios.HashOf([]byte("done")),
	}
}

// The paper decides: what comes on the web and on paper is one heap of rankings.
func TestMake_RankingsOfBothHeaps(t *testing.T) {
	in := election(t, "nhs-2014", 1, "Amara", "Bryn", "Cadi")
	in.Opened = archive.Question{Rankings: [][]int{{1, 2, 0}, {1, 0, 0}, {0, 1, 2}}}
	in.Ballots = 3
	alone, err := tally.Make(in)
	if err != nil || !slices.Equal(alone.Result.Elected, []string{"id of Amara"}) || alone.Result.Ballots != 3 {
		t.Fatalf("%+v, %v", alone, err)
	}
	in.Papers = tally.Papers{Rankings: [][]int{{0, 1, 0}, {2, 1, 0}, {0, 1, 0}}, Valid: 3, Spoilt: 1, Batches: []string{"aa"}}
	both, err := tally.Make(in)
	if err != nil || !slices.Equal(both.Result.Elected, []string{"id of Bryn"}) || both.Result.Ballots != 6 || both.Web != 3 || both.Paper != 3 || both.Spoilt != 1 {
		t.Fatalf("%+v, %v", both, err)
	}
	sum := sha256.Sum256(both.Text)
	if both.Result.Transcript != hex.EncodeToString(sum[:]) || both.Result.Head != in.Head.String() || both.Result.Eligible != 50 {
		t.Errorf("%+v", both.Result)
	}
}

// The same heaps in another order give the same bytes: rankings come out of the mixes
// in an order that says nothing.
func TestMake_OrderDoesNotMatter(t *testing.T) {
	in := election(t, "nhs-2014", 2, "Amara", "Bryn", "Cadi", "Dai")
	in.Opened = archive.Question{Rankings: [][]int{{1, 2, 3, 4}, {4, 3, 2, 1}, {0, 1, 2, 0}, {2, 1, 0, 0}, {0, 0, 1, 0}}}
	in.Ballots = 5
	one, err := tally.Make(in)
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(in.Opened.Rankings)
	two, err := tally.Make(in)
	if err != nil || !bytes.Equal(one.Text, two.Text) {
		t.Errorf("another order gives another transcript: %v", err)
	}
}

// A tie goes to a lot that is drawn from the head at the close and the batches of
// papers, and from nothing else.
func TestMake_Lots(t *testing.T) {
	tied := func(closed string, batches ...string) *tally.Outcome {
		in := election(t, "nhs-2014", 1, "Amara", "Bryn")
		in.Opened, in.Ballots = archive.Question{Rankings: [][]int{{1, 0}, {0, 1}}}, 2
		in.Closed, in.Papers.Batches = belenios.HashOf([]byte(closed)), batches
		o, err := tally.Make(in)
		if err != nil {
			t.Fatal(err)
		}
		return o
	}
	first := tied("close 1")
	if len(first.Count.Lots) == 0 || first.Count.Lots[0].Manner != "seed" {
		t.Fatalf("no lot was drawn: %+v", first.Count.Lots)
	}
	if !bytes.Equal(tied("close 1").Text, first.Text) {
		t.Error("the same lot falls another way")
	}
	if !bytes.Equal(tied("close 1", "b", "a").Seed, tied("close 1", "a", "b").Seed) {
		t.Error("the order in which batches are named changes the lot")
	}
	if bytes.Equal(tied("close 1", "a").Seed, first.Seed) || bytes.Equal(tied("close 2").Seed, first.Seed) {
		t.Error("what the lot is drawn from does not change it")
	}
	won := map[string]bool{}
	for _, closed := range strings.Fields("a b c d e f g h") {
		won[tied(closed).Result.Elected[0]] = true
	}
	if len(won) != 2 {
		t.Error("the lot falls on the same one however the archive ends")
	}
}

// Marks are added up: first past the post, with papers.
func TestMake_Marks(t *testing.T) {
	rule := ""
	for _, r := range count.Rules() {
		if !r.Ranked && r.Marks == 0 {
			rule = r.ID
		}
	}
	if rule == "" {
		t.Fatal("there is no rule with as many marks as seats")
	}
	in := election(t, rule, 2, "Amara", "Bryn", "Cadi")
	in.Opened, in.Ballots = archive.Question{Counts: []int64{5, 4, 3}}, 7
	in.Papers = tally.Papers{Marks: []int64{0, 1, 3}, Valid: 3}
	o, err := tally.Make(in)
	if err != nil || !slices.Contains(o.Result.Elected, "id of Cadi") || slices.Contains(o.Result.Elected, "id of Amara") && slices.Contains(o.Result.Elected, "id of Bryn") {
		t.Errorf("%+v, %v", o, err)
	}
}

func question(t *testing.T) tally.Input {
	return tally.Input{
		Poll: poll.Poll{Title: "Shifts", Kind: poll.Proposal, Rules: rules(t, poll.Ask{Kind: poll.Proposal})},
		Contest: poll.Contest{
			Code: "all", Title: "All staff", Question: "Should we?", Answers: []string{"Yes", "No"}, Roll: &poll.Roll{Entries: 20, Votes: 20},
		},
		Closed: belenios.HashOf([]byte("closed")), Head: belenios.HashOf([]byte("done")),
	}
}

// The blank votes come first in the archive and take part in neither side; papers turn
// a lost question into a carried one.
func TestMake_Question(t *testing.T) {
	in := question(t)
	in.Opened, in.Ballots = archive.Question{Counts: []int64{2, 4, 4}}, 10
	lost, err := tally.Make(in)
	if err != nil || lost.Result.Carried || lost.Result.For != 4 || lost.Result.Against != 4 || lost.Result.Blank != 2 {
		t.Fatalf("half of the votes cast: %+v, %v", lost, err)
	}
	in.Papers = tally.Papers{Marks: []int64{1, 0}, Blank: 1, Valid: 2, Spoilt: 3}
	won, err := tally.Make(in)
	if err != nil || !won.Result.Carried || won.Result.For != 5 || won.Result.Blank != 3 || won.Result.Ballots != 12 {
		t.Fatalf("with the papers: %+v, %v", won, err)
	}
	for _, says := range []string{"Yes: 5", "No: 4", "blank: 3", "12 ballots were counted: 10 cast on the web, 2 on paper or by telephone. 20 votes could be cast.", "3 more papers were spoilt.", "It is carried."} {
		if !strings.Contains(string(won.Text), says) {
			t.Errorf("the account lacks %q:\n%s", says, won.Text)
		}
	}
}

// Nobody votes: the result says so, and the seats go by lot or stay empty as the rules
// have it; a question is lost.
func TestMake_NobodyVotes(t *testing.T) {
	in := election(t, "nhs-2014", 1, "Amara", "Bryn")
	o, err := tally.Make(in)
	if err != nil || len(o.Result.Elected)+o.Result.Unfilled != 1 || o.Result.Ballots != 0 {
		t.Errorf("an election: %+v, %v", o, err)
	}
	in = question(t)
	in.Opened = archive.Question{Counts: []int64{0, 0, 0}}
	if o, err := tally.Make(in); err != nil || o.Result.Carried {
		t.Errorf("a question: %+v, %v", o, err)
	}
}

// What does not fit together is refused and never counted as it comes.
func TestMake_Refuses(t *testing.T) {
	for name, wrong := range map[string]func() tally.Input{
		"fewer rankings than ballots": func() tally.Input {
			in := election(t, "nhs-2014", 1, "Amara", "Bryn")
			in.Opened, in.Ballots = archive.Question{Rankings: [][]int{{1, 2}}}, 2
			return in
		},
		"a ranking of another ballot": func() tally.Input {
			in := election(t, "nhs-2014", 1, "Amara", "Bryn")
			in.Opened, in.Ballots = archive.Question{Rankings: [][]int{{1, 2, 3}}}, 1
			return in
		},
		"papers without their rankings": func() tally.Input {
			in := election(t, "nhs-2014", 1, "Amara", "Bryn")
			in.Opened, in.Ballots = archive.Question{Rankings: [][]int{{1, 2}}}, 1
			in.Papers.Valid = 1
			return in
		},
		"counting rules that have changed since the notice": func() tally.Input {
			in := election(t, "nhs-2014", 1, "Amara", "Bryn")
			in.Opened, in.Ballots = archive.Question{Rankings: [][]int{{1, 2}}}, 1
			in.Poll.Rules.Counting.Fingerprint = strings.Repeat("0", 64)
			return in
		},
		"counts of another question": func() tally.Input {
			in := question(t)
			in.Opened, in.Ballots = archive.Question{Counts: []int64{1, 2, 3, 4}}, 10
			return in
		},
		"papers of another question": func() tally.Input {
			in := question(t)
			in.Opened, in.Ballots, in.Papers.Marks = archive.Question{Counts: []int64{0, 2, 3}}, 5, []int64{1, 1, 1}
			return in
		},
		"more votes than there are": func() tally.Input {
			in := question(t)
			in.Opened, in.Ballots = archive.Question{Counts: []int64{0, 20, 3}}, 23
			return in
		},
	} {
		if o, err := tally.Make(wrong()); err == nil {
			t.Errorf("%s: %+v", name, o.Result)
		}
	}
}
