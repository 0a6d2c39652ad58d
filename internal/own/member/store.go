package member

import (
	"context"
	"database/sql"
	"errors"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

// record is the row of a person in the register: who, and under which number.
type record struct {
	ID, Person string
	Number     int // 0 before the first admission
}

func (r record) row() journal.Row {
	row := journal.Row{"id": r.ID, "person_id": r.Person}
	if r.Number > 0 {
		row["number"] = r.Number
	}
	return row
}

// dates reads days that are stored as text.
type dates struct{ err error }

func (d *dates) of(text string) law.Date {
	if text == "" {
		return law.Date{}
	}
	day, err := law.ParseDate(text)
	d.err = errors.Join(d.err, err)
	return day
}

func readBook(ctx context.Context, tx *db.Tx, compiler *Compiler, org string) (*Book, error) {
	classes, constituencies, err := readRules(ctx, tx, org)
	if err != nil {
		return nil, err
	}
	return NewBook(compiler, classes, constituencies)
}

func readRules(ctx context.Context, tx *db.Tx, org string) (classes []Class, constituencies []Constituency, err error) {
	var d dates
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var c Class
		var starts string
		var closed int
		err := rows.Scan(&c.ID, &c.Code, &c.Name, &c.Kind, &c.Eligibility, &c.Admission, &c.Leaving, &c.GraceDays, &c.Votes,
			&c.Position, &c.EligibilityRef, &c.LeavingRef, &starts, &closed)
		c.Starts, c.Closed = d.of(starts), closed == 1
		classes = append(classes, c)
		return err
	}, `SELECT id, code, name, kind, eligibility, admission, leave_rule, grace_days, votes, position, eligibility_ref, leave_ref, starts, closed
		FROM member_class WHERE org_id = ? ORDER BY code, starts`, org)
	if err != nil {
		return nil, nil, err
	}
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var c Constituency
		var starts string
		err := rows.Scan(&c.ID, &c.Class, &c.Code, &c.Name, &c.Rule, &c.Ref, &c.Position, &starts)
		c.Starts = d.of(starts)
		constituencies = append(constituencies, c)
		return err
	}, `SELECT id, class, code, name, rule, ref, position, starts FROM constituency WHERE org_id = ? ORDER BY class, starts, position`, org)
	if err != nil {
		return nil, nil, err
	}
	return classes, constituencies, d.err
}

func (c Class) row() journal.Row {
	return journal.Row{
		"id": c.ID, "code": c.Code, "name": c.Name, "kind": c.Kind, "eligibility": c.Eligibility, "admission": c.Admission,
		"leave_rule": c.Leaving, "grace_days": c.GraceDays, "votes": c.Votes, "position": c.Position,
		"eligibility_ref": c.EligibilityRef, "leave_ref": c.LeavingRef, "starts": c.Starts.String(), "closed": c.Closed,
	}
}

func (c Constituency) row() journal.Row {
	return journal.Row{
		"id": c.ID, "class": c.Class, "code": c.Code, "name": c.Name, "rule": c.Rule, "ref": c.Ref, "position": c.Position, "starts": c.Starts.String(),
	}
}

func (f Fact) row(member string) journal.Row {
	return journal.Row{
		"id": f.ID, "member_id": member, "kind": f.Kind, "class": f.Class, "effective": f.Effective.String(), "entered": f.Entered,
		"decided_by": f.By, "reason": f.Reason, "data": f.Data,
	}
}

// readRecord finds a person's row, or an empty one.
func readRecord(ctx context.Context, tx *db.Tx, org, person string) (record, error) {
	return scanRecord(tx.QueryRow(ctx, `SELECT id, person_id, COALESCE(number, 0) FROM member WHERE org_id = ? AND person_id = ?`, org, person))
}

func readRecordByID(ctx context.Context, tx *db.Tx, org, id string) (record, error) {
	r, err := scanRecord(tx.QueryRow(ctx, `SELECT id, person_id, COALESCE(number, 0) FROM member WHERE org_id = ? AND id = ?`, org, id))
	if err == nil && r.ID == "" {
		return r, fault.Errorf(fault.NotFound, "there is no member %s", id)
	}
	return r, err
}

func scanRecord(row *sql.Row) (record, error) {
	var r record
	err := row.Scan(&r.ID, &r.Person, &r.Number)
	if errors.Is(err, db.ErrNoRows) {
		return record{}, nil
	}
	return r, err
}

func eachRecord(ctx context.Context, tx *db.Tx, org string, yield func(record)) error {
	return tx.Each(ctx, func(rows *db.Rows) error {
		var r record
		if err := rows.Scan(&r.ID, &r.Person, &r.Number); err != nil {
			return err
		}
		yield(r)
		return nil
	}, `SELECT id, person_id, COALESCE(number, 0) FROM member WHERE org_id = ? ORDER BY id`, org)
}

// lastNumber is the highest number given so far.
func lastNumber(ctx context.Context, tx *db.Tx, org string) (int, error) {
	var n int
	err := tx.QueryRow(ctx, `SELECT COALESCE(MAX(number), 0) FROM member WHERE org_id = ?`, org).Scan(&n)
	return n, err
}

// eachFact gives the facts of one member in the order they were recorded, or those
// of all in no order when member is "": sorting a hundred thousand is for nothing.
func eachFact(ctx context.Context, tx *db.Tx, org, member string, yield func(member string, f Fact)) error {
	query, args := `SELECT id, member_id, kind, class, effective, entered, decided_by, reason, data FROM member_fact WHERE org_id = ?`, []any{org}
	if member != "" {
		query, args = query+` AND member_id = ? ORDER BY id`, append(args, member)
	}
	var d dates
	return tx.Each(ctx, func(rows *db.Rows) error {
		var f Fact
		var of, effective string
		if err := rows.Scan(&f.ID, &of, &f.Kind, &f.Class, &effective, &f.Entered, &f.By, &f.Reason, &f.Data); err != nil {
			return err
		}
		f.Effective = d.of(effective)
		yield(of, f)
		return d.err
	}, query, args...)
}

func readFacts(ctx context.Context, tx *db.Tx, org, member string) (out []Fact, err error) {
	if member == "" {
		return nil, nil
	}
	err = eachFact(ctx, tx, org, member, func(_ string, f Fact) { out = append(out, f) })
	return out, err
}
