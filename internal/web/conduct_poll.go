package web

import (
	"net/http"
	"regexp"
	"slices"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/policy"
	"commonweal/internal/decide/poll"
	"commonweal/internal/web/page"
	"commonweal/law"
)

// conductRoot is where votes are held; below it are the polls by code.
const conductRoot = "/votes/conduct"

// reservedCodes are words that stand where the code of a poll stands in addresses.
var reservedCodes = []string{"conduct", "new", "find"}

// conduct is a visit to one poll by somebody who has to do with holding it.
type conduct struct {
	*visit
	p     poll.Poll
	stage poll.Stage
	known map[string]string // names by id of the person
}

// held makes a handler of one that works on the poll of the address. What the room
// refuses because the visitor holds no office in this poll is shown in words.
func (s *Server) held(do func(c *conduct) error) func(v *visit) error {
	return func(v *visit) error {
		c, err := v.conducted(v.r.PathValue("poll"))
		if err != nil {
			return err
		}
		err = do(c)
		if fault.Is(err, fault.Forbidden) {
			return c.refuse(c.words(err))
		}
		return err
	}
}

// conducted finds a poll by its code. A draft is shown only to those who prepare it
// or take part in holding it.
func (v *visit) conducted(code string) (*conduct, error) {
	p, err := v.house.Polls.PollByCode(v.ctx, v.org.ID, code)
	if fault.Is(err, fault.NotFound) {
		return nil, fault.Errorf(fault.NotFound, "there is no vote %q", clip(code, 60))
	}
	if err != nil {
		return nil, err
	}
	c := &conduct{visit: v, p: p, stage: p.Stage(v.now)}
	if !c.shown() {
		return nil, fault.Errorf(fault.NotFound, "there is no vote %q", clip(code, 60))
	}
	return c, nil
}

// shown reports whether the visitor may know of the poll.
func (c *conduct) shown() bool {
	return !c.p.Called.IsZero() || c.can(policy.PollDraft) || c.actor.Holds(policy.StaffSide) || c.takesPart()
}

// takesPart reports whether the visitor holds an office in the poll.
func (c *conduct) takesPart() bool {
	return slices.ContainsFunc(c.p.Officials, func(o poll.Official) bool { return o.Holds() && o.Person == c.actor.Person })
}

// holds reports whether the visitor holds one of the offices in this poll.
func (c *conduct) holds(offices ...poll.Office) bool {
	return slices.ContainsFunc(c.p.Officials, func(o poll.Official) bool {
		return o.Holds() && o.Person == c.actor.Person && slices.Contains(offices, o.Office)
	})
}

// at is an address below that of the poll.
func (c *conduct) at(parts ...string) string {
	return strings.Join(append([]string{conductRoot, c.p.Code}, parts...), "/")
}

// only refuses visitors who hold none of the offices in this poll, in words.
func (c *conduct) only(offices ...poll.Office) error {
	if c.holds(offices...) {
		return nil
	}
	var titles, who []string
	for _, o := range offices {
		titles = append(titles, "the "+o.Title())
		for _, one := range c.p.Holders(o) {
			who = append(who, c.name(one.Person))
		}
	}
	text := "Only " + page.List(titles) + " of this vote may do this, and you are not."
	if len(offices) > 1 {
		text = "Only " + page.List(titles) + " of this vote may see this, and you are neither."
	}
	if len(who) > 0 {
		text += " Ask " + page.List(who) + "."
	} else {
		text += " Nobody is named yet: the secretary names them."
	}
	return fault.Errorf(fault.Forbidden, "%s", text)
}

// refuse shows that the visitor may not do this in this poll, and why.
func (c *conduct) refuse(why string) error {
	if c.api() {
		return fault.Errorf(fault.Forbidden, "%s", strings.TrimSuffix(why, "."))
	}
	f := c.frameOf("You cannot do this", "")
	f.Data = page.Refused("Why", why, "Who holds which office in a vote is named for each vote and is in the record.", page.Link{Text: "See who holds this vote", Href: c.at("officials")})
	return c.show(http.StatusForbidden, "fault", f)
}

// frameOf is the frame of a page about the poll.
func (c *conduct) frameOf(heading, sentence string) page.Frame {
	f := c.frame()
	f.Back = page.Link{Text: c.p.Title, Href: c.at()}
	f.Kicker = c.p.Title
	f.Heading, f.Sentence = heading, sentence
	return f
}

// contest finds a contest by the code in the address.
func (c *conduct) contest(code string) (poll.Contest, error) {
	for _, one := range c.p.Contests {
		if one.Code == code {
			return one, nil
		}
	}
	return poll.Contest{}, fault.Errorf(fault.NotFound, "this vote has no contest %q", clip(code, 60))
}

// contestByID finds a contest of a task.
func (c *conduct) contestByID(id string) (poll.Contest, bool) {
	i := slices.IndexFunc(c.p.Contests, func(one poll.Contest) bool { return one.ID == id })
	if i < 0 {
		return poll.Contest{}, false
	}
	return c.p.Contests[i], true
}

// one contest's title is said only where there are several.
func (c *conduct) titled(one poll.Contest, text string) string {
	if len(c.p.Contests) == 1 {
		return text
	}
	return one.Title + ": " + inRunningText(text)
}

// people are everybody whom the poll names.
func (c *conduct) people() []string {
	out := []string{c.p.CalledBy, c.p.AnnouncedBy, c.p.AbandonedBy, c.actor.Person}
	for _, o := range c.p.Officials {
		out = append(out, o.Person, o.NamedBy, o.EndedBy)
	}
	for _, d := range c.p.Timetable.Days {
		out = append(out, d.ChangedBy)
	}
	for _, one := range c.p.Contests {
		for _, n := range one.Nominations {
			out = append(out, n.Person, n.DecidedBy)
			for _, b := range n.Backers {
				out = append(out, b.Person)
			}
		}
		for _, x := range one.Claims {
			out = append(out, x.Person, x.About, x.DecidedBy)
		}
		for _, x := range one.Petitions {
			out = append(out, x.Person, x.DecidedBy)
		}
		for _, x := range one.Vacancies {
			out = append(out, x.SettledBy)
		}
		if one.Declared != nil {
			out = append(out, one.Declared.By)
		}
		if one.Roll != nil {
			out = append(out, one.Roll.MadeBy)
		}
	}
	return slices.DeleteFunc(out, func(id string) bool { return id == "" || id == "setup" || id == "system" })
}

// unnamed stands for somebody whose details are erased.
const unnamed = "somebody whose details are erased"

// name is that of a person.
func (c *conduct) name(id string) string {
	if c.known == nil {
		c.known = map[string]string{"system": "this program", "setup": "at the setting up", "": ""}
		people, err := c.house.Identity.People(c.ctx, c.org.ID, c.people())
		if err == nil {
			for id, p := range people {
				c.known[id] = p.Name()
			}
		}
	}
	if name, ok := c.known[id]; ok && (name != "" || id == "") {
		return name
	}
	p, err := c.house.Identity.Person(c.ctx, c.org.ID, id)
	if err != nil || p.Name() == "" {
		c.known[id] = unnamed
	} else {
		c.known[id] = p.Name()
	}
	return c.known[id]
}

// names are several, as people list them.
func (c *conduct) names(ids []string) string {
	var out []string
	for _, id := range ids {
		out = append(out, c.name(id))
	}
	return page.List(out)
}

// candidate is the name on the ballot of a nomination.
func (c *conduct) candidate(id string) string {
	for _, one := range c.p.Contests {
		for _, n := range one.Nominations {
			if n.ID == id {
				if n.BallotName == "" {
					return unnamed
				}
				return n.BallotName
			}
		}
	}
	return "this candidate"
}

var idInWords = regexp.MustCompile(`(?i)\b(person|nomination|claim|vacancy|question|contest|by) ([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\b`)

// words are what the room refused, as a sentence: with names in place of ids, and
// the title in place of the code.
func (c *conduct) words(err error) string {
	text := c.inNames(c.refusalWords(err))
	if name := c.name(c.actor.Person); strings.HasPrefix(text, name+" is not the ") {
		text = "You are not the " + strings.TrimPrefix(text, name+" is not the ")
	} else if strings.HasPrefix(text, name+" cannot ") {
		text = "You cannot " + strings.TrimPrefix(text, name+" cannot ")
	}
	return text
}

// inNames puts names in place of ids, and titles in place of codes.
func (c *conduct) inNames(text string) string {
	text = idInWords.ReplaceAllStringFunc(text, func(found string) string {
		noun, id, _ := strings.Cut(found, " ")
		switch strings.ToLower(noun) {
		case "person":
			return c.name(id)
		case "nomination":
			return "the nomination of " + c.candidate(id)
		case "contest":
			if one, ok := c.contestByID(id); ok {
				return one.Title
			}
		case "by":
			return noun + " " + c.name(id)
		}
		return "this " + strings.ToLower(noun)
	})
	for _, before := range []string{"Poll ", "poll "} {
		text = strings.ReplaceAll(text, before+c.p.Code, c.p.Title)
	}
	for _, one := range c.p.Contests {
		for _, before := range []string{"Contest ", "contest "} {
			text = strings.ReplaceAll(text, before+one.Code, one.Title)
		}
	}
	return page.Begin(text)
}

// wrongAt puts what the room refused at the field that it is about; what is about
// none goes to otherwise.
func (c *conduct) wrongAt(err error, otherwise *string, fields map[string]*string) {
	if err == nil {
		return
	}
	if at, ok := fields[fault.FieldOf(err)]; ok {
		otherwise = at
	}
	*otherwise = c.words(err)
}

// onDay is a day with its name, as one says what is to come.
func (v *visit) onDay(d law.Date) string {
	if d.IsZero() {
		return ""
	}
	return said(page.Weekday(v.now, d.String()))
}
