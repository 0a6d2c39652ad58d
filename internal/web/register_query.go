package web

import (
	"cmp"
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"commonweal/internal/own/member"
	"commonweal/internal/web/page"
	"commonweal/law"
)

// registerQuery is which part of the register a page is about.
type registerQuery struct {
	Day          law.Date
	Words        string
	Search       string // the id of the search that they are the words of
	Class        string // code
	Constituency string // code, or none
	Show         string // "", former or all
	Page         int
}

const (
	registerPageSize = 50
	noConstituency   = "-"
	showFormer       = "former"
	showAll          = "all"
)

// dayAsked reads the day that a page is about: ?on=2026-11-19 from a link, three
// boxes from the form, and otherwise today. When it reports false the field says
// what to put right.
func (v *visit) dayAsked(legend string) (law.Date, page.DateField, bool) {
	q := v.r.URL.Query()
	field := page.DateField{Name: "on", Legend: legend, Hint: "For example, 31 3 2026"}
	field.Fill(q)
	if iso := q.Get("on"); iso != "" && field.Day == "" && field.Month == "" && field.Year == "" {
		if field.SetDay(iso); field.Day == "" {
			field.Error = "The day in the address is not a date. Choose it here."
			return v.today(), field, false
		}
	}
	day, ok := readDay(&field, "day", false)
	switch {
	case !ok:
		return v.today(), field, false
	case day.IsZero():
		field.SetDay(v.today().String())
		return v.today(), field, true
	}
	return day, field, true
}

func (v *visit) registerQuery() (registerQuery, page.DateField, bool) {
	q := v.r.URL.Query()
	day, field, ok := v.dayAsked("As it was on")
	out := registerQuery{
		Day: day, Search: v.searchID(), Class: clip(q.Get("class"), 40),
		Constituency: clip(q.Get("constituency"), 40), Show: q.Get("show"),
	}
	out.Words, _ = v.sought("/register")
	if out.Show != showFormer && out.Show != showAll {
		out.Show = ""
	}
	out.Page, _ = strconv.Atoi(q.Get("page"))
	out.Page = min(max(out.Page, 1), 1_000_000)
	return out, field, ok
}

// address is the query as an address.
func (q registerQuery) address(path string, today law.Date) string {
	values := url.Values{}
	for _, p := range [][2]string{{"find", q.Search}, {"class", q.Class}, {"constituency", q.Constituency}, {"show", q.Show}} {
		if p[1] != "" {
			values.Set(p[0], p[1])
		}
	}
	if q.Day != today {
		values.Set("on", q.Day.String())
	}
	if q.Page > 1 {
		values.Set("page", strconv.Itoa(q.Page))
	}
	if len(values) == 0 {
		return path
	}
	return path + "?" + values.Encode()
}

// asks reports whether the query leaves anybody out.
func (q registerQuery) asks() bool {
	return q.Words != "" || q.Class != "" || q.Constituency != "" || q.Show != ""
}

// lets reports whether a row of the register is asked for.
func (q registerQuery) lets(r member.Row) bool {
	former := !r.Ceased.IsZero()
	switch {
	case q.Show == "" && former, q.Show == showFormer && !former:
		return false
	case q.Class != "" && r.Class != q.Class:
		return false
	case q.Constituency != "" && cmp.Or(r.Constituency, noConstituency) != q.Constituency:
		return false
	}
	return q.Words == "" || nameHas(r.Name, q.Words) || strings.TrimLeft(q.Words, "0") == strconv.Itoa(r.Number)
}

// nameHas reports whether every word begins a word of the name, whatever the
// accents and capitals.
func nameHas(name, words string) bool {
	parts := strings.FieldsFunc(folded(name), func(c rune) bool { return unicode.IsSpace(c) || c == '-' })
	for _, w := range strings.Fields(folded(words)) {
		found := false
		for _, p := range parts {
			found = found || strings.HasPrefix(p, w)
		}
		if !found && !strings.Contains(folded(name), w) {
			return false
		}
	}
	return true
}

// folded is a name in small letters without marks.
func folded(s string) string {
	return strings.ToLower(strings.Map(func(c rune) rune {
		if unicode.Is(unicode.Mn, c) {
			return -1
		}
		return c
	}, norm.NFD.String(s)))
}

// pagesOf leads through a list: from which row to which, of how many.
func pagesOf(at, size, total int, address func(page int) string) (from, to int, out page.Pages) {
	from = min((at-1)*size, total)
	to = min(from+size, total)
	switch {
	case total == 0:
		return 0, 0, out
	case from == total:
		out.Place = "There are no more"
	default:
		out.Place = fmt.Sprintf("%s to %s of %s", number(from+1), number(to), number(total))
	}
	if at > 1 {
		out.Prev = address(at - 1)
	}
	if to < total {
		out.Next = address(at + 1)
	}
	return from, to, out
}
