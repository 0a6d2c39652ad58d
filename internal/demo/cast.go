package demo

import (
	"context"
	"strings"

	"commonweal/internal/base/identity"
	"commonweal/internal/base/policy"
	"commonweal/internal/own/stafflist"
)

// figure is an invented person with a name that visitors may choose.
type figure struct {
	given, family string
	staffGroup    string // empty: not employed here
	role, site    string
	offices       []policy.Role
}

func (f figure) email() string {
	return strings.ToLower(f.given + "." + strings.ReplaceAll(f.family, " ", "") + "@example.org")
}

// cast are the people with a part. Whoever has a staff group is on the staff
// list; the others come from outside.
var cast = map[string]figure{
	"amara":  {"Amara", "Okafor", "Nursing and midwifery", "District Nurse", "Alder House", nil},
	"huw":    {"Huw", "Prosser", "Administrative and clerical", "Service Manager", "Alder House", []policy.Role{policy.Secretary}},
	"grace":  {"Grace", "Tandy", "", "", "", []policy.Role{policy.Director}},
	"dev":    {"Dev", "Malhotra", "Allied health professions", "Physiotherapist", "Ferry Lane", []policy.Role{policy.StaffSide}},
	"rhian":  {"Rhian", "Vaughan", "Administrative and clerical", "Service Manager", "Ferry Lane", []policy.Role{policy.EngagementLead}},
	"ivo":    {"Ivo", "Brackenridge", "", "", "", []policy.Role{policy.ReturningOfficer}},
	"sunita": {"Sunita", "Rao", "", "", "", []policy.Role{policy.Scrutineer}},
	"tomos":  {"Tomos", "Pugh", "Estates and ancillary", "Porter", "Riverside Ward", []policy.Role{policy.Trustee}},
	"lena":   {"Lena", "Marsh", "Nursing and midwifery", "Health Visitor", "Orchard Children’s Centre", []policy.Role{policy.Trustee}},
	"oscar":  {"Oscar", "Quayle", "", "", "", []policy.Role{policy.Trustee}},
	"mair":   {"Mair", "Tregarth", "", "", "", []policy.Role{policy.Registrar}},
	"gwil":   {"Gwil", "Haverly", "", "", "", []policy.Role{policy.Teller}},
	"betsan": {"Betsan", "Oakridge", "", "", "", []policy.Role{policy.Teller}},
	"noor":   {"Noor", "Ashdown", "Allied health professions", "Podiatrist", "Bridge Street", []policy.Role{policy.SpinOutLead}},
	"peter":  {"Peter", "Lockyer", "", "", "", []policy.Role{policy.Commissioner}},
	"wanda":  {"Wanda", "Fairweather", "", "", "", []policy.Role{policy.ProgrammeOfficer}},
	"edith":  {"Edith", "Stonebridge", "", "", "", []policy.Role{policy.Regulator}},
	"bryn":   {"Bryn", "Cawley", "", "", "", nil}, // a patient member
	"ffion":  {"Ffion", "Larkhill", "", "", "", nil},
}

// order is how the cast comes on.
var order = []string{"amara", "huw", "grace", "dev", "rhian", "ivo", "sunita", "tomos", "lena", "oscar", "mair", "gwil", "betsan", "noor", "peter", "wanda", "edith", "bryn", "ffion"}

// playing turns rows of an invented staff list into those of the cast: the
// first permanent nurse becomes Amara, and so on, so that they have been here
// for years.
func playing(rows []stafflist.Row) {
	taken := map[int]bool{}
	for _, key := range order {
		f := cast[key]
		if f.staffGroup == "" {
			continue
		}
		i := part(rows, taken, f.staffGroup)
		if i < 0 {
			i = part(rows, taken, "") // a small demonstration has not one of each
		}
		taken[i] = true
		r := &rows[i]
		r.Given, r.Family, r.PreferredName, r.Email = f.given, f.family, "", f.email()
		r.StaffGroup, r.Role, r.Site, r.FTE = f.staffGroup, f.role, f.site, 100
	}
}

// part finds a permanent member of staff of a group, or of any, with one post,
// whom nobody plays yet, and -1 when there is none.
func part(rows []stafflist.Row, taken map[int]bool, group string) int {
	posts := map[string]int{}
	for _, r := range rows {
		posts[r.EmployeeNumber]++
	}
	for i, r := range rows {
		if !taken[i] && posts[r.EmployeeNumber] == 1 && (group == "" || r.StaffGroup == group) && r.Category == stafflist.Permanent && r.End.IsZero() && r.Primary != stafflist.No {
			return i
		}
	}
	return -1
}

// appoint brings in those from outside and gives everybody their office. The
// secretary appoints; nobody appoints themselves.
func (b *builder) appoint(ctx context.Context) error {
	b.at(b.start.AddDays(2), 10)
	for _, key := range order {
		f := cast[key]
		id, err := b.person(ctx, key)
		if err != nil {
			return err
		}
		for _, role := range f.offices {
			if role == policy.Secretary {
				continue // from the start
			}
			_, err := b.h.Identity.Appoint(ctx, b.ids["huw"], identity.Appointment{Org: Org, Person: id, Role: role})
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// person finds one of the cast, or brings them in from outside.
func (b *builder) person(ctx context.Context, key string) (string, error) {
	if id := b.ids[key]; id != "" {
		return id, nil
	}
	f := cast[key]
	if f.staffGroup != "" {
		p, err := b.h.Identity.PersonByEmail(ctx, Org, f.email())
		b.ids[key] = p.ID
		return p.ID, err
	}
	p, err := b.h.Identity.NewPerson(ctx, b.ids["huw"], Org, identity.Person{
		Given: f.given, Family: f.family, Email: f.email(), PostalAddress: "3 Lantern Row, Severn Bridge",
	})
	b.ids[key] = p.ID
	return p.ID, err
}
