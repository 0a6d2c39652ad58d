package poll_test

import (
	"bytes"
	"strings"
	"testing"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/poll"
	"commonweal/internal/schema/schematest"
	"commonweal/law"
)

func defaults(t testing.TB, a poll.Ask) poll.Rules {
	t.Helper()
	r, err := poll.DefaultRules(library, a, day("2026-11-22"))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The text of rules is one and the same however they were made, and gives them back.
func TestRules_TextAndHash(t *testing.T) {
	for _, kind := range []poll.Kind{poll.Constituency, poll.Post, poll.Proposal} {
		r := defaults(t, poll.Ask{Kind: kind})
		text, err := r.Text()
		if err != nil {
			t.Fatal(err)
		}
		again, err := poll.ParseRules(text)
		if err != nil {
			t.Fatal(err)
		}
		twice, err := again.Text()
		if err != nil || !bytes.Equal(text, twice) {
			t.Errorf("%s\n%s, %v", text, twice, err)
		}
		hash, err := r.Hash()
		if err != nil {
			t.Fatal(err)
		}
		again.PetitionDays++
		if other, _ := again.Hash(); other == hash || len(hash) != 64 {
			t.Errorf("other rules have the hash %s too", other)
		}
	}
}

// What may be chosen is bounded: each case changes one thing in good rules.
func TestRules_Refused(t *testing.T) {
	b := schematest.SQLite(t)
	m := newMutual(t, b)
	for _, c := range []struct {
		name   string
		kind   poll.Kind
		change func(r *poll.Rules)
		says   string
	}{
		{"no web", poll.Proposal, func(r *poll.Rules) { r.Channels = []poll.Channel{poll.Paper} }, "on the web"},
		{"a channel nobody knows", poll.Proposal, func(r *poll.Rules) { r.Channels = append(r.Channels, "pigeon") }, "pigeon"},
		{"votes again as they like", poll.Proposal, func(r *poll.Rules) { r.Revote = "all-count" }, "voting again"},
		{"turnout of nine", poll.Proposal, func(r *poll.Rules) { r.MinimumCell = 9 }, "fewer than 10"},
		{"no time to question", poll.Proposal, func(r *poll.Rules) { r.PetitionDays = 0 }, "between 1 and 90"},
		{"one of one keyholders", poll.Proposal, func(r *poll.Rules) { r.Keyholders, r.Threshold = 1, 1 }, "three"},
		{"three of three keyholders", poll.Proposal, func(r *poll.Rules) { r.Threshold = 3 }, "three"},
		{"rankings for all", poll.Constituency, func(r *poll.Rules) { r.RankingsSeenBy = []string{"everybody"} }, "everybody"},
		{"an election as advice", poll.Post, func(r *poll.Rules) { r.Binding = false }, "advice"},
		{"counting rules nobody knows", poll.Post, func(r *poll.Rules) { r.Counting.Rules = "loudest" }, "loudest"},
		{"counting rules of another version", poll.Post, func(r *poll.Rules) { r.Counting.Version++ }, "not nhs-2014"},
		{"counting rules that were altered", poll.Post, func(r *poll.Rules) { r.Counting.Fingerprint = strings.Repeat("0", 64) }, "not nhs-2014"},
		{"a countback that the rules do not know", poll.Post, func(r *poll.Rules) { r.Vacancies = poll.Countback }, "no vacancy is filled"},
		{"weighted elections", poll.Constituency, func(r *poll.Rules) { r.Weighted = true }, "one vote"},
		{"a hundred backers", poll.Constituency, func(r *poll.Rules) { r.Backers = 100 }, "100 backers"},
		{"half is enough", poll.Proposal, func(r *poll.Rules) { r.Counting.MoreThan = false }, "half"},
		{"a third is enough", poll.Proposal, func(r *poll.Rules) { r.Counting.Num, r.Counting.Den = 1, 3 }, "half"},
		{"more than everybody", poll.Proposal, func(r *poll.Rules) { r.Counting.Num, r.Counting.Den = 4, 3 }, "4/3"},
		{"a base nobody knows", poll.Proposal, func(r *poll.Rules) { r.Counting.Base = "goodwill" }, "goodwill"},
		{"a proposal by the law of resolutions", poll.Proposal, func(r *poll.Rules) { r.Counting.Resolution = "ordinary" }, "a resolution, and nothing else"},
		{"a question counted like an election", poll.Proposal, func(r *poll.Rules) { r.Counting.Rules = "nhs-2014" }, "not counted by the rules of an election"},
		{"another kind's rules", poll.Proposal, func(r *poll.Rules) { r.Kind = poll.Post }, "rules are for the kind"},
		{"rules of tomorrow", poll.Proposal, func(r *poll.Rules) { r.Version = 2 }, "version 2"},
	} {
		t.Run(c.name, func(t *testing.T) {
			m.t = t
			m.on("2026-03-02")
			p := poll.Poll{
				Code: "x", Title: "X", Kind: c.kind, Rules: defaults(t, poll.Ask{Kind: c.kind}), Closes: closing("2026-10-16"),
				Contests: []poll.Contest{{Code: "all", Title: "All", Class: "staff"}},
			}
			switch {
			case c.kind == poll.Constituency:
				p.Contests[0].Constituency, p.Contests[0].Seats = "nursing", 1
			case c.kind.Elects():
				p.Contests[0].Seats = 1
			default:
				p.Contests[0].Question = "Should we?"
			}
			c.change(&p.Rules)
			_, err := m.svc.Prepare(ctx, "sec", org, p)
			m.refused(err, fault.Invalid, c.says)
		})
	}
}

// Where the law of the legal form knows no such resolution there are no rules.
func TestDefaultRules_Refused(t *testing.T) {
	for name, a := range map[string]poll.Ask{
		"no such resolution": {Kind: poll.Resolution, Form: law.BenefitSociety, Resolution: "coup"},
		"no such form":       {Kind: poll.Resolution, Form: "republic", Resolution: "ordinary"},
		"no third vote":      {Kind: poll.Resolution, Form: law.BenefitSociety, Resolution: "conversion", Stage: 3},
		"no such counting":   {Kind: poll.Post, Counting: "loudest"},
		"no such kind":       {Kind: "duel"},
	} {
		if _, err := poll.DefaultRules(library, a, day("2026-11-22")); !fault.Is(err, fault.Invalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	// A written resolution of a company is measured on everybody: Companies Act 2006, s.282(2).
	r := defaults(t, poll.Ask{Kind: poll.Resolution, Form: law.CICShares, Resolution: "ordinary-written"})
	if r.Counting.Base != "eligible" || !strings.Contains(r.Law[0].Text, "s.282") {
		t.Errorf("%+v", r)
	}
	for _, b := range defaults(t, poll.Ask{Kind: poll.Constituency}).Law {
		if b.Rule == "" || b.From == "" || b.Checked == "" || b.Text == "" {
			t.Errorf("%+v", b)
		}
	}
}

// Whatever is stored as rules: an error, or rules that can be written again.
func FuzzParseRules(f *testing.F) {
	text, err := defaults(f, poll.Ask{Kind: poll.Constituency}).Text()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add([]byte(`{"v":1,"turnout_at":[1e3]}`))
	f.Add([]byte(`{"law":[{"rule":"\ud800"}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, err := poll.ParseRules(data)
		if err != nil {
			return
		}
		text, err := r.Text()
		if err != nil {
			return // beyond what the record can hold
		}
		again, err := poll.ParseRules(text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		twice, err := again.Text()
		if err != nil || !bytes.Equal(text, twice) {
			t.Errorf("%s\n%s", text, twice)
		}
	})
}
