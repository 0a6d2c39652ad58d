package house

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/jobs"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/notice"
	"commonweal/internal/base/policy"
	"commonweal/internal/base/words"
	"commonweal/internal/decide/box"
	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/law"
)

// Kinds of message about votes.
const (
	kindPollCalled    = "poll.called"
	kindPollAnnounced = "poll.announced"
	kindPollReminder  = "poll.reminder"
	kindPollDeclared  = "poll.declared"
	kindPollTask      = "poll.task"
	kindBackingAsked  = "nomination.asked"
	kindStanding      = "nomination.decided"
	kindClaimDecided  = "roll.decided"
	kindVoteEntered   = "vote.entered"
	kindCodeReplaced  = "code.replaced"
)

var pollKinds = []notice.Kind{
	{Name: kindPollCalled, Title: "That an election is called and people can stand"},
	{Name: kindPollAnnounced, Title: "That a vote opens, and how to vote", Statutory: true},
	{Name: kindPollReminder, Title: "That a vote closes soon and we have none from you"},
	{Name: kindPollDeclared, Title: "The result of a vote"},
	{Name: kindPollTask, Title: "What you have to do for a vote that you help to hold"},
	{Name: kindBackingAsked, Title: "That somebody asks you to propose or second them"},
	{Name: kindStanding, Title: "What was decided about your nomination", Statutory: true},
	{Name: kindClaimDecided, Title: "What was decided about your claim to a roll", Statutory: true},
	{Name: kindVoteEntered, Title: "That a vote of yours on paper or by telephone was entered", Statutory: true},
	{Name: kindCodeReplaced, Title: "That what you vote with was replaced", Statutory: true},
}

// TellPolls sends what there is to tell about votes, each thing once: what is to be
// told follows from the polls and the day, and whether it was told is in the record.
// A crash in the middle is made good by the next run.
func (h *House) TellPolls(ctx context.Context) error {
	return h.eachPoll(ctx, func(ctx context.Context, p poll.Poll) error {
		if err := h.tellPoll(ctx, p); err != nil {
			return fmt.Errorf("tell people about poll %s: %w", p.Code, err)
		}
		return nil
	})
}

func (h *House) tellJob(ctx context.Context, _ jobs.Job) error { return h.TellPolls(ctx) }

func (h *House) tellPoll(ctx context.Context, p poll.Poll) error {
	list, err := h.pollMessages(ctx, p)
	if err != nil {
		return err
	}
	for part := range slices.Chunk(list, perChange) {
		_, err := h.Journal.Record(ctx, journal.Fact{Org: p.Org, Kind: "poll.told", Actor: byClock}, func(tx *journal.Tx) error {
			rest, err := h.notTold(ctx, tx, part)
			if err != nil {
				return err
			}
			if len(rest) == 0 {
				return journal.ErrNothing
			}
			tx.Detail("poll", p.ID)
			tx.Detail("told", len(rest))
			_, err = h.Notices.SendAll(ctx, tx, rest)
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// notTold leaves out what was sent before, and people whose details were erased.
func (h *House) notTold(ctx context.Context, tx *journal.Tx, list []notice.Message) ([]notice.Message, error) {
	abouts, people := map[string][]string{}, []string{}
	for _, m := range list {
		abouts[m.Kind] = append(abouts[m.Kind], m.About)
		people = append(people, m.To.ID)
	}
	known, err := identity.PeopleByID(ctx, tx.Tx, tx.Org(), people)
	if err != nil {
		return nil, err
	}
	told := map[string]map[string]bool{}
	for kind, ids := range abouts {
		if told[kind], err = h.Notices.ToldAbout(ctx, tx.Tx, tx.Org(), kind, ids); err != nil {
			return nil, err
		}
	}
	var out []notice.Message
	for _, m := range list {
		if p, ok := known[m.To.ID]; ok && p.Erased == "" && !told[m.Kind][m.About] {
			out = append(out, m)
		}
	}
	return out, nil
}

// pollMessages are all messages about a poll that have a reason today.
func (h *House) pollMessages(ctx context.Context, p poll.Poll) (out []notice.Message, err error) {
	now := h.World.Now()
	stage := p.Stage(now)
	err = h.Journal.DB().Read(ctx, func(tx *db.Tx) error {
		for _, part := range []func(context.Context, *db.Tx, poll.Poll, poll.Stage) ([]notice.Message, error){
			h.tellCalled, h.tellAnnounced, h.tellReminder, h.tellReceived, h.tellResult, h.tellTasks,
		} {
			list, err := part(ctx, tx, p, stage)
			if err != nil {
				return err
			}
			out = append(out, list...)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	replaced, err := h.tellReplaced(ctx, p, stage)
	out = append(out, replaced...)
	if stage != poll.Draft && stage != poll.Abandoned {
		out = append(out, tellStanding(p, stage)...)
		out = append(out, tellClaims(p)...)
		out = append(out, tellVacated(p)...)
	}
	return out, err
}

func place(p poll.Poll, c poll.Contest) string { return "/votes/" + p.Code + "/" + c.Code }

// tellCalled tells those who may stand that nominations are open.
func (h *House) tellCalled(ctx context.Context, tx *db.Tx, p poll.Poll, stage poll.Stage) (out []notice.Message, err error) {
	if stage != poll.Nominating {
		return nil, nil
	}
	electors, err := electors{h.Members}.Electors(ctx, tx, p.Org, law.Today(h.World.Now()))
	if err != nil {
		return nil, err
	}
	last := p.Timetable.Day(timetable.NominationsClose)
	for _, c := range p.Contests {
		for _, e := range electors {
			if c.Class != "" && e.Class != c.Class || c.Constituency != "" && e.Constituency != c.Constituency {
				continue
			}
			out = append(out, notice.Message{
				Kind: kindPollCalled, To: notice.Person{ID: e.Person}, About: about(c.ID, e.Person),
				Subject: p.Title + ": you can stand until " + last.Words(),
				Body:    []string{fmt.Sprintf("%s. There %s to fill. You can stand yourself, or propose somebody who wants to.", c.Title, seats(c.Seats))},
				Action:  notice.Link{Text: "See the election", Path: place(p, c)},
				Reason:  "You get this because you are a member who can stand in this election.",
			})
		}
	}
	return out, nil
}

func seats(n int) string {
	if n == 1 {
		return "is one seat"
	}
	return fmt.Sprintf("are %d seats", n)
}

// about names one thing that one person is told.
func about(thing, person string) string { return thing + "/" + person }

// tellAnnounced gives everybody on the roll notice of the poll.
func (h *House) tellAnnounced(ctx context.Context, tx *db.Tx, p poll.Poll, stage poll.Stage) (out []notice.Message, err error) {
	if stage != poll.Announced && stage != poll.Open {
		return nil, nil
	}
	for _, c := range p.Contests {
		if !c.Uncontested.IsZero() {
			continue
		}
		voters, err := h.Polls.VotersIn(ctx, tx, p.Org, c.ID)
		if err != nil {
			return nil, err
		}
		facts := []notice.Fact{
			{Label: "Opens", Value: clockWords(p.Facts().Opens())},
			{Label: "Closes", Value: clockWords(p.Closes)},
			{Label: "Rules", Value: "SHA-256 " + p.RulesHash},
			{Label: "Notice of poll", Value: "SHA-256 " + p.NoticeHash},
		}
		// Who locks a vote compares these with what the booth shows.
		paper, _, err := h.Boxes.Fingerprint(ctx, p.Org, c.ID)
		if fault.Is(err, fault.NotFound) {
			continue // the box is not set up yet: they are told when it is
		}
		if err != nil {
			return nil, err
		}
		facts = append(facts, notice.Fact{Label: "Ballot paper, in four words", Value: words.Text(paper[:])})
		for _, v := range voters {
			out = append(out, notice.Message{
				Kind: kindPollAnnounced, To: notice.Person{ID: v.Person}, About: about(c.ID, v.Person), Statutory: true,
				Subject: p.Title + ": vote until " + clockWords(p.Closes),
				Body: []string{
					c.Title + ". You are on the roll, as voter " + fmt.Sprint(v.Number) + ".",
					"Your vote is locked on your own device. Nobody can read it, and you can see for yourself that it is counted.",
				},
				Facts: facts, Action: notice.Link{Text: "Vote", Path: place(p, c)},
				Reason: "You get this because you are on the roll of this vote.",
			})
		}
	}
	return out, nil
}

// tellReminder reminds those from whom no vote has come, once, from the day before the
// close. That they are reminded says that none has come; how anybody voted it cannot
// say.
func (h *House) tellReminder(ctx context.Context, tx *db.Tx, p poll.Poll, stage poll.Stage) (out []notice.Message, err error) {
	now := h.World.Now()
	if stage != poll.Open || law.Today(now).DaysUntil(law.Today(p.Closes)) > 1 || now.Sub(p.Facts().Opens()).Hours() < 24 {
		return nil, nil
	}
	for _, c := range p.Contests {
		if !c.Uncontested.IsZero() {
			continue
		}
		voters, err := h.Polls.VotersIn(ctx, tx, p.Org, c.ID)
		if err != nil {
			return nil, err
		}
		marks, err := h.Boxes.PollbookIn(ctx, tx, p.Org, c.ID)
		if err != nil {
			return nil, err
		}
		voted := map[string]bool{}
		for _, m := range marks {
			// A line about a further paper, which does not count, takes nothing away.
			voted[m.Entry] = voted[m.Entry] || m.State != box.Disqualified
		}
		for _, v := range voters {
			if voted[v.ID] {
				continue
			}
			out = append(out, notice.Message{
				Kind: kindPollReminder, To: notice.Person{ID: v.Person}, About: about(c.ID, v.Person), Urgent: true,
				Subject: p.Title + ": it closes " + clockWords(p.Closes),
				Body:    []string{c.Title + ". No vote has come from you yet. Voting takes about two minutes on a phone."},
				Action:  notice.Link{Text: "Vote", Path: place(p, c)},
				Reason:  "You get this because you are on the roll of this vote and have not voted. Nobody is told how you vote.",
			})
		}
	}
	return out, nil
}

// daysOfResult is for how long after a declaration people are still told of it.
const daysOfResult = 14

// tellResult tells those who could vote what it came to.
func (h *House) tellResult(ctx context.Context, tx *db.Tx, p poll.Poll, _ poll.Stage) (out []notice.Message, err error) {
	today := law.Today(h.World.Now())
	for _, c := range p.Contests {
		if c.Declared == nil || c.Roll == nil || c.Declared.Day.DaysUntil(today) > daysOfResult {
			continue
		}
		voters, err := h.Polls.VotersIn(ctx, tx, p.Org, c.ID)
		if err != nil {
			return nil, err
		}
		said := resultWords(p, c)
		for _, v := range voters {
			out = append(out, notice.Message{
				Kind: kindPollDeclared, To: notice.Person{ID: v.Person}, About: about(c.ID, v.Person),
				Subject: p.Title + ": the result",
				Body:    []string{c.Title + ". " + said, "You can question the result until " + c.Declared.PetitionUntil.Words() + ", and check it yourself."},
				Action:  notice.Link{Text: "See the result", Path: "/board/" + c.UUID + "/result"},
				Reason:  "You get this because you were on the roll of this vote.",
			})
		}
	}
	return out, nil
}

func resultWords(p poll.Poll, c poll.Contest) string {
	if !p.Kind.Elects() {
		return c.Declared.Result.Sentence(p.Rules.Motion())
	}
	names := map[string]string{}
	for _, n := range c.Nominations {
		names[n.ID] = n.BallotName
	}
	var elected []string
	for _, id := range c.Declared.Result.Elected {
		elected = append(elected, names[id])
	}
	switch {
	case len(elected) == 0:
		return "Nobody is elected."
	case c.Declared.Result.Uncontested:
		return "There was no vote, because no more people stood than there are seats. Elected: " + strings.Join(elected, ", ") + "."
	}
	return "Elected: " + strings.Join(elected, ", ") + "."
}

// tellTasks tells officials what they have to do when it is due or late.
func (h *House) tellTasks(ctx context.Context, _ *db.Tx, p poll.Poll, _ poll.Stage) (out []notice.Message, err error) {
	today := law.Today(h.World.Now())
	for _, r := range p.Remind(today) {
		if r.Who == poll.VotersDo {
			continue
		}
		people := r.People
		if r.Who == poll.SecretaryDoes {
			holders, err := h.Identity.Holders(ctx, p.Org, policy.Secretary, today)
			if err != nil {
				return nil, err
			}
			for _, one := range holders {
				people = append(people, one.ID)
			}
		}
		for _, person := range people {
			m := notice.Message{
				Kind: kindPollTask, To: notice.Person{ID: person}, About: about(r.Key(), person), Urgent: r.Overdue,
				Subject: p.Title + ": something waits for you", Body: []string{r.Text},
				Action: notice.Link{Text: "See what is to be done", Path: taskPath(r)},
				Reason: "You get this because you have an office in this vote.",
			}
			if !r.By.IsZero() {
				m.Facts = []notice.Fact{{Label: "By", Value: r.By.Words()}}
			}
			out = append(out, m)
		}
	}
	return out, nil
}

func taskPath(r poll.Reminder) string {
	if r.Who == poll.Doer(poll.Keyholder) {
		return "/keys"
	}
	return "/votes/conduct/" + r.Code
}

// tellStanding tells candidates what was decided, and members that they are asked to
// back one.
func tellStanding(p poll.Poll, stage poll.Stage) (out []notice.Message) {
	for _, c := range p.Contests {
		for _, n := range c.Nominations {
			if n.Erased != "" {
				continue
			}
			// The returning officer enters what came on paper, so the candidate is told.
			if !n.Withdrawn.IsZero() && stage.Rank() < poll.Open.Rank() {
				out = append(out, notice.Message{
					Kind: kindStanding, To: notice.Person{ID: n.Person}, About: n.ID + "/withdrawn", Statutory: true,
					Subject: p.Title + ": your nomination is withdrawn",
					Body: []string{
						"Your nomination for " + c.Title + " was withdrawn on " + n.Withdrawn.Words() + ".",
						"If you did not withdraw it, tell the returning officer and the observers of this vote at once.",
					},
					Action: notice.Link{Text: "See your nomination", Path: place(p, c)},
					Reason: "You get this because you asked to stand for election.",
				})
			}
			if !n.Decided.IsZero() {
				m := notice.Message{
					Kind: kindStanding, To: notice.Person{ID: n.Person}, About: n.ID, Statutory: true,
					Subject: p.Title + ": you are a candidate", Body: []string{"Your nomination for " + c.Title + " was accepted on " + n.Decided.Words() + "."},
					Action: notice.Link{Text: "See your nomination", Path: place(p, c)},
					Reason: "You get this because you stand for election.",
				}
				if !n.Accepted {
					m.Subject = p.Title + ": your nomination was ruled out"
					m.Body = []string{"The returning officer ruled your nomination for " + c.Title + " out on " + n.Decided.Words() + ".", n.Reason}
				}
				out = append(out, m)
				continue
			}
			for _, b := range n.Backers {
				if b.Agreed.IsZero() && b.Declined.IsZero() && n.Withdrawn.IsZero() {
					out = append(out, notice.Message{
						Kind: kindBackingAsked, To: notice.Person{ID: b.Person}, About: b.ID, Urgent: true,
						Subject: p.Title + ": " + n.BallotName + " asks for your support",
						Body:    []string{n.BallotName + " wants to stand for " + c.Title + " and asks you to back the nomination. You need not say why if you do not."},
						Action:  notice.Link{Text: "Read it and answer", Path: place(p, c) + "/back/" + n.ID},
						Reason:  "You get this because a candidate named you.",
					})
				}
			}
		}
	}
	return out
}

// tellVacated tells those who were elected that their seat was recorded as empty.
func tellVacated(p poll.Poll) (out []notice.Message) {
	for _, c := range p.Contests {
		for _, v := range c.Vacancies {
			i := slices.IndexFunc(c.Nominations, func(n poll.Nomination) bool { return n.ID == v.Nomination && n.Erased == "" })
			if i < 0 || !v.Settled.IsZero() {
				continue
			}
			out = append(out, notice.Message{
				Kind: kindStanding, To: notice.Person{ID: c.Nominations[i].Person}, About: v.ID, Statutory: true,
				Subject: p.Title + ": your seat is recorded as empty",
				Body: []string{
					"It is recorded that your seat of " + c.Title + " fell empty on " + v.Since.Words() + ".", v.Reason,
					"If that is not so, tell the secretary and the other members of the body at once: the seat can be filled with somebody else.",
				},
				Action: notice.Link{Text: "See the vote", Path: place(p, c)},
				Reason: "You get this because you were elected to this seat.",
			})
		}
	}
	return out
}

// tellClaims tells people what became of what they said about the roll.
func tellClaims(p poll.Poll) (out []notice.Message) {
	for _, c := range p.Contests {
		for _, k := range c.Claims {
			if k.Decided.IsZero() {
				continue
			}
			outcome := "It was dismissed."
			if k.Outcome == poll.Upheld {
				outcome = "It was upheld, and the roll is put right."
			}
			tell := []string{k.Person}
			if k.Outcome == poll.Upheld && k.About != k.Person {
				tell = append(tell, k.About)
			}
			for _, person := range tell {
				out = append(out, notice.Message{
					Kind: kindClaimDecided, To: notice.Person{ID: person}, About: about(k.ID, person), Statutory: true,
					Subject: p.Title + ": the roll of voters",
					Body:    []string{"Something was said about the roll of " + c.Title + " that concerns you. " + outcome, k.Reason},
					Action:  notice.Link{Text: "See whether you may vote", Path: place(p, c)},
					Reason:  "You get this because it is about whether you or somebody whom you named may vote.",
				})
			}
		}
	}
	return out
}

func clockWords(at time.Time) string {
	return at.In(law.London()).Format("15:04") + " on " + law.Today(at).Words()
}
