package staff

import (
	"encoding/json"
	"fmt"
	"strings"

	"commonweal/internal/base/db"
	"commonweal/internal/base/journal"
	"commonweal/internal/own/stafflist"
	"commonweal/law"
)

// Version is what the list says of somebody from a day on. It overrides every
// version with a lower N from that day on.
type Version struct {
	N         int
	Effective law.Date
	Import    string // id
	stafflist.Person
}

// employs reports whether the version, where it is the one in force, says that
// the person is employed on the day.
func (v Version) employs(day law.Date) bool {
	return !day.Before(v.Main.Start) && (v.Main.End.IsZero() || !day.After(v.Main.End))
}

// same reports whether two versions say the same, whenever they are from.
func (v Version) same(p stafflist.Person) bool {
	if v.Who != p.Who || v.Main != p.Main || len(v.Others) != len(p.Others) {
		return false
	}
	for i := range v.Others {
		if v.Others[i] != p.Others[i] {
			return false
		}
	}
	return true
}

// row is the version as a governed row.
func (v Version) row(id, staff string) (journal.Row, error) {
	others, err := writeOthers(v.Others)
	if err != nil {
		return nil, err
	}
	return journal.Row{
		"id": id, "staff_id": staff, "n": v.N, "effective": v.Effective.String(), "import_id": v.Import,
		"given": text(v.Given), "family": text(v.Family), "preferred": text(v.PreferredName), "email": text(v.Email),
		"assignment_no": text(v.Main.AssignmentNumber), "staff_group": text(v.Main.StaffGroup), "job_role": text(v.Main.Role),
		"site": text(v.Main.Site), "org_code": text(v.Main.Organisation), "category": text(string(v.Main.Category)), "fte": v.Main.FTE,
		"starts": v.Main.Start.String(), "ends": day(v.Main.End), "contract_ends": day(v.Main.ContractEnd), "other_posts": others,
	}, nil
}

// versionColumns are read by [reader.version], in a query where staff_version is v.
const versionColumns = `v.n, v.effective, v.import_id, COALESCE(v.given, ''), COALESCE(v.family, ''), COALESCE(v.preferred, ''),
	COALESCE(v.email, ''), COALESCE(v.assignment_no, ''), COALESCE(v.staff_group, ''), COALESCE(v.job_role, ''), COALESCE(v.site, ''),
	COALESCE(v.org_code, ''), COALESCE(v.category, ''), COALESCE(v.fte, 0), v.starts, COALESCE(v.ends, ''),
	COALESCE(v.contract_ends, ''), COALESCE(v.other_posts, '')`

// reader reads many versions. Words and days that many of them share are kept
// once.
type reader struct {
	words map[string]string
	days  map[string]law.Date
}

func newReader() *reader { return &reader{words: map[string]string{}, days: map[string]law.Date{}} }

// version scans a row of the columns in lead followed by [versionColumns].
func (r *reader) version(rows *db.Rows, v *Version, lead ...any) error {
	var effective, category, starts, ends, contract, others string
	p := &v.Person
	*p = stafflist.Person{Who: stafflist.Who{EmployeeNumber: p.EmployeeNumber}}
	m := &p.Main
	err := rows.Scan(append(lead, &v.N, &effective, &v.Import, &p.Given, &p.Family, &p.PreferredName, &p.Email, &m.AssignmentNumber,
		&m.StaffGroup, &m.Role, &m.Site, &m.Organisation, &category, &m.FTE, &starts, &ends, &contract, &others)...)
	if err != nil {
		return err
	}
	for _, word := range []*string{&v.Import, &m.StaffGroup, &m.Role, &m.Site, &m.Organisation, &category} {
		*word = r.word(*word)
	}
	m.Category = stafflist.Category(category)
	for _, d := range []struct {
		from string
		to   *law.Date
	}{{effective, &v.Effective}, {starts, &m.Start}, {ends, &m.End}, {contract, &m.ContractEnd}} {
		if *d.to, err = r.day(d.from); err != nil {
			return err
		}
	}
	p.Others, err = readOthers(others)
	return err
}

func (r *reader) word(s string) string {
	if one, ok := r.words[s]; ok {
		return one
	}
	r.words[s] = s
	return s
}

func (r *reader) day(s string) (law.Date, error) {
	if s == "" {
		return law.Date{}, nil
	}
	if d, ok := r.days[s]; ok {
		return d, nil
	}
	d, err := law.ParseDate(s)
	if err == nil {
		r.days[s] = d
	}
	return d, err
}

// otherPost is how a post that is not the main one is stored.
type otherPost struct {
	Assignment  string   `json:"assignment,omitempty"`
	Group       string   `json:"group,omitempty"`
	Role        string   `json:"role,omitempty"`
	Site        string   `json:"site,omitempty"`
	OrgCode     string   `json:"org_code,omitempty"`
	Category    string   `json:"category,omitempty"`
	FTE         int      `json:"fte,omitempty"`
	Starts      law.Date `json:"starts,omitzero"`
	Ends        law.Date `json:"ends,omitzero"`
	ContractEnd law.Date `json:"contract_ends,omitzero"`
}

func writeOthers(posts []stafflist.Post) (any, error) {
	if len(posts) == 0 {
		return nil, nil
	}
	list := make([]otherPost, len(posts))
	for i, p := range posts {
		list[i] = otherPost{p.AssignmentNumber, p.StaffGroup, p.Role, p.Site, p.Organisation, string(p.Category), p.FTE, p.Start, p.End, p.ContractEnd}
	}
	var out strings.Builder
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(list); err != nil {
		return nil, err
	}
	return strings.TrimSuffix(out.String(), "\n"), nil
}

func readOthers(s string) ([]stafflist.Post, error) {
	if s == "" {
		return nil, nil
	}
	var list []otherPost
	if err := json.Unmarshal([]byte(s), &list); err != nil {
		return nil, fmt.Errorf("other posts: %w", err)
	}
	out := make([]stafflist.Post, len(list))
	for i, p := range list {
		out[i] = stafflist.Post{
			AssignmentNumber: p.Assignment, StaffGroup: p.Group, Role: p.Role, Site: p.Site, Organisation: p.OrgCode,
			Category: stafflist.Category(p.Category), FTE: p.FTE, Start: p.Starts, End: p.Ends, ContractEnd: p.ContractEnd,
		}
	}
	return out, nil
}

// text is a column that holds nothing where the value is empty.
func text(s string) any {
	if s == "" {
		return nil
	}
	return s
}

// day is a column that holds a day, or nothing.
func day(d law.Date) any {
	if d.IsZero() {
		return nil
	}
	return d.String()
}
