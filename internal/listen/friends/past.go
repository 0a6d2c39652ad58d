package friends

import (
	"cmp"
	"context"
	"errors"
	"math"
	"strconv"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
)

// Questions is the question set of a time. They are three series: none is ever joined to
// another.
type Questions string

// The question sets.
const (
	Promoter   Questions = "2013" // would recommend; net promoter score, until September 2014
	Recommend  Questions = "2014" // would recommend; percent, until March 2020
	Experience Questions = "2020" // very good to very poor; percent positive
)

// Since is the first month of a question set, and Until its last; the zero Month where
// it holds still.
func (q Questions) span() (since, until Month) {
	switch q {
	case Promoter:
		return Month{2013, 4}, Month{2014, 9}
	case Recommend:
		return Month{2014, 10}, Month{2020, 3}
	case Experience:
		return Month{2020, 4}, Month{}
	}
	return Month{}, Month{}
}

// Past is a month that was counted before, by the question set of its time.
type Past struct {
	Month     Month
	Questions Questions
	Setting   Setting
	Site      string
	Ward      string
	Counts    Counts
	Eligible  *int
}

// Score is what was published of the month in its time: the net promoter score, from
// -100 to 100, which leaves those who do not know out; or the percentage who would
// recommend, or whose experience was good, of all. ok is false where nobody counts.
func (p Past) Score() (score int, ok bool) {
	c := p.Counts
	if p.Questions != Promoter {
		return Percent(c.Positive(), c.All())
	}
	all := c.All() - c[5]
	if all == 0 {
		return 0, false
	}
	return int(math.Round(100 * float64(c[0]-c[2]-c[3]-c[4]) / float64(all))), true
}

// Place names where it was: the ward, else the site, else the kind of care.
func (p Past) Place() string { return cmp.Or(p.Ward, p.Site, p.Setting.Words()) }

// pastRows reads the rows of a file of months that were counted before.
func pastRows(t *table, now Month) []Past {
	list := make([]Past, len(t.rows))
	type place struct {
		m          Month
		s          Setting
		site, ward string
	}
	seen := map[place]int{}
	for i, row := range t.rows {
		list[i] = pastOf(t, i, row, now)
		at := place{list[i].Month, list[i].Setting, list[i].Site, list[i].Ward}
		if first, twice := seen[at]; twice {
			t.bad(i, "month", "The same month and place are in row %d.", first+2)
		}
		seen[at] = i
	}
	return list
}

// there reports whether a month of a place is there, and with the same figures.
func (p Past) there(ctx context.Context, tx *db.Tx, org string) (is, same bool, err error) {
	var c Counts
	eligible := -1
	err = tx.QueryRow(ctx, `SELECT first, second, third, fourth, fifth, dont_know, COALESCE(eligible, -1) FROM friends_past
		WHERE org_id = ? AND month = ? AND setting = ? AND COALESCE(site, '') = ? AND COALESCE(ward, '') = ?`,
		org, p.Month.String(), string(p.Setting), p.Site, p.Ward).Scan(&c[0], &c[1], &c[2], &c[3], &c[4], &c[5], &eligible)
	if errors.Is(err, db.ErrNoRows) {
		return false, false, nil
	}
	want := -1
	if p.Eligible != nil {
		want = *p.Eligible
	}
	return err == nil, c == p.Counts && eligible == want, err
}

// allThere reports whether every row of a file is there as it says.
func allThere(ctx context.Context, tx *db.Tx, org string, list []Past) (bool, error) {
	for _, p := range list {
		if _, same, err := p.there(ctx, tx, org); err != nil || !same {
			return false, err
		}
	}
	return true, nil
}

func (s *Service) importPast(ctx context.Context, actor, org string, f importFile) error {
	_, err := s.o.Journal.Record(ctx, journal.Fact{Org: org, Kind: "friends.past_imported", Actor: actor}, func(tx *journal.Tx) error {
		for _, p := range f.past {
			is, _, err := p.there(ctx, tx.Tx, org)
			if err != nil {
				return err
			}
			if is {
				return fault.Fieldf("file", "%s of %s is there already: take its rows out of the file", p.Month.Words(), p.Place())
			}
			row := journal.Row{
				"id": tx.ID(), "month": p.Month.String(), "questions": p.Questions, "setting": p.Setting, "site": text(p.Site), "ward": text(p.Ward),
				"first": p.Counts[0], "second": p.Counts[1], "third": p.Counts[2], "fourth": p.Counts[3], "fifth": p.Counts[4], "dont_know": p.Counts[5],
				"day": s.today().String(), "imported_by": actor,
			}
			if p.Eligible != nil {
				row["eligible"] = *p.Eligible
			}
			if err := tx.Insert(ctx, "friends_past", row); err != nil {
				return err
			}
		}
		tx.Detail("file", f.hash)
		tx.Detail("rows", len(f.past))
		return nil
	})
	return err
}

func pastOf(t *table, i int, row []string, now Month) Past {
	p := Past{Questions: Questions(t.get(row, "questions")), Setting: Setting(t.get(row, "setting")), Site: line(t.get(row, "site")), Ward: line(t.get(row, "ward"))}
	var err error
	if p.Month, err = ParseMonth(t.get(row, "month")); err != nil {
		t.bad(i, "month", "%q is not a month. Write it as 2019-10.", t.get(row, "month"))
	}
	since, until := p.Questions.span()
	switch {
	case since.IsZero():
		t.bad(i, "questions", "%q is no question set. Write 2013, 2014 or 2020.", p.Questions)
	case err == nil && (p.Month.Before(since) || !until.IsZero() && until.Before(p.Month)):
		t.bad(i, "questions", "The question set %s was not asked in %s.", p.Questions, p.Month.Words())
	case err == nil && !p.Month.Before(now):
		t.bad(i, "month", "%s is not over.", p.Month.Words())
	}
	if !p.Setting.Known() {
		t.bad(i, "setting", "%q is no kind of care. Use one of %s.", p.Setting, joined(Settings()))
	}
	for n, column := range []string{"first", "second", "third", "fourth", "fifth", "dont_know"} {
		p.Counts[n] = t.number(i, row, column)
	}
	if t.get(row, "eligible") != "" {
		n := t.number(i, row, "eligible")
		p.Eligible = &n
		if n < p.Counts.All() {
			t.bad(i, "eligible", "%d patients could have answered and %d did. Mend one of the two.", n, p.Counts.All())
		}
	}
	return p
}

func (t *table) number(i int, row []string, column string) int {
	n, err := strconv.Atoi(t.get(row, column))
	if err != nil || n < 0 || n > maxEligible {
		t.bad(i, column, "%q is not a number of answers. Write 0 where there were none; a star stands for a hidden number and cannot be counted.", t.get(row, column))
		return 0
	}
	return n
}

// PastMonths are the months that were counted before, the newest first.
func (s *Service) PastMonths(ctx context.Context, org string) (out []Past, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		out = nil
		return tx.Each(ctx, func(rows *db.Rows) error {
			var p Past
			var month string
			var eligible int
			c := &p.Counts
			err := rows.Scan(&month, &p.Questions, &p.Setting, &p.Site, &p.Ward, &c[0], &c[1], &c[2], &c[3], &c[4], &c[5], &eligible)
			if eligible >= 0 {
				p.Eligible = &eligible
			}
			var bad error
			p.Month, bad = ParseMonth(month)
			out = append(out, p)
			return errors.Join(err, bad)
		}, `SELECT month, questions, setting, COALESCE(site, ''), COALESCE(ward, ''), first, second, third, fourth, fifth, dont_know,
			COALESCE(eligible, -1) FROM friends_past WHERE org_id = ? ORDER BY month DESC, setting, site, ward`, org)
	})
	return out, err
}

// The words of the answers of a question set, in the order of the counts.
func (q Questions) words() [6]string {
	if q == Experience {
		var out [6]string
		for i, r := range Ratings() {
			out[i] = r.Words()
		}
		return out
	}
	return [6]string{"Extremely likely", "Likely", "Neither likely nor unlikely", "Unlikely", "Extremely unlikely", "Don't know"}
}

// score names what was published of a question set.
func (q Questions) score() string {
	return map[Questions]string{Promoter: "Net promoter score", Recommend: "Percentage recommended", Experience: "Percentage positive"}[q]
}

// PastLayout lays a month that was counted before out as the national collection of its
// time had it, a sheet for each question set. As [Layout], it hides nothing.
func PastLayout(org Provider, list []Past, m Month) []Sheet {
	var out []Sheet
	for _, q := range []Questions{Promoter, Recommend, Experience} {
		s := Sheet{Name: "Questions of " + string(q), Head: []string{"Period", "Organisation code", "Organisation name", "Setting", "Site name", "Ward name", "Total responses", "Total eligible", "Response rate %", q.score()}}
		for _, words := range q.words() {
			s.Head = append(s.Head, words)
		}
		for _, p := range list {
			if p.Month != m || p.Questions != q {
				continue
			}
			row := []any{m.Words(), org.Code, org.Name, p.Setting.Words(), p.Site, p.Ward, p.Counts.All(), "", "", ""}
			if p.Eligible != nil {
				row[7], row[8] = *p.Eligible, percentOr(p.Counts.All(), *p.Eligible)
			}
			if score, ok := p.Score(); ok {
				row[9] = score
			}
			for _, n := range p.Counts {
				row = append(row, n)
			}
			s.Rows = append(s.Rows, row)
		}
		if len(s.Rows) > 0 {
			out = append(out, s)
		}
	}
	return out
}
