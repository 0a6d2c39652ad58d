package demo

import (
	"context"
	"fmt"
	"slices"

	"commonweal/internal/base/policy"
	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/internal/demo/voting"
	"commonweal/internal/own/member"
	"commonweal/law"
)

// VotingSeed is what every secret of the demonstration's polls follows from: codes of
// voters and parts of the keys. They are given to whoever asks.
const VotingSeed = "severn-wye"

// polls puts four polls on the agenda: a council that has just been elected, a staff
// ballot that was answered and one that is open, and an election in which people can still
// stand.
func (b *builder) polls(ctx context.Context) error {
	days, err := b.h.Law.Calendar(law.England)
	if err != nil {
		return err
	}
	for _, p := range []struct {
		plan   voting.Plan
		closes law.Date
		last   string // the last act that is done
	}{
		{b.council(), days.AddWorking(b.Today, -6), "declare"},
		{b.saturdays(), days.AddWorking(b.Today, -11), "declare"},
		{b.shifts(), days.AddWorking(b.Today, 5), "vote"},
		{b.directors(), days.AddWorking(b.Today, 33), "nominate"},
	} {
		if err := b.plan(ctx, p.plan, p.closes, p.last); err != nil {
			return fmt.Errorf("poll %s: %w", p.plan.Poll.Code, err)
		}
	}
	slices.SortStableFunc(b.agenda, func(x, y voting.Act) int { return x.At.Compare(y.At) })
	return nil
}

// told are the acts after which people are told of what there is to know.
var told = []string{"nominate", "decide", "notice", "declare"}

// plan puts what is done in one poll on the agenda, up to and with the last act, and
// tells people of it each time.
func (b *builder) plan(_ context.Context, p voting.Plan, closes law.Date, last string) error {
	p.Org, p.Seed, p.Poll.Closes = Org, VotingSeed, timetable.CloseOn(closes)
	p.Officials = voting.Officials{
		Secretary: b.ids["huw"], StaffSide: b.ids["dev"], ReturningOfficer: b.ids["ivo"], Registrar: b.ids["mair"],
		Keyholders: []string{b.ids["tomos"], b.ids["lena"], b.ids["oscar"]}, Tellers: []string{b.ids["gwil"], b.ids["betsan"]}, Observers: []string{b.ids["sunita"]},
	}
	var err error
	if p.Poll.Rules, err = poll.DefaultRules(b.h.Law, poll.Ask{Kind: p.Poll.Kind, Form: law.BenefitSociety}, closes); err != nil {
		return err
	}
	held := voting.New(b.h, b.clock, p)
	acts, err := held.Acts()
	if err != nil {
		return err
	}
	for _, a := range acts {
		if do := a.Do; slices.Contains(told, a.Name) {
			a.Do = func(ctx context.Context) error {
				if err := do(ctx); err != nil {
					return err
				}
				return b.h.TellPolls(ctx)
			}
		}
		a.Name = p.Poll.Code + ": " + a.Name
		if a.At.Before(b.clock.Now()) || !a.At.Before(civil(b.Today, 6)) {
			return fmt.Errorf("%s would be done on %s, outside the demonstration's time", a.Name, a.At)
		}
		b.agenda = append(b.agenda, a)
		if a.Name == p.Poll.Code+": "+last {
			break
		}
	}
	return nil
}

// council is the staff council: two constituencies have a vote, in one nobody stands
// against the one who does.
func (b *builder) council() voting.Plan {
	contest := func(code, title string, seats int) poll.Contest {
		starts := firstOfMonth(b.Today).AddMonths(1)
		return poll.Contest{
			Code: code, Title: title, Class: "staff", Constituency: code, Seats: seats,
			Role: policy.CouncilMember, TermStarts: starts, TermEnds: starts.AddMonths(36),
		}
	}
	return voting.Plan{
		Poll: poll.Poll{
			Code: "council", Title: "Staff council", Kind: poll.Constituency,
			About:    "Four people who speak for the staff, for three years. Nursing and clinical support elected theirs last year.",
			Contests: []poll.Contest{contest("therapies", "Therapies", 2), contest("medical", "Medical, dental and scientific", 1), contest("running", "Running the service", 1)},
		},
		Find: func(ctx context.Context, p poll.Poll) ([]voting.Candidate, error) {
			return b.candidates(ctx, p, map[string]int{"therapies": 5, "medical": 3, "running": 1})
		},
		Votes: func(c poll.Contest, v poll.Entry) []int {
			taking := map[string]uint32{"therapies": 25, "medical": 40}[c.Code]
			if few := uint32(c.Roll.Voters()); few < 40 {
				taking = 80
			}
			if chance("turnout"+v.Person+c.Code, 100) >= taking {
				return nil
			}
			return ranking(v.Person, len(c.Standing()))
		},
	}
}

// ranking is how somebody invented ranks so many candidates: most rank three or so,
// and the first of the ballot do a little better, as they do.
func ranking(person string, candidates int) []int {
	order := make([]int, candidates)
	for i := range order {
		order[i] = i
	}
	weight := func(i int) uint32 { return chance(fmt.Sprint(person, " ranks ", i), 1000) + uint32(90*i) }
	slices.SortFunc(order, func(x, y int) int { return int(weight(x)) - int(weight(y)) })
	places := make([]int, candidates)
	for i, c := range order[:min(candidates, 1+int(chance(person+" goes on", 4)))] {
		places[c] = i + 1
	}
	return places
}

// saturdays is a question to one constituency that few took part in, and that was answered.
func (b *builder) saturdays() voting.Plan {
	return voting.Plan{
		Poll: poll.Poll{
			Code: "saturdays", Title: "Clinics on Saturdays", Kind: poll.Proposal,
			About: "The therapists asked that nobody opens clinics on Saturdays before they were asked. The board has put it to them, and said that it will do what they say.",
			Contests: []poll.Contest{{
				Code: "therapies", Title: "Clinics on Saturdays", Class: "staff", Constituency: "therapies", Question: "Should clinics open on one Saturday a month?",
			}},
		},
		Votes: func(c poll.Contest, v poll.Entry) []int { // blank, yes, no
			taking := uint32(12)
			if c.Roll.Voters() < 40 {
				taking = 70
			}
			if chance("saturdays"+v.Person, 100) >= taking {
				return nil
			}
			return [][]int{{0, 1, 0}, {0, 0, 1}, {0, 0, 1}, {1, 0, 0}}[chance("saturday"+v.Person, 4)]
		},
	}
}

// shifts is a staff ballot that the visitor finds open.
func (b *builder) shifts() voting.Plan {
	return voting.Plan{
		Poll: poll.Poll{
			Code: "shifts", Title: "Twelve-hour shifts", Kind: poll.Proposal,
			About: "The board proposes to end twelve-hour shifts on the wards from April. It has said that it will do what the staff say.",
			Contests: []poll.Contest{{
				Code: "staff", Title: "All staff", Class: "staff", Question: "Should twelve-hour shifts on the wards end in April?",
			}},
		},
		Votes: func(c poll.Contest, v poll.Entry) []int { // blank, yes, no
			if b.named(v.Person) {
				return nil // theirs is the visitor's
			}
			if c.Roll.Voters() > 200 && chance("takes part"+v.Person, 100) >= 5 {
				return nil
			}
			return [][]int{{0, 1, 0}, {0, 1, 0}, {0, 1, 0}, {0, 0, 1}, {0, 0, 1}, {1, 0, 0}}[chance("shift"+v.Person, 6)]
		},
	}
}

// directors is an election in which nominations are open.
func (b *builder) directors() voting.Plan {
	starts := firstOfMonth(b.Today).AddMonths(4)
	return voting.Plan{
		Poll: poll.Poll{
			Code: "directors", Title: "Staff director", Kind: poll.Post,
			About: "One of the staff sits on the board, with the same vote and the same duties as every director.",
			Contests: []poll.Contest{{
				Code: "staff", Title: "Staff director", Class: "staff", Seats: 1, Role: policy.Director, TermStarts: starts, TermEnds: starts.AddMonths(24),
			}},
		},
		Find: func(ctx context.Context, p poll.Poll) ([]voting.Candidate, error) {
			list, err := b.candidates(ctx, p, map[string]int{"staff": 2})
			if len(list) == 2 {
				// Amara is asked, and has not answered.
				list[1].Backers[len(list[1].Backers)-1], list[1].NotYetBacked = b.ids["amara"], true
			}
			return list, err
		},
	}
}

// candidates finds people who stand in each contest, and who backs them: members of it
// with no part of their own.
func (b *builder) candidates(ctx context.Context, p poll.Poll, want map[string]int) ([]voting.Candidate, error) {
	rows, err := b.h.Members.Register(ctx, Org, law.Today(b.clock.Now()))
	if err != nil {
		return nil, err
	}
	// Who has left is a member for some weeks more, and would be none at the count.
	working, err := b.workers(ctx, law.Today(b.clock.Now()))
	if err != nil {
		return nil, err
	}
	here := map[string]bool{}
	for _, w := range working {
		here[w.Person] = true
	}
	rows = slices.DeleteFunc(rows, func(r member.Row) bool { return !here[r.Person] })
	var out []voting.Candidate
	for _, c := range p.Contests {
		people := b.withoutPart(rows, c)
		n := want[c.Code]
		for n > 0 && n+(n+c.Seats-1)/c.Seats*p.Rules.Backers > len(people) {
			n-- // a small demonstration has not so many; nobody backs more than there are seats
		}
		for i, who := range people[:n] {
			first := n + i/c.Seats*p.Rules.Backers
			one := voting.Candidate{
				Contest: c.Code, Person: who.Person, Name: who.Name, Statement: statements[len(out)%len(statements)], Photo: drawn(who.Person),
			}
			if i == 1 {
				one.Interests = "My brother-in-law works for a company that sells us dressings."
			}
			for _, backer := range people[first : first+p.Rules.Backers] {
				one.Backers = append(one.Backers, backer.Person)
			}
			out = append(out, one)
		}
	}
	return out, nil
}

func (b *builder) withoutPart(rows []member.Row, c poll.Contest) (out []member.Row) {
	for _, r := range rows {
		if r.Ceased.IsZero() && !r.Unclear && r.Class == c.Class && (c.Constituency == "" || r.Constituency == c.Constituency) && !b.named(r.Person) {
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(x, y member.Row) int {
		return int(chance(x.Person+c.Code, 1<<30)) - int(chance(y.Person+c.Code, 1<<30))
	})
	return out
}

var statements = []string{
	"I have worked here for six years, on the wards and in the clinics. Rotas come out ten days before they begin, and that is too late for anybody with children. I would ask for six weeks, and for the reason when it cannot be done.",
	"Decisions about our work are made by people who do not do it. I would bring every proposal to the teams it is about before the council says anything, and tell you afterwards what became of what you said.",
	"I am a union representative and a member since the first day. I know how to read a budget and how to ask twice. I would publish what I do each month on one page.",
	"We lose good people in their second year. I have asked thirty of them why. The answers are on the staff room door, and I would like the board to hear them from one of us.",
	"I came here from a trust that closed. What I learned is that things go wrong quietly. I would want the council to see the figures before they are tidied.",
	"There is a lot that works: the night team, the induction, the way we hand over on a Friday. I would stand up for that as well.",
}
