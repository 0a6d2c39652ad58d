package web

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"

	"commonweal/internal/base/policy"
	"commonweal/internal/own/staff"
	"commonweal/internal/web/page"
	"commonweal/law"
)

type staffPage struct {
	Waiting page.Links
	People  page.Table
	Empty   *page.Panel
	Found   string
	Pages   page.Pages
	Search  staffSearch
	Groups  page.Links
	Loaded  page.Links
	More    bool // more lists were loaded than are shown
	CanLoad bool
}

type staffSearch struct {
	Words page.Text
	Group string
	Day   page.DateField
	Clear bool // something is asked that can be cleared
}

const staffPageSize = 25

// staffFilter reads whom the address asks for. The day comes as ?on=2026-11-19
// in links, or in three boxes from the form.
func (v *visit) staffFilter() (staff.Filter, page.DateField, bool) {
	q := v.r.URL.Query()
	f := staff.Filter{Org: v.org.ID, Group: clip(q.Get("group"), 100), Size: staffPageSize, Day: v.today()}
	f.Page, _ = strconv.Atoi(q.Get("page"))
	f.Page = min(max(f.Page, 1), 100_000)
	f.Search, _ = v.sought("/staff")
	field := page.DateField{Name: "on", Legend: "As it was on", Hint: "For example, 31 3 2026"}
	field.Fill(q)
	if iso := q.Get("on"); iso != "" && field.Day == "" && field.Month == "" && field.Year == "" {
		field.SetDay(iso)
		if field.Day == "" {
			field.Error = "The day in the address is not a date. Choose it here."
			return f, field, false
		}
	}
	day, ok := readDay(&field, "day", false)
	if !ok {
		return f, field, false
	}
	if day.IsZero() {
		field.SetDay(f.Day.String())
		return f, field, true
	}
	f.Day = day
	return f, field, true
}

// staffAddress is the address of the staff list with a filter.
func (v *visit) staffAddress(path string, f staff.Filter) string {
	q := url.Values{}
	if f.Day != v.today() {
		q.Set("on", f.Day.String())
	}
	if f.Search != "" {
		q.Set("find", v.searchID())
	}
	if f.Group != "" {
		q.Set("group", f.Group)
	}
	if f.Page > 1 {
		q.Set("page", strconv.Itoa(f.Page))
	}
	if len(q) == 0 {
		return path
	}
	return path + "?" + q.Encode()
}

// staffShow is who works here on a day.
func (s *Server) staffShow(v *visit) error {
	filter, day, ok := v.staffFilter()
	status := http.StatusOK
	if !ok {
		status, filter.Day = http.StatusUnprocessableEntity, v.today()
	}
	people, err := v.house.Staff.On(v.ctx, filter)
	if err != nil {
		return err
	}
	groups, err := v.house.Staff.Counts(v.ctx, staff.Filter{Org: v.org.ID, Day: filter.Day}, staff.ByGroup)
	if err != nil {
		return err
	}
	p := staffPage{
		Search: staffSearch{
			Words: v.searchField("/staff", "Name, number or e-mail"),
			Group: filter.Group,
			Day:   day, Clear: filter.Search != "" || filter.Group != "" || filter.Day != v.today(),
		},
		CanLoad: v.can(policy.StaffImport),
	}
	all := 0
	for _, c := range groups {
		all += c.People
		if c.Name == "" {
			continue // whoever has no group is among everybody and cannot be asked for alone
		}
		p.Groups = append(p.Groups, page.LinkLine{
			Text: c.Name, Href: v.staffAddress("/staff", staff.Filter{Day: filter.Day, Group: c.Name}), After: " " + number(c.People),
		})
	}
	if err := v.addStaffLists(&p); err != nil {
		return err
	}
	v.fillStaffTable(&p, people, filter)
	f := v.frame()
	f.Back = page.Link{Text: "Membership", Href: "/membership"}
	f.Heading = "Staff list"
	f.Sentence = v.staffSentence(all, filter.Day)
	f.Errors = page.Problems(p.Search.Words, day)
	if v.r.URL.Query().Get("read") == "again" {
		f.Notice = page.Notice{Text: "That list had been applied already. Nothing was changed."}
	}
	if people.Total > 0 {
		kept := staff.Filter{Day: filter.Day, Search: filter.Search, Group: filter.Group}
		f.Files = []page.Files{{What: "this list", CSV: v.staffAddress("/staff.csv", kept), JSON: v.staffAddress("/staff.json", kept)}}
	}
	f.Data = p
	return v.show(status, "staff_show", f)
}

func (v *visit) staffSentence(all int, day law.Date) string {
	if all == 0 {
		return "Nobody is on the staff list on " + v.day(day) + "."
	}
	verb := said(page.Plural(all, "works", "work"))
	switch {
	case day == v.today():
		return fmt.Sprintf("%s %s here today.", page.Begin(count(all, "person", "people")), verb)
	case day.Before(v.today()):
		return fmt.Sprintf("%s worked here on %s.", page.Begin(count(all, "person", "people")), v.day(day))
	}
	return fmt.Sprintf("%s %s here on %s, as far as the lists tell.", page.Begin(count(all, "person", "people")), verb, v.day(day))
}

func (v *visit) fillStaffTable(p *staffPage, people staff.Page, filter staff.Filter) {
	if people.Total == 0 {
		panel := page.Empty("Nobody is found", "Look for less, or choose another day.", page.Link{Text: "Show everybody today", Href: "/staff"})
		if !p.Search.Clear && len(p.Loaded) == 0 {
			panel = page.Empty("There is no staff list yet",
				"The staff list says who works here, and so who may be a member. The secretary loads it from the employer’s records.",
				page.Link{Text: "Load a staff list", Href: "/staff/imports/new"})
		}
		p.Empty = &panel
		return
	}
	p.People = page.Table{
		Caption: "Who works here",
		Columns: []page.Column{{Head: "Name"}, {Head: "Role"}, {Head: "Staff group"}, {Head: "Site"}},
	}
	for _, e := range people.Entries {
		p.People.Rows = append(p.People.Rows, page.Row{
			{Text: staffName(e), Href: "/staff/" + e.PersonID}, said0(e.Main.Role), said0(e.Main.StaffGroup), said0(e.Main.Site),
		})
	}
	from := (filter.Page-1)*staffPageSize + 1
	p.Pages = page.Pages{Place: fmt.Sprintf("%s to %s of %s", number(from), number(from+len(people.Entries)-1), number(people.Total))}
	if len(people.Entries) == 0 {
		p.Pages.Place = "There are no more"
	}
	if filter.Page > 1 {
		prev := filter
		prev.Page--
		p.Pages.Prev = v.staffAddress("/staff", prev)
	}
	if from+len(people.Entries) <= people.Total {
		next := filter
		next.Page++
		p.Pages.Next = v.staffAddress("/staff", next)
	}
	if filter.Search != "" || filter.Group != "" {
		p.Found = page.Begin(count(people.Total, "person is", "people are")) + " found"
		if filter.Group != "" {
			p.Found += " in " + filter.Group
		}
		p.Found += "."
	}
}

// staffName is who somebody on the list is, surname last, as people say it.
func staffName(e staff.Entry) string {
	if e.Erased {
		return "Details erased"
	}
	return e.Name()
}

// said0 is a cell that may have nothing to say.
func said0(text string) page.Cell {
	if text == "" {
		return page.Cell{Text: "not said", Kind: page.Quiet}
	}
	return page.Cell{Text: text}
}

// addStaffLists lists what waits to be applied and what was applied last.
func (v *visit) addStaffLists(p *staffPage) error {
	waiting, err := v.house.Staff.Uploads(v.ctx, v.org.ID)
	if err != nil {
		return err
	}
	for _, u := range waiting {
		p.Waiting = append(p.Waiting, page.LinkLine{
			Text: "Dry run of the list of " + v.day(u.AsAt), Href: "/staff/uploads/" + u.ID,
			Note: u.FileName + ". Nothing has changed yet. It can be applied until " + v.day(u.KeepUntil) + ".",
		})
	}
	imports, err := v.house.Staff.Imports(v.ctx, v.org.ID, "", lastImports+1)
	if err != nil {
		return err
	}
	for i, x := range imports {
		if i == lastImports {
			p.More = true
			break
		}
		p.Loaded = append(p.Loaded, page.LinkLine{Text: "List of " + v.day(x.AsAt), Href: "/staff/imports/" + x.ID, Note: importInShort(x)})
	}
	return nil
}

const lastImports = 3

// importInShort is what a list changed, in a line.
func importInShort(x staff.Import) string {
	return fmt.Sprintf("%s, %s, %s", count(x.Joiners, "joiner", "joiners"), count(x.Leavers, "leaver", "leavers"), count(x.Changes, "change", "changes"))
}
