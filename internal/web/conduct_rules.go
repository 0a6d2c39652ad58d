package web

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	counting "commonweal/count"
	"commonweal/internal/decide/poll"
	"commonweal/internal/web/page"
	"commonweal/law"
)

// ruleDefs are the rules of a poll in plain words.
func ruleDefs(r poll.Rules) page.Defs {
	out := page.Defs{{Term: "How votes are counted", Fact: countingWords(r)}}
	if r.Kind == poll.Proposal {
		out = append(out, page.Def{Term: "What the answer is", Fact: bindingWords(r.Binding)})
	}
	out = append(out, page.Def{Term: "Votes", Fact: weightWords(r)}, page.Def{Term: "Voting again", Fact: revoteWords(r.Revote)},
		page.Def{Term: "Ways to vote", Fact: ruleChannels(r.Channels)})
	if r.Kind.Elects() {
		out = append(out,
			page.Def{Term: "To stand", Fact: standWords(r)},
			page.Def{Term: "Order on the ballot", Fact: orderWords(r.Order)},
			page.Def{Term: "Seats that fall empty", Fact: vacancyWords(r)})
	}
	out = append(out, page.Def{Term: "The key", Fact: keyWords(r)})
	if r.Counting.Ranked {
		out = append(out, page.Def{Term: "Who may see whole rankings", Fact: rankingWords(r.RankingsSeenBy)})
	}
	return append(out,
		page.Def{Term: "Turnout", Fact: turnoutWords(r)},
		page.Def{Term: "Questioning the result", Fact: "For " + count(r.PetitionDays, "day", "days") + " after the declaration."},
		page.Def{Term: "Ballots are kept", Fact: "For " + count(r.KeepMonths, "month", "months") + " after the close."})
}

func countingWords(r poll.Rules) string {
	if r.Kind.Elects() {
		rule, err := counting.FindRule(r.Counting.Rules)
		if err != nil {
			return r.Counting.Rules
		}
		how := "Voters mark candidates."
		if rule.Ranked {
			how = "Voters rank candidates in order of choice."
		}
		return fmt.Sprintf("%s, version %d. %s", rule.Name, rule.Version, how)
	}
	c := r.Counting
	s := majorityWords(c) + "."
	if c.TurnoutPercent > 0 {
		s += fmt.Sprintf(" At least %d%% of those who may vote have to take part.", c.TurnoutPercent)
	}
	if c.Stages > 1 {
		s += fmt.Sprintf(" This is vote %d of %d on it.", c.Stage, c.Stages)
	}
	if c.Blank {
		s += " A blank vote is neither for nor against."
	}
	return s
}

// majorityWords is what carries a question: "More than half of the votes cast".
func majorityWords(c poll.Counting) string {
	parts := map[string]string{"1/2": "half", "2/3": "two thirds", "3/4": "three quarters", "1/1": "all"}
	share, ok := parts[fmt.Sprintf("%d/%d", c.Num, c.Den)]
	if !ok {
		share = fmt.Sprintf("%d in %d", c.Num, c.Den)
	}
	how, base := "At least ", "the votes cast"
	if c.MoreThan {
		how = "More than "
	}
	if c.Base == string(law.Eligible) {
		base = "all who may vote, whether or not they do"
	}
	return "It is carried by " + strings.ToLower(how) + share + " of " + base
}

func bindingWords(binding bool) string {
	if binding {
		return "A decision that binds."
	}
	return "Advice to those who decide."
}

func weightWords(r poll.Rules) string {
	if r.Weighted {
		return "Each voter has the votes of their class."
	}
	return "Each voter has one vote."
}

func revoteWords(r poll.Revote) string {
	if r == poll.LastCounts {
		return "Somebody may vote again until the close. The last vote counts."
	}
	return "The first vote counts. Nobody votes twice."
}

var channelNames = map[poll.Channel]string{poll.Web: "on the web", poll.Paper: "on paper", poll.Telephone: "by telephone"}

func ruleChannels(list []poll.Channel) string {
	var out []string
	for _, c := range list {
		out = append(out, channelNames[c])
	}
	return page.Begin(page.List(out)) + "."
}

func standWords(r poll.Rules) string {
	s := "A declaration of interests, a statement of at most " + count(r.StatementWords, "word", "words")
	if r.Photographs {
		s += ", a photograph if they like"
	}
	if r.Backers == 0 {
		return s + ". Nobody has to back a candidate."
	}
	return s + ", and " + count(r.Backers, "member who backs them.", "members who back them.")
}

func orderWords(o poll.Order) string {
	if o == poll.Drawn {
		return "Drawn by lot when notice of poll is given."
	}
	return "By name."
}

var vacancyWays = map[poll.Vacating]string{
	poll.Countback: "counting the papers of the election again", poll.NextHighest: "the candidate who came next",
	poll.ByElection: "a by-election", poll.LeftVacant: "nobody until the next election",
}

func vacancyWords(r poll.Rules) string {
	s := "Filled by " + vacancyWays[r.Vacancies]
	if r.Vacancies == poll.LeftVacant {
		s = "They stay empty until the next election"
	}
	if r.Vacancies == poll.Countback || r.Vacancies == poll.NextHighest {
		return s + " for " + count(r.VacancyMonths, "month", "months") + " after the declaration, then by a by-election."
	}
	return s + "."
}

func keyWords(r poll.Rules) string {
	return page.Begin(said(page.Words(r.Keyholders))) + " keyholders hold it. " + page.Begin(said(page.Words(r.Threshold))) + " of them open the votes together."
}

func rankingWords(who []string) string {
	if len(who) == 0 {
		return "Nobody. Totals of each stage are for everybody."
	}
	var out []string
	for _, w := range who {
		out = append(out, "the "+w)
	}
	return page.Begin(page.List(out)) + ". Totals of each stage are for everybody."
}

func turnoutWords(r poll.Rules) string {
	if len(r.TurnoutAt) == 0 {
		return "Not shown before the close."
	}
	days := slices.Clone(r.TurnoutAt)
	slices.SortFunc(days, func(a, b int) int { return b - a })
	var out []string
	for _, n := range days {
		if n == 0 {
			out = append(out, "at the close")
		} else {
			out = append(out, count(n, "working day", "working days")+" before the close")
		}
	}
	return "Shown on the board " + page.List(out) + ", and never of fewer than " + number(r.MinimumCell) + " voters."
}

// lawDefs are the sources that the rules rest on, each with how far our wording may
// be relied on.
func lawDefs(r poll.Rules) page.Defs {
	var out page.Defs
	for _, b := range r.Law {
		fact := b.Text + ", with effect from " + fullDay(b.From) + ". "
		if day, err := law.ParseDate(b.Checked); err == nil {
			fact += "Compared with its source on " + dayInFull(day) + "."
		} else {
			fact += "Our wording has not been compared with its source yet."
		}
		out = append(out, page.Def{Term: lawTitle(b.Rule), Fact: fact})
	}
	return out
}

func fullDay(iso string) string {
	if d, err := law.ParseDate(iso); err == nil {
		return dayInFull(d)
	}
	return iso
}

// lawTitle says in words what a rule of law is about.
func lawTitle(id string) string {
	known := map[string]string{
		"election.question": "Questioning a result", "ballot-material": "Keeping ballots", "election.statement": "Statements of candidates",
		"election.timetable": "The timetable",
	}
	switch {
	case known[id] != "":
		return known[id]
	case strings.HasPrefix(id, "resolution."):
		return "The majority"
	}
	return id
}

// conductRules are the rules of a poll, with what they rest on.
func (s *Server) conductRules(c *conduct) error {
	f := c.frameOf("The rules", "They are made from law and model rules, and can be changed until the vote is called.")
	if !c.p.Called.IsZero() {
		f.Sentence = "Members were called by these rules on " + c.day(c.p.Called) + ". They do not change."
	}
	p := conductPage{Sections: []conductSection{
		{Show: []page.Component{spelled(ruleDefs(c.p.Rules))}},
		{Heading: "What they rest on", Show: []page.Component{spelled(lawDefs(c.p.Rules))}, Links: page.Links{{Text: "The law we work by", Href: "/law"}}},
	}}
	if c.p.RulesHash != "" {
		p.Sections = append(p.Sections, conductSection{Heading: "Their hash", Text: []string{"Each ballot refers to it. Change a letter of the rules, and it is another."}, Show: []page.Component{page.Defs{{Term: "SHA-256", Fact: c.p.RulesHash}}}})
	}
	return c.sections(f, p)
}

func numbersText(list []int) string {
	var out []string
	for _, n := range list {
		out = append(out, strconv.Itoa(n))
	}
	return strings.Join(out, ", ")
}
