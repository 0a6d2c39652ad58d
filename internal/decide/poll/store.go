package poll

import (
	"context"
	"encoding/json"
	"slices"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/decide/timetable"
	"commonweal/law"
)

func (p Poll) row() (journal.Row, error) {
	rules, err := p.Rules.Text()
	if err != nil {
		return nil, err
	}
	return journal.Row{
		"id": p.ID, "code": p.Code, "title": p.Title, "kind": p.Kind, "about": text(p.About), "legal_form": text(string(p.LegalForm)),
		"follows": text(p.Follows), "rules": string(rules), "rules_hash": text(p.RulesHash), "closes": moment(p.Closes), "called": day(p.Called),
		"called_by": text(p.CalledBy), "revision": p.Revision, "key_made": day(p.KeyMade), "key_group": text(p.KeyGroup), "announced": moment(p.Announced),
		"announced_by": text(p.AnnouncedBy), "notice": text(string(p.Notice)), "notice_hash": text(p.NoticeHash), "ended": day(p.Ended),
		"abandoned": day(p.Abandoned), "abandoned_by": text(p.AbandonedBy), "reason": text(p.Reason),
	}, nil
}

func (c Contest) row() (journal.Row, error) {
	row := journal.Row{
		"id": c.ID, "poll_id": c.Poll, "position": c.Position, "code": c.Code, "title": c.Title, "class": text(c.Class),
		"constituency": text(c.Constituency), "seats": c.Seats, "question": text(c.Question), "uuid": c.UUID, "role": text(string(c.Role)),
		"term_starts": day(c.TermStarts), "term_ends": day(c.TermEnds), "uncontested": day(c.Uncontested), "counted": day(c.Counted),
	}
	if len(c.Answers) > 0 {
		answers, err := journal.CanonicalOf(c.Answers)
		if err != nil {
			return nil, err
		}
		row["answers"] = string(answers)
	}
	return row, nil
}

func stepRow(id, poll string, d timetable.Day) journal.Row {
	return journal.Row{
		"id": id, "poll_id": poll, "step": d.Step, "day": d.Day.String(), "counted": d.Count, "changed_by": text(d.ChangedBy), "reason": text(d.Why),
	}
}

func (o Official) row() journal.Row {
	return journal.Row{
		"id": o.ID, "poll_id": o.Poll, "person_id": o.Person, "office": o.Office, "side": text(string(o.Side)), "named": o.Named.String(),
		"named_by": o.NamedBy, "ended": day(o.Ended), "ended_by": text(o.EndedBy),
	}
}

// polls reads the polls of an organisation with everything about them, or one of
// them, in order of the close.
func (s *Service) polls(ctx context.Context, tx *db.Tx, org, id string) ([]Poll, error) {
	l := &loader{ctx: ctx, tx: tx, org: org, poll: id, polls: map[string]*Poll{}, contests: map[string]*Contest{}, nominations: map[string]*Nomination{}}
	for _, step := range []func() error{l.readPolls, l.readContests, l.readNominations, l.readRolls, l.readOfficials, l.readResults} {
		if err := step(); err != nil {
			return nil, err
		}
	}
	if l.err != nil {
		return nil, l.err
	}
	stored, err := l.readSteps()
	if err != nil {
		return nil, err
	}
	return l.gather(s, stored)
}

// one reads one poll.
func (s *Service) one(ctx context.Context, tx *db.Tx, org, id string) (Poll, error) {
	if id == "" {
		return Poll{}, fault.Errorf(fault.NotFound, "no poll is named")
	}
	list, err := s.polls(ctx, tx, org, id)
	if err != nil {
		return Poll{}, err
	}
	if len(list) != 1 {
		return Poll{}, fault.Errorf(fault.NotFound, "there is no poll %q", id)
	}
	return list[0], nil
}

// ofContest reads the poll that a contest belongs to, with the contest.
func (s *Service) ofContest(ctx context.Context, tx *db.Tx, org, contest string) (Poll, Contest, error) {
	id, err := pollOf(ctx, tx, org, contest)
	if err != nil {
		return Poll{}, Contest{}, err
	}
	p, err := s.one(ctx, tx, org, id)
	if err != nil {
		return Poll{}, Contest{}, err
	}
	c, err := p.Contest(contest)
	return p, c, err
}

func pollOf(ctx context.Context, tx *db.Tx, org, contest string) (id string, err error) {
	err = tx.Each(ctx, func(rows *db.Rows) error { return rows.Scan(&id) }, `SELECT poll_id FROM contest WHERE org_id = ? AND id = ?`, org, contest)
	if err == nil && id == "" {
		err = fault.Errorf(fault.NotFound, "there is no contest %q", contest)
	}
	return id, err
}

// loader reads polls table by table and puts the rows where they belong.
type loader struct {
	scans
	ctx         context.Context
	tx          *db.Tx
	org, poll   string
	order       []string
	polls       map[string]*Poll
	inPoll      map[string][]string // ids of contests, in order
	contests    map[string]*Contest
	inContest   map[string][]string // ids of nominations, in order
	nominations map[string]*Nomination
}

// each runs a query over the rows of the organisation, or of one poll where that
// is asked for: only then does where apply, with the id of the poll.
func (l *loader) each(scan func(rows *db.Rows) error, query, where, order string) error {
	args := []any{l.org}
	if l.poll != "" {
		query, args = query+" AND "+where, append(args, l.poll)
	}
	return l.tx.Each(l.ctx, scan, query+" ORDER BY "+order, args...)
}

const ofPoll = `contest_id IN (SELECT id FROM contest WHERE poll_id = ?)`

func (l *loader) readPolls() error {
	return l.each(func(rows *db.Rows) error {
		p := &Poll{Org: l.org}
		var rules, closes, called, key, announced, notice, ended, abandoned string
		err := rows.Scan(&p.ID, &p.Code, &p.Title, &p.Kind, &p.About, &p.LegalForm, &p.Follows, &rules, &p.RulesHash, &closes, &called, &p.CalledBy,
			&p.Revision, &key, &p.KeyGroup, &announced, &p.AnnouncedBy, &notice, &p.NoticeHash, &ended, &abandoned, &p.AbandonedBy, &p.Reason)
		if err != nil {
			return err
		}
		if p.Rules, err = ParseRules([]byte(rules)); err != nil {
			return err
		}
		p.Closes, p.Called, p.KeyMade, p.Announced = l.moment(closes), l.day(called), l.day(key), l.moment(announced)
		p.Notice, p.Ended, p.Abandoned = []byte(notice), l.day(ended), l.day(abandoned)
		l.polls[p.ID] = p
		l.order = append(l.order, p.ID)
		return nil
	}, `SELECT id, code, title, kind, COALESCE(about, ''), COALESCE(legal_form, ''), COALESCE(follows, ''), rules, COALESCE(rules_hash, ''), closes,
		COALESCE(called, ''), COALESCE(called_by, ''), revision, COALESCE(key_made, ''), COALESCE(key_group, ''), COALESCE(announced, ''),
		COALESCE(announced_by, ''), COALESCE(notice, ''), COALESCE(notice_hash, ''), COALESCE(ended, ''), COALESCE(abandoned, ''),
		COALESCE(abandoned_by, ''), COALESCE(reason, '') FROM poll WHERE org_id = ?`, `id = ?`, `closes, id`)
}

func (l *loader) readContests() error {
	l.inPoll = map[string][]string{}
	return l.each(func(rows *db.Rows) error {
		c := &Contest{}
		var answers, starts, ends, uncontested, counted string
		err := rows.Scan(&c.ID, &c.Poll, &c.Position, &c.Code, &c.Title, &c.Class, &c.Constituency, &c.Seats, &c.Question, &answers, &c.UUID,
			&c.Role, &starts, &ends, &uncontested, &counted)
		if err != nil {
			return err
		}
		if answers != "" {
			if err := json.Unmarshal([]byte(answers), &c.Answers); err != nil {
				return err
			}
		}
		c.TermStarts, c.TermEnds, c.Uncontested, c.Counted = l.day(starts), l.day(ends), l.day(uncontested), l.day(counted)
		l.contests[c.ID] = c
		l.inPoll[c.Poll] = append(l.inPoll[c.Poll], c.ID)
		return nil
	}, `SELECT id, poll_id, position, code, title, COALESCE(class, ''), COALESCE(constituency, ''), seats, COALESCE(question, ''),
		COALESCE(answers, ''), uuid, COALESCE(role, ''), COALESCE(term_starts, ''), COALESCE(term_ends, ''), COALESCE(uncontested, ''),
		COALESCE(counted, '') FROM contest WHERE org_id = ?`, `poll_id = ?`, `poll_id, position, id`)
}

func (l *loader) readOfficials() error {
	return l.each(func(rows *db.Rows) error {
		var o Official
		var named, ended string
		err := rows.Scan(&o.ID, &o.Poll, &o.Person, &o.Office, &o.Side, &named, &o.NamedBy, &ended, &o.EndedBy)
		o.Named, o.Ended = l.day(named), l.day(ended)
		if p := l.polls[o.Poll]; p != nil {
			p.Officials = append(p.Officials, o)
		}
		return err
	}, `SELECT id, poll_id, person_id, office, COALESCE(side, ''), named, named_by, COALESCE(ended, ''), COALESCE(ended_by, '')
		FROM official WHERE org_id = ?`, `poll_id = ?`, `named, id`)
}

func (l *loader) readSteps() (map[string][]timetable.Stored, error) {
	out := map[string][]timetable.Stored{}
	err := l.each(func(rows *db.Rows) error {
		var poll, on string
		var s timetable.Stored
		err := rows.Scan(&poll, &s.Step, &on, &s.ChangedBy, &s.Why)
		s.Day = l.day(on)
		out[poll] = append(out[poll], s)
		return err
	}, `SELECT poll_id, step, day, COALESCE(changed_by, ''), COALESCE(reason, '') FROM poll_step WHERE org_id = ?`, `poll_id = ?`, `id`)
	return out, err
}

// gather puts what was read together and works out the timetables: that of a draft
// is the one it would have if it were called today.
func (l *loader) gather(s *Service, stored map[string][]timetable.Stored) ([]Poll, error) {
	if l.err != nil {
		return nil, l.err
	}
	var out []Poll
	for _, id := range l.order {
		p := l.polls[id]
		for _, cid := range l.inPoll[id] {
			c := l.contests[cid]
			for _, nid := range l.inContest[cid] {
				c.Nominations = append(c.Nominations, *l.nominations[nid])
			}
			slices.SortStableFunc(c.Nominations, byBallot)
			p.Contests = append(p.Contests, *c)
		}
		on := p.Called
		if on.IsZero() {
			on = law.Today(s.journal.World().Now())
		}
		plan, err := s.plan(*p, on)
		if err != nil {
			return nil, err
		}
		if steps := stored[id]; len(steps) > 0 {
			p.Timetable, err = plan.Restore(p.Closes, steps)
		} else if p.Timetable, err = plan.Make(p.Closes); err != nil {
			err = nil // a draft whose close cannot be kept is told so when it is called
		}
		if err != nil {
			return nil, err
		}
		out = append(out, *p)
	}
	return out, nil
}
