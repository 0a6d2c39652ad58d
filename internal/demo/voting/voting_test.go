package voting_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"commonweal/internal/base/db/dbtest"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/policy"
	"commonweal/internal/base/world"
	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/internal/demo/voting"
	"commonweal/internal/house"
	"commonweal/law"
)

var ctx = context.Background()

const org = "wye"

// stage is a house with a mutual and the people of a poll.
type stage struct {
	t         testing.TB
	h         *house.House
	clock     *world.Clock
	officials voting.Officials
	members   []string
}

func newStage(t testing.TB, database string, voters int) *stage {
	t.Helper()
	s := &stage{t: t, clock: world.At(time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC))}
	var err error
	s.h, err = house.Open(ctx, world.Fixed(s.clock, 7), house.Options{Database: database, KeyFile: filepath.Join(t.TempDir(), "k.key"), Demo: true})
	s.ok(err)
	t.Cleanup(func() {
		reports, err := s.h.Journal.Fsck(ctx)
		s.ok(err)
		for _, r := range reports {
			for _, f := range r.Findings {
				t.Errorf("fsck: %s", f)
			}
		}
		s.ok(s.h.Close())
	})
	_, people, err := s.h.Identity.CreateOrganisation(ctx, "setup", identity.Organisation{
		ID: org, Name: "Wye Health", Kind: identity.Mutual, LegalForm: string(law.BenefitSociety), Opened: s.day("2025-01-06"),
	}, identity.Setup{Person: identity.Person{Given: "Huw", Family: "Prosser", Email: "huw@example.org"}, Role: policy.Secretary})
	s.ok(err)
	s.officials, s.members, err = voting.Gather(ctx, s.h, org, people[0], voters, s.day("2026-03-01"))
	s.ok(err)
	return s
}

func (s *stage) ok(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

func (s *stage) day(text string) law.Date {
	d, err := law.ParseDate(text)
	s.ok(err)
	return d
}

func (s *stage) rules(a poll.Ask) poll.Rules {
	a.Form = law.BenefitSociety
	r, err := poll.DefaultRules(s.h.Law, a, law.Today(s.clock.Now()))
	s.ok(err)
	return r
}

func each(t *testing.T, fn func(t *testing.T, database string)) {
	t.Run("sqlite", func(t *testing.T) { fn(t, filepath.Join(t.TempDir(), "v.db")) })
	t.Run("postgres", func(t *testing.T) { fn(t, dbtest.PostgresURL(t)) })
}

// A staff ballot from the draft to the destroyed key, through every room: what was
// voted is what is declared, and the archive that anybody can download proves it.
func TestWhole_Proposal(t *testing.T) {
	each(t, func(t *testing.T, database string) {
		s := newStage(t, database, 12)
		p := voting.New(s.h, s.clock, voting.Plan{
			Org: org, Officials: s.officials, Seed: "test",
			Poll: poll.Poll{
				Code: "shifts", Title: "Twelve-hour shifts", Kind: poll.Proposal, Rules: s.rules(poll.Ask{Kind: poll.Proposal}),
				Closes:   timetable.CloseOn(s.day("2026-05-01")),
				Contests: []poll.Contest{{Code: "all", Title: "All staff", Class: voting.Class, Question: "Should we keep twelve-hour shifts?"}},
			},
			Votes: func(_ poll.Contest, v poll.Entry) []int { // blank, yes, no
				switch {
				case v.Number == 12:
					return nil
				case v.Number == 11:
					return []int{1, 0, 0}
				case v.Number%3 == 0:
					return []int{0, 0, 1}
				}
				return []int{0, 1, 0}
			},
		})
		s.ok(p.Until(ctx, "declare"))
		now, err := p.Now(ctx)
		s.ok(err)
		r := now.Contests[0].Declared.Result
		if r.For != 7 || r.Against != 3 || r.Blank != 1 || r.Ballots != 11 || r.Eligible != 12 || !r.Carried {
			t.Errorf("declared %+v", r)
		}
		found, err := s.h.AuditBox(ctx, org, now.Contests[0].ID)
		s.ok(err)
		more, err := s.h.Polls.Audit(ctx, org, p.ID)
		s.ok(err)
		if all := append(found, more...); len(all) > 0 {
			t.Error(all)
		}
		s.ok(p.Until(ctx, "destroy"))
		if now, err = p.Now(ctx); err != nil || now.Stage(s.clock.Now()) != poll.Ended {
			t.Errorf("the poll is %s, %v", now.Stage(s.clock.Now()), err)
		}
		s.clock.Set(now.Closes.AddDate(0, now.Rules.KeepMonths, 2)) // cut before, the audit finds it
		n, err := s.h.Boxes.Expire(ctx, org, now.Contests[0].ID)
		s.ok(err)
		if again, err := s.h.Boxes.Expire(ctx, org, now.Contests[0].ID); err != nil || n != 12+11 || again != 0 {
			t.Errorf("%d ties were cut, and then %d, %v", n, again, err)
		}
		list, err := s.h.Boxes.Credentials(ctx, org, now.Contests[0].ID)
		s.ok(err)
		for _, one := range list {
			if one.Entry != "" {
				t.Error("a credential still has a holder")
			}
		}
		if found, err := s.h.AuditPolls(ctx, org); err != nil || len(found) > 0 {
			t.Error(found, err)
		}
	})
}

// A council election under the single transferable vote: whoever is elected holds the
// office, a contest without a choice needs no vote, and the outcome says how it came
// about.
func TestWhole_Council(t *testing.T) {
	s := newStage(t, filepath.Join(t.TempDir(), "v.db"), 14)
	m := s.members
	p := voting.New(s.h, s.clock, voting.Plan{
		Org: org, Officials: s.officials, Seed: "test",
		Poll: poll.Poll{
			Code: "council", Title: "Staff council", Kind: poll.Constituency, Rules: s.rules(poll.Ask{Kind: poll.Constituency}),
			Closes: timetable.CloseOn(s.day("2026-05-22")),
			Contests: []poll.Contest{{
				Code: "all", Title: "Council", Class: voting.Class, Constituency: voting.Constituency, Seats: 2, Role: policy.CouncilMember,
				TermStarts: s.day("2026-07-01"), TermEnds: s.day("2029-07-01"),
			}},
		},
		Candidates: []voting.Candidate{
			{Contest: "all", Person: m[0], Name: "Alys", Statement: "I nurse at night.", Backers: m[4:6]},
			{Contest: "all", Person: m[1], Name: "Bedwyr", Statement: "I drive the van.", Backers: m[4:6]},
			{Contest: "all", Person: m[2], Name: "Carys", Statement: "I cook.", Backers: m[6:8]},
			{Contest: "all", Person: m[3], Name: "Dylan", Statement: "I count.", Backers: m[6:8], Withdraws: true},
		},
		Votes: func(c poll.Contest, v poll.Entry) []int {
			orders := [][]int{{1, 2, 0}, {1, 3, 2}, {2, 1, 3}, {0, 2, 1}}
			return orders[v.Number%4]
		},
	})
	s.ok(p.Until(ctx, "declare"))
	now, err := p.Now(ctx)
	s.ok(err)
	c := now.Contests[0]
	o, err := s.h.Outcome(ctx, org, c.ID)
	s.ok(err)
	if len(c.Declared.Result.Elected) != 2 || o.Count == nil || o.Count.Valid != 14 || !strings.Contains(string(o.Text), "to be elected") {
		t.Errorf("%+v\n%s", c.Declared.Result, o.Text)
	}
	for _, n := range c.Standing() {
		roles, err := s.h.Identity.RolesOn(ctx, org, n.Person, s.day("2026-07-02"))
		s.ok(err)
		elected := n.ID == c.Declared.Result.Elected[0] || n.ID == c.Declared.Result.Elected[1]
		if holds := len(roles) > 0; holds != elected {
			t.Errorf("%s: elected %v, holds %v", n.BallotName, elected, roles)
		}
	}
	vacancy, err := s.h.Polls.Vacate(ctx, s.officials.Secretary, org, c.ID, c.Declared.Result.Elected[0], law.Today(s.clock.Now()), "Left us.")
	s.ok(err)
	next, err := s.h.SuccessorTo(ctx, org, c.ID, vacancy, nil)
	s.ok(err)
	s.ok(s.h.Polls.Fill(ctx, s.officials.ReturningOfficer, org, c.ID, vacancy, poll.Filling{Nomination: next.Nomination}))
}
