package notice

import (
	"context"
	"strings"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

// Letter is a notice that must go by post, ready for a page to print.
type Letter struct {
	Notice       string // id, for [Office.MarkPosted]
	Person       string // id
	Name         string
	Address      []string // lines; none when the register has no address either
	Organisation string
	Day          law.Date // of the notice
	Subject      string
	Body         []string
	Facts        []Fact
	// Where tells the page to open for those who can: the text of the action
	// and its full address.
	Where, URL string
	Reason     string
	// Why it goes by post: NoEmail or Returned.
	Why WhyPost
}

// WhyPost is why a notice goes by post.
type WhyPost string

const (
	NoEmail  WhyPost = "no_email" // the person has no e-mail address
	Returned WhyPost = "returned" // the e-mail could not be delivered
)

// Letters lists what an organisation has to send by post: statutory notices to
// people without e-mail, and those whose e-mail could not be delivered. Name
// and postal address are those of today.
func (o *Office) Letters(ctx context.Context, org string) ([]Letter, error) {
	var out []Letter
	err := o.db.Read(ctx, func(tx *db.Tx) error {
		out = nil
		sender, err := o.directory.Sender(ctx, tx, org)
		if err != nil {
			return err
		}
		var rows []outboxRow
		var letters []letter
		err = tx.Each(ctx, func(r *db.Rows) error {
			row, l, err := scanOutbox(r)
			rows, letters = append(rows, row), append(letters, l)
			return err
		}, `SELECT `+outboxColumns+` FROM outbox WHERE org_id = ? AND notice_id IS NOT NULL AND person_id IS NOT NULL
			AND (state = ? OR state = ? AND statutory = 1) ORDER BY id`, org, stateLetter, stateFailed)
		if err != nil {
			return err
		}
		for i, row := range rows {
			if letters[i].Message == nil {
				continue
			}
			letter, err := o.onPaper(ctx, tx, row, *letters[i].Message)
			if err != nil {
				return err
			}
			letter.Organisation = sender.Name
			out = append(out, letter)
		}
		return nil
	})
	return out, err
}

func (o *Office) onPaper(ctx context.Context, tx *db.Tx, row outboxRow, m Message) (Letter, error) {
	it := o.itemOf(m)
	l := Letter{
		Notice: row.notice, Person: row.to.ID, Name: row.to.Name, Subject: m.Subject, Body: m.Body, Facts: m.Facts,
		Where: it.Action, URL: it.Address, Reason: m.Reason, Why: NoEmail,
	}
	if row.state == stateFailed {
		l.Why = Returned
	}
	known, err := o.directory.People(ctx, tx, row.org, []string{row.to.ID})
	if err != nil {
		return l, err
	}
	if p, ok := known[row.to.ID]; ok {
		l.Name, l.Address = p.Name, lines(p.Postal)
	}
	var day string
	err = tx.QueryRow(ctx, `SELECT day FROM notice WHERE id = ? AND org_id = ?`, row.notice, row.org).Scan(&day)
	if err != nil {
		return l, err
	}
	l.Day, err = law.ParseDate(day)
	return l, err
}

// lines are the lines of a postal address, written one to a line or with commas.
func lines(address string) []string {
	var out []string
	for part := range strings.FieldsFuncSeq(address, func(r rune) bool { return r == '\n' || r == '\r' || r == ',' }) {
		if part = strings.Join(strings.Fields(part), " "); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// MarkPosted records that letters were put into the post on a day, and deletes
// their text. All of them are marked or none: a notice that does not wait for
// the post is a Conflict, and a day before the notice or after today is Invalid.
func (o *Office) MarkPosted(ctx context.Context, org, actor string, day law.Date, notices []string) (journal.Entry, error) {
	today := law.Today(o.world.Now())
	if day.IsZero() || day.After(today) {
		return journal.Entry{}, fault.Fieldf("posted", "the day of posting %q is not today or earlier", day)
	}
	fact := journal.Fact{Org: org, Kind: "notice.post", Actor: actor, Detail: map[string]any{"day": day.String(), "letters": len(notices)}}
	return o.journal.Record(ctx, fact, func(tx *journal.Tx) error {
		if len(notices) == 0 {
			return journal.ErrNothing
		}
		for _, id := range notices {
			if err := posted(ctx, tx, id, day); err != nil {
				return err
			}
		}
		return nil
	})
}

func posted(ctx context.Context, tx *journal.Tx, id string, day law.Date) error {
	n, err := tx.Exec(ctx, `DELETE FROM outbox WHERE org_id = ? AND notice_id = ? AND person_id IS NOT NULL
		AND (state = ? OR state = ? AND statutory = 1)`, tx.Org(), id, stateLetter, stateFailed)
	if err != nil {
		return err
	}
	if n == 0 {
		return fault.Errorf(fault.Conflict, "notice %s does not wait for the post", id)
	}
	row, err := tx.Get(ctx, "notice", id)
	if err != nil {
		return err
	}
	if sent, _ := row["day"].(string); day.String() < sent {
		return fault.Fieldf("posted", "notice %s is of %s and cannot have been posted on %s", id, sent, day)
	}
	row["channel"], row["posted"] = string(ByPost), day.String()
	return tx.Update(ctx, "notice", row)
}
