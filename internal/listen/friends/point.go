package friends

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/law"
)

// Point is where answers are collected: a ward, a clinic, a team.
type Point struct {
	ID        string
	Code      string // in its address: small letters, digits and hyphens
	Name      string // for patients: "Wharf ward"
	Setting   Setting
	SiteCode  string // by the national code, "" where there is none
	SiteName  string
	Ward      string // as reported; "" where nothing is reported below the site
	First     string // speciality of a ward, for inpatients
	Second    string
	Modes     []Mode
	Languages []string // the first is shown first
	Opened    law.Date
	Closed    law.Date // the first day it takes no answers; no date where open
}

// OpenOn reports whether it takes answers on a day.
func (p Point) OpenOn(day law.Date) bool {
	return !day.Before(p.Opened) && (p.Closed.IsZero() || day.Before(p.Closed))
}

// Takes reports whether answers come to it that way.
func (p Point) Takes(m Mode) bool { return slices.Contains(p.Modes, m) }

var codePattern = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

// check puts the point into its stored form, or says what is wrong.
func (p *Point) check() error {
	for _, s := range []*string{&p.Code, &p.Name, &p.SiteCode, &p.SiteName, &p.Ward, &p.First, &p.Second} {
		*s = line(*s)
		if utf8.RuneCountInString(*s) > 120 {
			return fault.Fieldf("name", "a name has at most 120 letters")
		}
	}
	p.SiteCode = strings.ToUpper(p.SiteCode)
	switch {
	case p.Name == "":
		return fault.Fieldf("name", "enter the name that patients know it by")
	case !codePattern.MatchString(p.Code) || len(p.Code) > 40:
		return fault.Fieldf("code", "the address %q is not small letters, digits and hyphens", p.Code)
	case !p.Setting.Known():
		return fault.Fieldf("setting", "choose the kind of care")
	case p.SiteCode != "" && !siteCode.MatchString(p.SiteCode):
		return fault.Fieldf("site_code", "%q is no code of a site: it has letters and digits, such as RX101", p.SiteCode)
	case p.SiteCode != "" && p.SiteName == "":
		return fault.Fieldf("site_name", "enter the name of the site")
	case p.Ward != "" && !p.Setting.HasWards():
		return fault.Fieldf("ward", "wards are reported for people who stay in hospital only")
	case p.Setting.HasWards() && p.Ward == "":
		return fault.Fieldf("ward", "enter the ward as it is reported")
	case len(p.Modes) == 0:
		return fault.Fieldf("modes", "choose at least one way in which answers come")
	case len(p.Languages) == 0:
		return fault.Fieldf("languages", "choose at least one language")
	case p.Opened.IsZero():
		return fault.Fieldf("opened", "enter its first day")
	case !p.Closed.IsZero() && !p.Closed.After(p.Opened):
		return fault.Fieldf("closed", "it opens on %s and cannot close on %s", p.Opened, p.Closed)
	}
	for _, m := range p.Modes {
		if !m.Known() {
			return fault.Fieldf("modes", "%q is no way in which answers come", m)
		}
	}
	for _, l := range p.Languages {
		if _, ok := AskIn(l); !ok {
			return fault.Fieldf("languages", "the question is not there in the language %q", l)
		}
	}
	return nil
}

var siteCode = regexp.MustCompile(`^[A-Z0-9]{3,9}$`)

// Points are all points, by name; those that closed are last.
func (s *Service) Points(ctx context.Context, org string) (out []Point, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		out, err = points(ctx, tx, `org_id = ?`, org)
		return err
	})
	today := s.today()
	slices.SortStableFunc(out, func(a, b Point) int {
		if gone := !a.Closed.IsZero() && !today.Before(a.Closed); gone != (!b.Closed.IsZero() && !today.Before(b.Closed)) {
			if gone {
				return 1
			}
			return -1
		}
		return strings.Compare(a.Name, b.Name)
	})
	return out, err
}

// Point is one point by its code. It is for the public page too: org is the point's.
func (s *Service) Point(ctx context.Context, code string) (p Point, org string, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		p, org, err = pointByCode(ctx, tx, code)
		return err
	})
	return p, org, err
}

// Save opens a point, or changes one that has an id. A point is never deleted: it
// closes. Its code stays, because it is printed on posters.
func (s *Service) Save(ctx context.Context, actor, org string, p Point) (Point, error) {
	if err := p.check(); err != nil {
		return Point{}, err
	}
	kind := "friends.point_changed"
	isNew := p.ID == ""
	if isNew {
		kind = "friends.point_opened"
	}
	_, err := s.o.Journal.Record(ctx, journal.Fact{Org: org, Kind: kind, Actor: actor}, func(tx *journal.Tx) error {
		other, _, err := pointByCode(ctx, tx.Tx, p.Code)
		if err == nil && other.ID != p.ID {
			return fault.Fieldf("code", "the address %q is taken: choose another", p.Code)
		}
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		if isNew {
			p.ID = tx.ID()
			tx.Detail("point", p.ID)
			return tx.Insert(ctx, "friends_point", p.row())
		}
		old, err := points(ctx, tx.Tx, `org_id = ? AND id = ?`, org, p.ID)
		if err != nil {
			return err
		}
		if len(old) != 1 {
			return fault.Errorf(fault.NotFound, "there is no point %q", p.ID)
		}
		if old[0].Code != p.Code {
			return fault.Fieldf("code", "the address stays %q: it is printed on posters", old[0].Code)
		}
		tx.Detail("point", p.ID)
		return tx.Update(ctx, "friends_point", p.row())
	})
	return p, err
}

func (p Point) row() journal.Row {
	modes := make([]string, len(p.Modes))
	for i, m := range p.Modes {
		modes[i] = string(m)
	}
	return journal.Row{
		"id": p.ID, "code": p.Code, "name": p.Name, "setting": p.Setting, "site_code": text(p.SiteCode), "site_name": text(p.SiteName),
		"ward": text(p.Ward), "first_speciality": text(p.First), "second_speciality": text(p.Second),
		"modes": strings.Join(modes, " "), "languages": strings.Join(p.Languages, " "),
		"opened": p.Opened.String(), "closed": text(p.Closed.String()),
	}
}

func points(ctx context.Context, tx *db.Tx, where string, args ...any) (out []Point, err error) {
	var d dates
	err = tx.Each(ctx, func(rows *db.Rows) error {
		var p Point
		var modes, languages, opened, closed string
		err := rows.Scan(&p.ID, &p.Code, &p.Name, &p.Setting, &p.SiteCode, &p.SiteName, &p.Ward, &p.First, &p.Second, &modes, &languages, &opened, &closed)
		for _, m := range strings.Fields(modes) {
			p.Modes = append(p.Modes, Mode(m))
		}
		p.Languages = strings.Fields(languages)
		p.Opened, p.Closed = d.of(opened), d.of(closed)
		out = append(out, p)
		return errors.Join(err, d.err)
	}, `SELECT id, code, name, setting, COALESCE(site_code, ''), COALESCE(site_name, ''), COALESCE(ward, ''), COALESCE(first_speciality, ''),
		COALESCE(second_speciality, ''), modes, languages, opened, COALESCE(closed, '') FROM friends_point WHERE `+where+` ORDER BY name, id`, args...)
	return out, err
}

func pointByCode(ctx context.Context, tx *db.Tx, code string) (p Point, org string, err error) {
	list, err := points(ctx, tx, `code = ?`, code)
	if err != nil {
		return p, "", err
	}
	if len(list) != 1 {
		return p, "", fault.Errorf(fault.NotFound, "nothing is asked at %q", code)
	}
	err = tx.QueryRow(ctx, `SELECT org_id FROM friends_point WHERE code = ?`, code).Scan(&org)
	return list[0], org, err
}

func pointByID(ctx context.Context, tx *db.Tx, org, id string) (Point, error) {
	list, err := points(ctx, tx, `org_id = ? AND id = ?`, org, id)
	if err == nil && len(list) != 1 {
		err = fault.Fieldf("point", "there is no point %q", id)
	}
	if err != nil {
		return Point{}, err
	}
	return list[0], nil
}

// text is a column that holds nothing where the value is empty.
func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// line is text on one line; clean keeps line breaks. Neither keeps control characters.
func line(s string) string { return strings.Join(strings.Fields(clean(s)), " ") }

func clean(s string) string {
	return strings.TrimSpace(strings.Map(func(c rune) rune {
		switch {
		case c == '\n':
			return c
		case c == '\t':
			return ' '
		case unicode.IsControl(c) || c == utf8.RuneError:
			return -1
		}
		return c
	}, strings.ReplaceAll(s, "\r\n", "\n")))
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
