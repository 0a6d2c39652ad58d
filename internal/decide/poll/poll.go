package poll

import (
	"regexp"
	"strings"
	"time"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/policy"
	"commonweal/internal/base/prose"
	"commonweal/internal/decide/timetable"
	"commonweal/law"
)

// Poll is one poll with everything about it but the lines of its rolls and its
// votes.
type Poll struct {
	ID, Org   string
	Code      string // in addresses: "council-2027"
	Title     string
	Kind      Kind
	About     string // what it is about, for members
	LegalForm law.FormID
	Follows   string // the poll that was the vote before, of a resolution that takes two
	Rules     Rules
	RulesHash string // once it is called
	Closes    time.Time
	Called    law.Date
	CalledBy  string
	Revision  int // how often the timetable was changed
	KeyMade   law.Date
	KeyGroup  string
	// Announced is the instant of the notice of poll, with its text and hash.
	Announced   time.Time
	AnnouncedBy string
	Notice      []byte
	NoticeHash  string
	Ended       law.Date
	Abandoned   law.Date
	AbandonedBy string
	Reason      string // for abandoning it

	booth string // SHA-256 of the page on which people vote, for the notice

	Timetable timetable.Timetable
	Contests  []Contest
	Officials []Official
}

// Facts are what the stage of the poll depends on.
func (p Poll) Facts() Facts {
	f := Facts{
		Kind: p.Kind, Timetable: p.Timetable, Rules: p.Rules, Called: p.Called, Announced: p.Announced, KeyMade: p.KeyMade,
		Ended: p.Ended, Abandoned: p.Abandoned, Officials: map[Office]int{},
	}
	for _, o := range p.Officials {
		if o.Holds() {
			f.Officials[o.Office]++
			f.Independent = f.Independent || o.Office == Keyholder && o.Side != NoSide
		}
	}
	for _, c := range p.Contests {
		f.Contests = append(f.Contests, c.facts())
	}
	return f
}

func (c Contest) facts() ContestFacts {
	f := ContestFacts{
		ID: c.ID, Title: c.Title, Seats: c.Seats, Standing: len(c.Standing()), Undecided: c.undecided(), HasRoll: c.Roll != nil,
		OpenClaims: c.openClaims(), Uncontested: c.Uncontested, Counted: c.Counted,
	}
	if c.Declared != nil {
		f.Declared, f.PetitionUntil, f.NotAppointed = c.Declared.Day, c.Declared.PetitionUntil, len(c.Declared.Result.NotAppointed)
	}
	for _, p := range c.Petitions {
		if p.Decided.IsZero() {
			f.OpenPetitions++
		}
	}
	for _, v := range c.Vacancies {
		if v.open() {
			f.OpenVacancies++
		}
	}
	return f
}

// Stage is where the poll stands at an instant.
func (p Poll) Stage(now time.Time) Stage { return p.Facts().At(now) }

// Next is what has to be done, with those who have to do it as far as the poll
// names them.
func (p Poll) Next(now time.Time) []Next {
	_, list := p.Facts().Stage(now)
	for i, n := range list {
		for _, o := range p.Holders(Office(n.Who)) {
			list[i].People = append(list[i].People, o.Person)
		}
	}
	return list
}

// TitleOf is the title of a contest with that of its poll, where they differ.
func (p Poll) TitleOf(c Contest) string {
	if c.Title == "" || c.Title == p.Title {
		return p.Title
	}
	return p.Title + ": " + c.Title
}

// Contest finds a contest by id.
func (p Poll) Contest(id string) (Contest, error) {
	for _, c := range p.Contests {
		if c.ID == id {
			return c, nil
		}
	}
	return Contest{}, fault.Errorf(fault.NotFound, "poll %s has no contest %q", p.Code, id)
}

var codeForm = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

const (
	maxCode     = 40
	maxTitle    = 120
	maxSeats    = 60
	maxContests = 200
)

// check refuses a draft that contradicts itself.
func (p *Poll) check() error {
	p.Title = strings.Join(strings.Fields(p.Title), " ")
	switch {
	case !p.Kind.Known():
		return fault.Fieldf("kind", "there is no kind of poll %q", p.Kind)
	case !codeForm.MatchString(p.Code) || len(p.Code) > maxCode:
		return fault.Fieldf("code", "the code %q is not small letters, digits and hyphens", p.Code)
	case p.Title == "" || prose.Longer(p.Title, maxTitle):
		return fault.Fieldf("title", "a title has between 1 and %d letters", maxTitle)
	case p.Rules.Kind != p.Kind:
		return fault.Fieldf("rules", "the rules are for the kind %q", p.Rules.Kind)
	case p.Closes.Second() != 0 || p.Closes.Nanosecond() != 0:
		return fault.Fieldf("closes", "a poll closes on a whole minute")
	case len(p.Contests) == 0 || len(p.Contests) > maxContests:
		return fault.Fieldf("contests", "a poll has between 1 and %d contests, and this has %d", maxContests, len(p.Contests))
	case p.Kind != Constituency && len(p.Contests) != 1:
		return fault.Fieldf("contests", "a poll of the kind %s has one contest", p.Kind)
	case (p.Follows != "") != (p.Kind == Resolution && p.Rules.Counting.Stage > 1):
		return fault.Fieldf("follows", "a second vote on a resolution, and nothing else, follows another poll")
	}
	if err := prose.Plain("title", p.Title); err != nil {
		return err
	}
	var err error
	if p.About, err = written("about", p.About, 2000); err != nil {
		return err
	}
	if err := p.Rules.check(); err != nil {
		return err
	}
	seen := map[string]bool{}
	for i := range p.Contests {
		c := &p.Contests[i]
		if err := c.check(p.Kind); err != nil {
			return err
		}
		if seen[c.Code] {
			return fault.Fieldf("contests", "contest %s is there twice", c.Code)
		}
		seen[c.Code] = true
	}
	return nil
}

func (c *Contest) check(kind Kind) error {
	c.Title = strings.Join(strings.Fields(c.Title), " ")
	switch {
	case !codeForm.MatchString(c.Code) || len(c.Code) > maxCode:
		return fault.Fieldf("contests", "the code %q of a contest is not small letters, digits and hyphens", c.Code)
	case c.Title == "" || prose.Longer(c.Title, maxTitle):
		return fault.Fieldf("contests", "contest %s: a title has between 1 and %d letters", c.Code, maxTitle)
	case kind == Constituency && (c.Class == "" || c.Constituency == ""):
		return fault.Fieldf("contests", "contest %s names no class and constituency", c.Code)
	case c.Constituency != "" && c.Class == "":
		return fault.Fieldf("contests", "contest %s: a constituency is of a class", c.Code)
	case c.Role != "" && (!c.Role.Known() || c.Role != policy.Director && c.Role != policy.CouncilMember):
		return fault.Fieldf("contests", "contest %s: nobody is elected %s", c.Code, c.Role.Title())
	case !c.TermEnds.IsZero() && !c.TermStarts.Before(c.TermEnds):
		return fault.Fieldf("contests", "contest %s: the term would end on %s and begins on %s", c.Code, c.TermEnds, c.TermStarts)
	}
	if err := prose.Plain("contests", c.Title); err != nil {
		return err
	}
	if kind.Elects() {
		return c.checkElection(kind)
	}
	return c.checkQuestion()
}

func (c *Contest) checkElection(kind Kind) error {
	switch {
	case c.Seats < 1 || c.Seats > maxSeats || kind == Post && c.Seats != 1:
		return fault.Fieldf("contests", "contest %s: %d seats is too few or too many", c.Code, c.Seats)
	case c.Question != "" || len(c.Answers) > 0:
		return fault.Fieldf("contests", "contest %s: an election asks no question", c.Code)
	}
	return nil
}

func (c *Contest) checkQuestion() (err error) {
	if c.Question, err = written("question", c.Question, 300); err != nil {
		return err
	}
	if len(c.Answers) == 0 {
		c.Answers = []string{"Yes", "No"}
	}
	switch {
	case c.Question == "":
		return fault.Fieldf("question", "contest %s has no question", c.Code)
	case len(c.Answers) != 2 || c.Answers[0] == "" || c.Answers[1] == "" || c.Answers[0] == c.Answers[1]:
		return fault.Fieldf("answers", "a question has two answers, the one that is for it first")
	case c.Seats != 0 || c.Role != "":
		return fault.Fieldf("contests", "contest %s: nobody is elected by a question", c.Code)
	}
	for _, a := range c.Answers {
		if prose.Longer(a, maxBallotName) {
			return fault.Fieldf("answers", "an answer has at most %d letters", maxBallotName)
		}
		if err := prose.Plain("answers", a); err != nil {
			return err
		}
	}
	return nil
}

// withdrawUntil is the last day on which a candidate may withdraw.
func (p Poll) withdrawUntil() law.Date { return p.Timetable.Day(timetable.Withdrawals) }
