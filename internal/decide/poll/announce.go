package poll

import (
	"context"
	"encoding/json"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/journal"
	"commonweal/internal/decide/timetable"
)

// Notice is the text of a notice of poll: everything that is frozen, and what it
// hangs on. Its canonical JSON is stored, and its SHA-256 is in the record.
type Notice struct {
	Version   int             `json:"v"`
	Org       string          `json:"org"`
	Poll      string          `json:"poll"`
	Code      string          `json:"code"`
	Title     string          `json:"title"`
	Rules     string          `json:"rules_sha256"`
	Opens     string          `json:"opens"`
	Closes    string          `json:"closes"`
	Timetable []NoticeDay     `json:"timetable"`
	KeyGroup  string          `json:"key_group"`
	Booth     string          `json:"booth_sha256,omitempty"` // of the page on which people vote
	Contests  []NoticeContest `json:"contests"`
}

// Notified is the notice of poll, read. NotFound before it is given.
func (p Poll) Notified() (n Notice, err error) {
	if len(p.Notice) == 0 {
		return n, fault.Errorf(fault.NotFound, "notice of poll %s is not given", p.Code)
	}
	return n, json.Unmarshal(p.Notice, &n)
}

// NoticeDay is one day of the timetable.
type NoticeDay struct {
	Step string `json:"step"`
	Day  string `json:"day"`
}

// NoticeContest is one contest. Candidates are named by the id of their nomination
// and a hash of what is on their page, in the order of the ballot, so that the
// notice holds no names.
type NoticeContest struct {
	ID         string            `json:"id"`
	Code       string            `json:"code"`
	Title      string            `json:"title"`
	UUID       string            `json:"uuid"`
	Seats      int               `json:"seats"`
	Question   string            `json:"question,omitempty"`
	Answers    []string          `json:"answers,omitempty"`
	Candidates []NoticeCandidate `json:"candidates,omitempty"`
	RecordDate string            `json:"record_date"`
	Entries    int               `json:"entries"` // lines under the seal, those struck out among them
	Voters     int               `json:"voters"`
	Votes      int               `json:"votes"`
	Roll       string            `json:"roll_seal"`
}

// NoticeCandidate is one candidate.
type NoticeCandidate struct {
	Nomination string `json:"nomination"`
	Page       string `json:"page_sha256"`
}

// pageHash is what the notice holds of a candidate's page.
func (n Nomination) pageHash() (string, error) {
	text, err := journal.CanonicalOf(map[string]any{"name": n.BallotName, "statement": n.Statement, "interests": n.Interests, "photo": n.Photo, "nomination": n.ID})
	return hashOf(text), err
}

// Announce gives notice of poll: rules, timetable, candidates and rolls are frozen,
// and named by their hashes. It is the returning officer's, from the day on which
// claims and withdrawals are over until the day of the timetable. Contests in which
// nobody has a choice have to be found uncontested first.
func (s *Service) Announce(ctx context.Context, actor, org, id string) error {
	return s.change(ctx, actor, org, "poll.announced", id, func(tx *journal.Tx, p Poll) error {
		if err := p.conducts(actor); err != nil {
			return err
		}
		if err := s.at(p, "notice of poll is given once, before it opens", Called, Nominating, Nominated); err != nil {
			return err
		}
		if err := s.ready(p); err != nil {
			return err
		}
		at, err := time.Parse(time.RFC3339Nano, tx.At())
		if err != nil {
			return err
		}
		p.Announced, p.AnnouncedBy, p.booth = at, actor, s.booth
		for i, c := range p.Contests {
			if c.Uncontested.IsZero() && p.Kind.Elects() {
				if p.Contests[i].Nominations, err = s.ballotOrder(ctx, tx, p, c); err != nil {
					return err
				}
			}
		}
		if err := writeNotice(&p); err != nil {
			return err
		}
		tx.Detail("notice", p.NoticeHash)
		tx.Detail("booth", p.booth)
		tx.Detail("rules", p.RulesHash)
		seals := map[string]any{}
		for _, c := range p.Contests {
			if c.Uncontested.IsZero() {
				seals[c.ID] = c.Roll.Seal
			}
		}
		tx.Detail("rolls", seals)
		return p.update(ctx, tx)
	})
}

// ready says what notice of poll still waits for.
func (s *Service) ready(p Poll) error {
	conflict := func(format string, args ...any) error {
		return fault.Errorf(fault.Conflict, "poll %s: "+format, append([]any{p.Code}, args...)...)
	}
	today := s.today()
	for _, step := range []timetable.Step{timetable.NominationsClose, timetable.Withdrawals, timetable.ClaimsClose} {
		if day := p.Timetable.Day(step); !day.IsZero() && !today.After(day) {
			return conflict("%s is not over: %s", day.Words(), step.Title())
		}
	}
	if day := p.Timetable.Day(timetable.NoticeOfPoll); today.After(day) {
		return conflict("notice was to be given by %s: move the close, or abandon the poll", day.Words())
	}
	polled := 0
	for _, c := range p.Contests {
		if !c.Uncontested.IsZero() {
			continue
		}
		polled++
		switch {
		case c.undecided() > 0:
			return conflict("contest %s has %s that nobody decided about", c.Code, plural(c.undecided(), "nomination"))
		case p.Kind.Elects() && len(c.Standing()) <= c.Seats:
			return conflict("contest %s has %s for %s: record that it is uncontested", c.Code, plural(len(c.Standing()), "candidate"), plural(c.Seats, "seat"))
		case c.Roll == nil:
			return conflict("contest %s has no roll", c.Code)
		case c.openClaims() > 0:
			return conflict("contest %s has %s that nobody decided about", c.Code, plural(c.openClaims(), "claim or objection"))
		case c.Roll.Voters() == 0:
			return conflict("contest %s has nobody on its roll", c.Code)
		}
	}
	f := p.Facts()
	switch {
	case polled == 0:
		return conflict("there is no vote: declare who is elected")
	case f.Officials[Registrar] == 0:
		return conflict("there is no registrar")
	case f.Officials[Keyholder] != p.Rules.Keyholders:
		return conflict("there are %d of %d keyholders", f.Officials[Keyholder], p.Rules.Keyholders)
	case !f.Independent:
		return conflict("no keyholder was named by the staff side or is an outside body")
	case p.KeyMade.IsZero():
		return conflict("the key is not made")
	}
	return nil
}

// ballotOrder puts the candidates of a contest into the order of the ballot and
// stores it: by family name, or drawn by lot.
func (s *Service) ballotOrder(ctx context.Context, tx *journal.Tx, p Poll, c Contest) ([]Nomination, error) {
	standing := c.Standing()
	if p.Rules.Order == Drawn {
		for i := len(standing) - 1; i > 0; i-- {
			j := below(i+1, s.journal.World())
			standing[i], standing[j] = standing[j], standing[i]
		}
	} else if err := byFamily(ctx, tx.Tx, p.Org, standing); err != nil {
		return nil, err
	}
	for i := range standing {
		standing[i].Position = i + 1
		if err := tx.Update(ctx, "nomination", standing[i].row()); err != nil {
			return nil, err
		}
	}
	return standing, nil
}

func byFamily(ctx context.Context, tx *db.Tx, org string, list []Nomination) error {
	var ids []string
	for _, n := range list {
		ids = append(ids, n.Person)
	}
	people, err := identity.PeopleByID(ctx, tx, org, ids)
	if err != nil {
		return err
	}
	sortNominations(list, func(n Nomination) string {
		return people[n.Person].Family + "\x00" + people[n.Person].Given + "\x00" + n.BallotName
	})
	return nil
}

// writeNotice makes the text of the notice and its hash.
func writeNotice(p *Poll) error {
	n := Notice{
		Version: 1, Org: p.Org, Poll: p.ID, Code: p.Code, Title: p.Title, Rules: p.RulesHash, KeyGroup: p.KeyGroup, Booth: p.booth,
		Opens: p.Facts().Opens().UTC().Format(time.RFC3339), Closes: p.Closes.UTC().Format(time.RFC3339),
	}
	for _, d := range p.Timetable.Days {
		n.Timetable = append(n.Timetable, NoticeDay{string(d.Step), d.Day.String()})
	}
	for _, c := range p.Contests {
		if !c.Uncontested.IsZero() {
			continue
		}
		one := NoticeContest{
			ID: c.ID, Code: c.Code, Title: c.Title, UUID: c.UUID, Seats: c.Seats, Question: c.Question, Answers: c.Answers,
			RecordDate: c.Roll.Day.String(), Entries: c.Roll.Entries, Voters: c.Roll.Voters(), Votes: c.Roll.Votes,
			Roll: c.Roll.Seal,
		}
		if p.Kind.Elects() {
			for _, candidate := range c.Nominations {
				page, err := candidate.pageHash()
				if err != nil {
					return err
				}
				one.Candidates = append(one.Candidates, NoticeCandidate{candidate.ID, page})
			}
		}
		n.Contests = append(n.Contests, one)
	}
	var err error
	if p.Notice, err = journal.CanonicalOf(n); err != nil {
		return err
	}
	p.NoticeHash = hashOf(p.Notice)
	return nil
}
