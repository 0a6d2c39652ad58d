package poll

import (
	"cmp"
	"encoding/json"

	"commonweal/internal/base/db"
	"commonweal/internal/base/journal"
)

func (n Nomination) row() journal.Row {
	row := journal.Row{
		"id": n.ID, "contest_id": n.Contest, "person_id": n.Person, "ballot_name": text(n.BallotName), "statement": text(n.Statement),
		"interests": text(n.Interests), "photo_sha256": text(n.Photo), "entered": n.Entered.String(), "decided": day(n.Decided),
		"decided_by": text(n.DecidedBy), "reason": text(n.Reason), "withdrawn": day(n.Withdrawn), "erased": text(n.Erased),
	}
	if !n.Decided.IsZero() {
		row["accepted"] = n.Accepted
	}
	if n.Position > 0 {
		row["position"] = n.Position
	}
	return row
}

func (b Backer) row() journal.Row {
	return journal.Row{
		"id": b.ID, "nomination_id": b.Nomination, "person_id": b.Person, "role": b.Role, "asked": b.Asked.String(), "agreed": day(b.Agreed),
		"declined": day(b.Declined),
	}
}

func (r Roll) row() journal.Row {
	return journal.Row{
		"id": r.ID, "contest_id": r.Contest, "day": r.Day.String(), "entries": r.Entries, "struck": r.Struck, "votes": r.Votes,
		"first_seal": r.FirstSeal, "seal": r.Seal, "made": r.Made, "made_by": r.MadeBy,
	}
}

func (e Entry) row() journal.Row {
	return journal.Row{
		"id": e.ID, "roll_id": e.Roll, "contest_id": e.Contest, "number": e.Number, "person_id": e.Person, "member_id": text(e.Member),
		"weight": e.Weight, "salt": e.Salt, "commitment": e.Commitment, "added": text(e.Added), "struck": text(e.Struck),
	}
}

func (c Claim) row() journal.Row {
	return journal.Row{
		"id": c.ID, "contest_id": c.Contest, "person_id": c.Person, "kind": c.Kind, "about": c.About, "ground": text(c.Ground),
		"entered": c.Entered.String(), "decided": day(c.Decided), "decided_by": text(c.DecidedBy), "outcome": text(string(c.Outcome)),
		"reason": text(c.Reason), "new_seal": text(c.NewSeal),
	}
}

func (d Declaration) row() (journal.Row, error) {
	result, err := journal.CanonicalOf(d.Result)
	return journal.Row{
		"id": d.ID, "contest_id": d.Contest, "day": d.Day.String(), "result": string(result), "transcript_sha256": text(d.Result.Transcript),
		"archive_head": text(d.Result.Head), "declared_by": d.By, "petition_until": d.PetitionUntil.String(),
	}, err
}

func (p Petition) row() journal.Row {
	return journal.Row{
		"id": p.ID, "contest_id": p.Contest, "person_id": p.Person, "ground": text(p.Ground), "entered": p.Entered.String(),
		"decided": day(p.Decided), "decided_by": text(p.DecidedBy), "outcome": text(string(p.Outcome)), "reason": text(p.Reason),
	}
}

func (v Vacancy) row() journal.Row {
	return journal.Row{
		"id": v.ID, "contest_id": v.Contest, "nomination_id": text(v.Nomination), "since": v.Since.String(), "reason": v.Reason, "way": v.Way,
		"settled": day(v.Settled), "settled_by": text(v.SettledBy), "filled_by": text(v.FilledBy), "by_poll": text(v.ByPoll),
	}
}

// byBallot orders nominations as they stand on the ballot, and before that as they
// came in.
func byBallot(a, b Nomination) int {
	if (a.Position == 0) != (b.Position == 0) {
		return cmp.Compare(b.Position, a.Position)
	}
	return cmp.Or(cmp.Compare(a.Position, b.Position), cmp.Compare(a.ID, b.ID))
}

func (l *loader) readNominations() error {
	l.inContest = map[string][]string{}
	err := l.each(func(rows *db.Rows) error {
		n := &Nomination{}
		var entered, decided, withdrawn string
		var accepted int
		err := rows.Scan(&n.ID, &n.Contest, &n.Person, &n.BallotName, &n.Statement, &n.Interests, &n.Photo, &entered, &decided, &accepted,
			&n.DecidedBy, &n.Reason, &withdrawn, &n.Position, &n.Erased)
		n.Entered, n.Decided, n.Withdrawn, n.Accepted = l.day(entered), l.day(decided), l.day(withdrawn), accepted == 1
		l.nominations[n.ID] = n
		l.inContest[n.Contest] = append(l.inContest[n.Contest], n.ID)
		return err
	}, `SELECT id, contest_id, person_id, COALESCE(ballot_name, ''), COALESCE(statement, ''), COALESCE(interests, ''), COALESCE(photo_sha256, ''),
		entered, COALESCE(decided, ''), COALESCE(accepted, 0), COALESCE(decided_by, ''), COALESCE(reason, ''), COALESCE(withdrawn, ''),
		COALESCE(position, 0), COALESCE(erased, '') FROM nomination WHERE org_id = ?`, ofPoll, `id`)
	if err != nil {
		return err
	}
	return l.each(func(rows *db.Rows) error {
		var b Backer
		var asked, agreed, declined string
		err := rows.Scan(&b.ID, &b.Nomination, &b.Person, &b.Role, &asked, &agreed, &declined)
		b.Asked, b.Agreed, b.Declined = l.day(asked), l.day(agreed), l.day(declined)
		if n := l.nominations[b.Nomination]; n != nil {
			n.Backers = append(n.Backers, b)
		}
		return err
	}, `SELECT id, nomination_id, person_id, role, asked, COALESCE(agreed, ''), COALESCE(declined, '') FROM nomination_backer WHERE org_id = ?`,
		`nomination_id IN (SELECT id FROM nomination WHERE `+ofPoll+`)`, `id`)
}

func (l *loader) readRolls() error {
	err := l.each(func(rows *db.Rows) error {
		r := &Roll{}
		var on string
		err := rows.Scan(&r.ID, &r.Contest, &on, &r.Entries, &r.Struck, &r.Votes, &r.FirstSeal, &r.Seal, &r.Made, &r.MadeBy)
		r.Day = l.day(on)
		if c := l.contests[r.Contest]; c != nil {
			c.Roll = r
		}
		return err
	}, `SELECT id, contest_id, day, entries, struck, votes, first_seal, seal, made, made_by FROM roll WHERE org_id = ?`, ofPoll, `id`)
	if err != nil {
		return err
	}
	return l.each(func(rows *db.Rows) error {
		var c Claim
		var entered, decided string
		err := rows.Scan(&c.ID, &c.Contest, &c.Person, &c.Kind, &c.About, &c.Ground, &entered, &decided, &c.DecidedBy, &c.Outcome, &c.Reason, &c.NewSeal)
		c.Entered, c.Decided = l.day(entered), l.day(decided)
		if in := l.contests[c.Contest]; in != nil {
			in.Claims = append(in.Claims, c)
		}
		return err
	}, `SELECT id, contest_id, person_id, kind, about, COALESCE(ground, ''), entered, COALESCE(decided, ''), COALESCE(decided_by, ''),
		COALESCE(outcome, ''), COALESCE(reason, ''), COALESCE(new_seal, '') FROM roll_claim WHERE org_id = ?`, ofPoll, `id`)
}

// readResults reads declarations, what was said against them, and empty seats.
func (l *loader) readResults() error {
	err := l.each(func(rows *db.Rows) error {
		d := &Declaration{}
		var on, until, result string
		if err := rows.Scan(&d.ID, &d.Contest, &on, &result, &d.Result.Transcript, &d.Result.Head, &d.By, &until); err != nil {
			return err
		}
		d.Day, d.PetitionUntil = l.day(on), l.day(until)
		if c := l.contests[d.Contest]; c != nil {
			c.Declared = d
		}
		return json.Unmarshal([]byte(result), &d.Result)
	}, `SELECT id, contest_id, day, result, COALESCE(transcript_sha256, ''), COALESCE(archive_head, ''), declared_by, petition_until
		FROM declaration WHERE org_id = ?`, ofPoll, `id`)
	if err != nil {
		return err
	}
	err = l.each(func(rows *db.Rows) error {
		var p Petition
		var entered, decided string
		err := rows.Scan(&p.ID, &p.Contest, &p.Person, &p.Ground, &entered, &decided, &p.DecidedBy, &p.Outcome, &p.Reason)
		p.Entered, p.Decided = l.day(entered), l.day(decided)
		if c := l.contests[p.Contest]; c != nil {
			c.Petitions = append(c.Petitions, p)
		}
		return err
	}, `SELECT id, contest_id, person_id, COALESCE(ground, ''), entered, COALESCE(decided, ''), COALESCE(decided_by, ''), COALESCE(outcome, ''),
		COALESCE(reason, '') FROM petition WHERE org_id = ?`, ofPoll, `id`)
	if err != nil {
		return err
	}
	return l.each(func(rows *db.Rows) error {
		var v Vacancy
		var since, settled string
		err := rows.Scan(&v.ID, &v.Contest, &v.Nomination, &since, &v.Reason, &v.Way, &settled, &v.SettledBy, &v.FilledBy, &v.ByPoll)
		v.Since, v.Settled = l.day(since), l.day(settled)
		if c := l.contests[v.Contest]; c != nil {
			c.Vacancies = append(c.Vacancies, v)
		}
		return err
	}, `SELECT id, contest_id, COALESCE(nomination_id, ''), since, reason, way, COALESCE(settled, ''), COALESCE(settled_by, ''),
		COALESCE(filled_by, ''), COALESCE(by_poll, '') FROM vacancy WHERE org_id = ?`, ofPoll, `id`)
}
