package web

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"commonweal/internal/prove/published"
	"commonweal/internal/web/page"
)

type organisationsPage struct {
	Empty  *page.Panel
	Search page.Text
	Group  page.Select
	None   *page.Panel
	Groups []organisationGroup
	Pages  page.Pages
	Files  page.Links
	Source string
}

// organisationGroup is the part of a benchmarking group that stands on this page.
type organisationGroup struct {
	Title string
	Links page.Links
}

const (
	organisationsAPage = 50
	longestSearch      = 100 // letters of a search that are looked at
)

// organisationSearch is what the address asks for.
func (v *visit) organisationSearch() published.Search {
	q := v.r.URL.Query()
	text := []rune(strings.TrimSpace(q.Get("q")))
	return published.Search{Text: string(text[:min(len(text), longestSearch)]), Group: q.Get("group")}
}

// evidenceOrganisations lists the organisations with published figures.
func (s *Server) evidenceOrganisations(v *visit) error {
	q := v.organisationSearch()
	found, err := v.house.Published.Organisations(v.ctx, q)
	if err != nil {
		return err
	}
	source, err := v.evidenceSource()
	if err != nil {
		return err
	}
	f := v.frame()
	f.Back, f.Heading = evidenceBack, "Organisations"
	p := organisationsPage{Source: source, Search: page.Text{
		Name: "q", Label: "Name or ODS code", Hint: "A former name or code will do too", Value: q.Text, Verbatim: true,
	}, Group: groupChoice(q.Group)}
	switch {
	case source == "":
		p.Empty = evidenceEmpty()
	case len(found) == 0:
		none := page.Empty("Nothing was found", "No organisation with published figures has all of these words in its name or code.",
			page.Link{Text: "Show all organisations", Href: "/evidence/organisations"})
		p.None = &none
	default:
		f.Sentence = organisationsSentence(len(found), q)
		at, _ := strconv.Atoi(v.r.URL.Query().Get("page")) // anything else is the first page
		p.addPage(found, q, at)
		p.Files = fileLinks("/evidence/organisations", searchQuery(q, 0), "This list")
	}
	f.Data = p
	return v.show(http.StatusOK, "evidence_organisations", f)
}

func organisationsSentence(n int, q published.Search) string {
	if q == (published.Search{}) {
		return "Figures are published about " + count(n, "organisation", "organisations") + ". Open one to see it beside its group and England."
	}
	return count(n, "organisation was", "organisations were") + " found."
}

func groupChoice(chosen string) page.Select {
	s := page.Select{Name: "group", Label: "Group", Value: chosen, Options: []page.Option{{Value: "", Label: "All groups"}}}
	for _, g := range published.Groups() {
		s.Options = append(s.Options, page.Option{Value: g.Published, Label: g.Label})
	}
	return s
}

// addPage puts one page of the list into its groups.
func (p *organisationsPage) addPage(found []published.Listed, q published.Search, at int) {
	pages := (len(found) + organisationsAPage - 1) / organisationsAPage
	at = min(max(at, 1), pages)
	from := (at - 1) * organisationsAPage
	for _, l := range found[from:min(from+organisationsAPage, len(found))] {
		title := "Not in the staff survey"
		if l.Survey {
			g, _ := published.GroupNamed(l.Group)
			title = g.Label
		}
		if n := len(p.Groups); n == 0 || p.Groups[n-1].Title != title {
			p.Groups = append(p.Groups, organisationGroup{Title: title})
		}
		last := &p.Groups[len(p.Groups)-1]
		last.Links = append(last.Links, page.LinkLine{Text: l.Name, Href: "/evidence/organisations/" + url.PathEscape(l.ODS), After: ", " + l.ODS})
	}
	if pages < 2 {
		return
	}
	p.Pages.Place = "Page " + number(at) + " of " + number(pages)
	if at > 1 {
		p.Pages.Prev = "/evidence/organisations" + searchQuery(q, at-1)
	}
	if at < pages {
		p.Pages.Next = "/evidence/organisations" + searchQuery(q, at+1)
	}
}

// searchQuery writes a search back as it came; page nought is left out.
func searchQuery(q published.Search, at int) string {
	values := url.Values{}
	for name, value := range map[string]string{"q": q.Text, "group": q.Group} {
		if value != "" {
			values.Set(name, value)
		}
	}
	if at > 0 {
		values.Set("page", strconv.Itoa(at))
	}
	if len(values) == 0 {
		return ""
	}
	return "?" + values.Encode()
}

// evidenceSource is the licence line of everything in force, empty where
// nothing is.
func (v *visit) evidenceSource() (string, error) {
	list, err := v.house.Published.Imports(v.ctx)
	if err != nil {
		return "", err
	}
	var sources []published.Source
	for _, i := range list {
		if i.InForce() {
			sources = append(sources, i.Source)
		}
	}
	return licences(sources), nil
}

// organisationLine is one organisation, for a program.
type organisationLine struct {
	ODS          string   `json:"ods"`
	Name         string   `json:"name"`
	Group        string   `json:"group,omitempty"`
	Mutual       bool     `json:"mutual"`
	Type         string   `json:"type,omitempty"`
	Region       string   `json:"region,omitempty"`
	ICS          string   `json:"ics,omitempty"`
	Predecessors []string `json:"predecessors,omitempty"`
	Merged       string   `json:"merged,omitempty"`
	Survey       bool     `json:"in_survey"`
	Absence      bool     `json:"in_absence"`
}

// evidenceOrganisationsFile is the list as CSV or JSON.
func (s *Server) evidenceOrganisationsFile(v *visit) error {
	found, err := v.house.Published.Organisations(v.ctx, v.organisationSearch())
	if err != nil {
		return err
	}
	source, err := v.evidenceSource()
	if err != nil {
		return err
	}
	lines := []organisationLine{}
	csv := newSheet("ODS code", "Organisation", "Benchmarking group", "Mutual", "Type", "Region", "ICS", "Merged from", "Merged on", "Source")
	for _, l := range found {
		mutual := published.IsMutual(l.Group)
		lines = append(lines, organisationLine{
			ODS: l.ODS, Name: l.Name, Group: l.Group, Mutual: mutual, Type: l.Type, Region: l.Region, ICS: l.ICS,
			Predecessors: l.Predecessors, Merged: l.Merged, Survey: l.Survey, Absence: l.Absence,
		})
		csv.add(l.ODS, l.Name, l.Group, map[bool]string{true: "yes", false: "no"}[mutual], l.Type, l.Region, l.ICS, strings.Join(l.Predecessors, " "), l.Merged, source)
	}
	if v.wantsJSON() {
		return v.sendJSON("organisations", struct {
			Source        string             `json:"source"`
			Organisations []organisationLine `json:"organisations"`
		}{source, lines})
	}
	return v.sendCSV("organisations", csv)
}
