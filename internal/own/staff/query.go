package staff

import (
	"context"
	"strings"
	"unicode"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/law"
)

// Filter says whom to list. Empty fields let everybody through.
type Filter struct {
	Org      string
	Employer string
	Day      law.Date // those employed on the day; no date is today
	Group    string   // plain name of a staff group
	Site     string
	Search   string // words of a name, or the beginning of an employee number or work email
	Page     int    // from 1
	Size     int    // of a page; 50
}

// Entry is somebody employed on a day, as the list tells it.
type Entry struct {
	Staff    string // id
	PersonID string
	Employer string
	Erased   bool // the details are gone
	Version
}

// Page is a part of a list.
type Page struct {
	Entries []Entry
	Total   int
	Day     law.Date
	Filter  Filter
}

// maxPage bounds a page; [Service.EachOn] gives everybody.
const maxPage = 500

// On returns one page of who was employed on a day, by surname and first name.
func (s *Service) On(ctx context.Context, f Filter) (Page, error) {
	f = s.settle(f)
	where, args := f.where()
	page := Page{Day: f.Day, Filter: f}
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		page.Entries = nil
		if err := tx.QueryRow(ctx, `SELECT COUNT(*) `+where, args...).Scan(&page.Total); err != nil {
			return err
		}
		return entries(ctx, tx, func(e Entry) error {
			page.Entries = append(page.Entries, e)
			return nil
		}, where+byName+` LIMIT ? OFFSET ?`, append(args, f.Size, (f.Page-1)*f.Size)...)
	})
	return page, err
}

// EachOn calls yield for everybody the filter lets through, by surname and first
// name, whatever the page.
func (s *Service) EachOn(ctx context.Context, f Filter, yield func(Entry) error) error {
	where, args := s.settle(f).where()
	return s.db.Read(ctx, func(tx *db.Tx) error { return entries(ctx, tx, yield, where+byName, args...) })
}

// Dimension is what people are counted by.
type Dimension string

// The dimensions.
const (
	ByGroup    Dimension = "v.staff_group"
	BySite     Dimension = "v.site"
	ByCategory Dimension = "v.category"
	ByEmployer Dimension = "s.employer_id"
)

// Count is how many of the people employed on a day have one thing in common.
type Count struct {
	Name   string // "" is not said
	People int    // entries on lists; somebody with two employers counts with each
	FTE    int    // hundredths, of main posts
}

// Counts counts those the filter lets through, by name of the dimension.
func (s *Service) Counts(ctx context.Context, f Filter, by Dimension) (out []Count, err error) {
	switch by {
	case ByGroup, BySite, ByCategory, ByEmployer:
	default:
		return nil, fault.Errorf(fault.Invalid, "staff cannot be counted by %q", clipped(string(by)))
	}
	where, args := s.settle(f).where()
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		out = nil
		return tx.Each(ctx, func(rows *db.Rows) error {
			var c Count
			if err := rows.Scan(&c.Name, &c.People, &c.FTE); err != nil {
				return err
			}
			out = append(out, c)
			return nil
		}, `SELECT COALESCE(`+string(by)+`, ''), COUNT(*), CAST(COALESCE(SUM(v.fte), 0) AS BIGINT) `+where+
			` GROUP BY COALESCE(`+string(by)+`, '') ORDER BY 1`, args...)
	})
	return out, err
}

func (s *Service) settle(f Filter) Filter {
	if f.Day.IsZero() {
		f.Day = s.today()
	}
	if f.Size <= 0 {
		f.Size = 50
	}
	f.Size, f.Page = min(f.Size, maxPage), max(f.Page, 1)
	return f
}

const byName = ` ORDER BY LOWER(COALESCE(v.family, '')), LOWER(COALESCE(v.given, '')), COALESCE(s.employee_no, ''), s.id`

// where is the part of a query from FROM on, up to its order.
func (f Filter) where() (string, []any) {
	day := f.Day.String()
	query := `FROM staff s JOIN staff_version v ON v.staff_id = s.id
		WHERE s.org_id = ? AND v.n = (SELECT MAX(w.n) FROM staff_version w WHERE w.staff_id = s.id AND w.effective <= ?)
		AND v.starts <= ? AND (v.ends IS NULL OR v.ends >= ?)`
	args := []any{f.Org, day, day, day}
	for _, c := range []struct{ column, value string }{{"s.employer_id", f.Employer}, {"v.staff_group", f.Group}, {"v.site", f.Site}} {
		if c.value != "" {
			query, args = query+` AND `+c.column+` = ?`, append(args, c.value)
		}
	}
	for word := range strings.FieldsSeq(f.Search) {
		query += ` AND (s.employee_no LIKE ? ESCAPE '\' OR LOWER(v.email) LIKE ? ESCAPE '\'`
		args = append(args, like(word)+"%", like(lower(word))+"%")
		// The engines fold ASCII only, so a word that begins with another letter is
		// looked for as typed and with a capital.
		for _, w := range forms(word) {
			query += ` OR LOWER(v.given) LIKE ? ESCAPE '\' OR LOWER(v.family) LIKE ? ESCAPE '\' OR LOWER(v.preferred) LIKE ? ESCAPE '\'`
			args = append(args, "%"+like(w)+"%", "%"+like(w)+"%", "%"+like(w)+"%")
		}
		query += `)`
	}
	return query, args
}

// forms are the ways in which a word of a name may be stored, once the engine has
// put its ASCII letters into lower case.
func forms(word string) []string {
	typed := lower(word)
	runes := []rune(strings.ToLower(word))
	runes[0] = unicode.ToUpper(runes[0])
	if capital := lower(string(runes)); capital != typed {
		return []string{typed, capital}
	}
	return []string{typed}
}

// lower folds ASCII letters, as both engines do.
func lower(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

var likeEscaper = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

func like(s string) string { return likeEscaper.Replace(s) }

func entries(ctx context.Context, tx *db.Tx, yield func(Entry) error, where string, args ...any) error {
	r := newReader()
	return tx.Each(ctx, func(rows *db.Rows) error {
		var e Entry
		var number, erased string
		if err := r.version(rows, &e.Version, &e.Staff, &e.PersonID, &e.Employer, &number, &erased); err != nil {
			return err
		}
		e.EmployeeNumber, e.Erased = number, erased != ""
		return yield(e)
	}, `SELECT s.id, s.person_id, s.employer_id, COALESCE(s.employee_no, ''), COALESCE(s.erased, ''), `+versionColumns+` `+where, args...)
}
