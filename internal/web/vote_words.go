package web

import (
	"fmt"
	"strings"

	counting "commonweal/count"
	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/internal/web/page"
	"commonweal/law"
)

// weekday is a day that is to come, with its name.
func (v *visit) weekday(d law.Date) string { return said(page.Weekday(v.now, d.String())) }

// stands says in a sentence where a poll stands.
func (v *visit) stands(p seen) string {
	on := func(step timetable.Step) string { return v.weekday(p.Timetable.Day(step)) }
	switch p.stage {
	case poll.Called:
		if p.Kind.Elects() {
			return "It is called. Nominations open on " + on(timetable.NoticeOfElection) + "."
		}
		return "It is called. Voting opens on " + on(timetable.Opens) + "."
	case poll.Nominating:
		return "Nominations are open until the end of " + on(timetable.NominationsClose) + "."
	case poll.Nominated:
		return "Nominations are closed. Voting opens on " + on(timetable.Opens) + "."
	case poll.Announced:
		return "Notice of the poll is given. Voting opens on " + v.when(p.Facts().Opens()) + "."
	case poll.Open:
		return "Voting is open until " + v.when(p.Closes) + "."
	case poll.Closed:
		return "Voting closed on " + v.when(p.Closes) + ". The votes are not counted yet."
	case poll.Counted:
		return "The votes are counted. The result is not declared yet."
	case poll.Uncontested:
		return "There is no vote: no more people stand than there are seats."
	case poll.Declared:
		return "The result is declared. It can be questioned until the end of " + v.weekday(lastQuestion(p.Poll)) + "."
	case poll.Settled:
		return "The result is declared and settled."
	case poll.Ended:
		return "It is over: the result is settled and the key is destroyed."
	case poll.Abandoned:
		return "It was abandoned on " + v.day(p.Abandoned) + "."
	}
	return ""
}

// lastQuestion is the last day on which a result of the poll can be questioned.
func lastQuestion(p poll.Poll) (last law.Date) {
	for _, c := range p.Contests {
		if c.Declared != nil && c.Declared.PetitionUntil.After(last) {
			last = c.Declared.PetitionUntil
		}
	}
	return last
}

// asked says what a contest asks of its voters.
func asked(p poll.Poll, c poll.Contest) string {
	if !p.Kind.Elects() {
		return c.Question
	}
	if n := len(c.Standing()); n > 0 {
		return fmt.Sprintf("%s for %s.", phrase(n, "person stands", "people stand"), few(c.Seats, "seat", "seats"))
	}
	return page.Begin(few(c.Seats, "seat", "seats")) + "."
}

// few writes a small number as a word: "three seats".
func few(n int, one, many string) string {
	return said(page.Words(n)) + " " + said(page.Plural(n, one, many))
}

// rulesInWords are the rules of a poll for people who do not read JSON.
func rulesInWords(p poll.Poll) page.Summary {
	r := p.Rules
	out := page.Summary{{Term: "How it is counted", Fact: countedBy(p)}}
	if p.Kind == poll.Proposal {
		fact := "The answer binds the organisation."
		if !r.Binding {
			fact = "The answer is advice. It does not bind the organisation."
		}
		out = append(out, page.SummaryRow{Term: "What it decides", Fact: fact})
	}
	again := "The first vote counts. Once cast it cannot be changed."
	if r.Revote == poll.LastCounts {
		again = "You may vote again until voting closes. The last vote counts."
	}
	weight := "One vote each."
	if r.Weighted {
		weight = "Each voter has the votes of their class of members."
	}
	out = append(out,
		page.SummaryRow{Term: "Votes", Fact: weight}, page.SummaryRow{Term: "Voting again", Fact: again},
		page.SummaryRow{Term: "Ways to vote", Fact: page.Begin(waysToVote(r)) + "."},
		page.SummaryRow{Term: "Who opens the votes", Fact: fmt.Sprintf("%s of %s keyholders together. Nobody else can, and nobody can alone.",
			page.Begin(said(page.Words(r.Threshold))), said(page.Words(r.Keyholders)))},
	)
	if p.Kind.Elects() {
		order := "By family name."
		if r.Order == poll.Drawn {
			order = "Drawn by lot when notice of poll is given."
		}
		out = append(out, page.SummaryRow{Term: "Order on the ballot", Fact: order}, page.SummaryRow{Term: "Seats that fall empty", Fact: vacancies(r)})
	}
	if r.Counting.Ranked {
		fact := "Nobody."
		if len(r.RankingsSeenBy) > 0 {
			fact = page.Begin(page.List(r.RankingsSeenBy)) + ", without names. Everybody sees the totals of each stage."
		}
		out = append(out, page.SummaryRow{Term: "Who sees whole rankings", Fact: fact})
	}
	return append(out,
		page.SummaryRow{Term: "Turnout", Fact: turnoutShown(r)},
		page.SummaryRow{Term: "Questions about the result", Fact: "Until " + count(r.PetitionDays, "day", "days") + " after it is declared."},
		page.SummaryRow{Term: "Ballots are kept", Fact: "For " + months(r.KeepMonths) + " after the close, locked."})
}

func countedBy(p poll.Poll) string {
	c := p.Rules.Counting
	if p.Kind.Elects() {
		name := c.Rules
		if rule, err := counting.FindRule(c.Rules); err == nil {
			name = rule.Name
		}
		how := "you mark candidates"
		if c.Ranked {
			how = "you put candidates in order"
		}
		return fmt.Sprintf("%s, version %d: %s.", page.Begin(name), c.Version, how)
	}
	least := "at least"
	if c.MoreThan {
		least = "more than"
	}
	base := "of the votes cast"
	if c.Base == string(counting.Eligible) {
		base = "of all votes on the roll"
	}
	out := fmt.Sprintf("It is carried by %s %s %s.", least, fraction(c.Num, c.Den), base)
	if c.TurnoutPercent > 0 {
		out += fmt.Sprintf(" At least %d%% of the votes on the roll have to be cast.", c.TurnoutPercent)
	}
	if c.Stages > 1 {
		out += fmt.Sprintf(" It takes %s votes, and this is number %d.", said(page.Words(c.Stages)), c.Stage)
	}
	return out
}

func fraction(num, den int) string {
	switch {
	case num == 1 && den == 2:
		return "half"
	case num == 2 && den == 3:
		return "two thirds"
	case num == 3 && den == 4:
		return "three quarters"
	case num == den:
		return "all"
	}
	return fmt.Sprintf("%d in %d", num, den)
}

func waysToVote(r poll.Rules) string {
	names := map[poll.Channel]string{poll.Web: "on the web", poll.Paper: "on paper", poll.Telephone: "by telephone"}
	var out []string
	for _, c := range r.Channels {
		out = append(out, names[c])
	}
	return page.List(out)
}

func vacancies(r poll.Rules) string {
	way := map[poll.Vacating]string{
		poll.Countback: "The votes of this election are counted again without the one who left", poll.NextHighest: "The one with the next most votes is asked",
		poll.ByElection: "There is a new election", poll.LeftVacant: "They stay empty until the next election",
	}[r.Vacancies]
	if r.VacancyMonths > 0 && (r.Vacancies == poll.Countback || r.Vacancies == poll.NextHighest) {
		return way + ", for " + months(r.VacancyMonths) + " after the declaration; then there is a new election."
	}
	return way + "."
}

func months(n int) string {
	if n%12 == 0 && n > 0 {
		return count(n/12, "year", "years")
	}
	return count(n, "month", "months")
}

func turnoutShown(r poll.Rules) string {
	if len(r.TurnoutAt) == 0 {
		return "Not shown while voting is open."
	}
	var days []string
	close := false
	for _, n := range r.TurnoutAt {
		if n == 0 {
			close = true
			continue
		}
		days = append(days, number(n))
	}
	var parts []string
	if len(days) > 0 {
		parts = append(parts, page.List(days)+" working days before the close")
	}
	if close {
		parts = append(parts, "at the close")
	}
	return fmt.Sprintf("Shown %s, of no group smaller than %d.", strings.Join(parts, " and "), r.MinimumCell)
}

// lawInWords says on which law the rules rest, and whether we checked it.
func (v *visit) lawInWords(r poll.Rules) page.Defs {
	var out page.Defs
	for _, b := range r.Law {
		note := "We have not checked the words of this law."
		if d, err := law.ParseDate(b.Checked); err == nil {
			note = "Checked on " + v.day(d) + "."
		}
		line := page.Def{Term: b.Text, Fact: note}
		if _, err := v.house.Law.Rule(b.Rule, v.today()); err == nil {
			line.Href = "/law/" + b.Rule
		}
		out = append(out, line)
	}
	return out
}

// timeline is the timetable of a poll with what is over, what is now and what is to
// come.
func (v *visit) timeline(p seen) page.Timeline {
	today := v.today()
	abandoned := p.stage == poll.Abandoned
	var out page.Timeline
	now := -1
	for i, d := range p.Timetable.Days {
		s := page.Step{Title: d.Step.Title(), Stage: page.StepToCome}
		day := v.weekday(d.Day)
		switch d.Step {
		case timetable.Closes:
			day = v.when(p.Closes)
		case timetable.Opens:
			if opens := p.Facts().Opens(); !opens.IsZero() {
				day = v.when(opens)
			}
		}
		s.Detail = day + ". " + d.Step.About()
		over := d.Day.Before(today) || d.Step == timetable.Closes && !v.now.Before(p.Closes) || d.Step == timetable.Opens && p.stage.Rank() >= poll.Open.Rank()
		if over {
			s.Stage, now = page.StepDone, i
		}
		if d.Why != "" {
			s.Detail += " Moved: " + d.Why
		}
		out = append(out, s)
	}
	if now+1 < len(out) && !abandoned && p.stage != poll.Ended {
		out[now+1].Stage = page.StepNow
		out[now+1].Detail = "Next: " + out[now+1].Detail
	}
	for i := range out {
		if abandoned && out[i].Stage == page.StepToCome {
			out[i].Detail = "Did not take place. It was to be " + out[i].Detail
		}
	}
	return out
}
