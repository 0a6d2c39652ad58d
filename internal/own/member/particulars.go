package member

import (
	"fmt"
	"strings"

	"commonweal/law"
)

// Particulars are what a rule of a class or constituency may turn on: one post
// and the person's area on one day. An empty text, an FTE of nought and a
// negative number of months are not known.
type Particulars struct {
	StaffGroup, Role, Site, OrgCode, Employer, Category, Area string
	FTE                                                       int
	ContractMonths, ServiceMonths                             int
	Employment                                                Tri
}

// Tri is a yes or a no that may not be known.
type Tri uint8

// The answers of a [Tri].
const (
	Unknown Tri = iota
	Yes
	No
)

// unknownParticulars is what nothing is known of.
var unknownParticulars = Particulars{ContractMonths: -1, ServiceMonths: -1}

// particular is one name that rules may use.
type particular struct {
	name     string
	kind     law.FactType
	question string
	value    func(*Particulars) (law.Value, bool)
	copy     func(to, from *Particulars)
	words    func(law.Value) string // after "because", in a reason
}

func textual(name, question, label string, field func(*Particulars) *string) particular {
	return particular{
		name: name, kind: law.TypeText, question: question,
		value: func(p *Particulars) (law.Value, bool) { return law.Text(*field(p)), *field(p) != "" },
		copy:  func(to, from *Particulars) { *field(to) = *field(from) },
		words: func(v law.Value) string { return label + " is " + v.Words() },
	}
}

func months(name, question, label string, field func(*Particulars) *int) particular {
	return particular{
		name: name, kind: law.TypeInt, question: question,
		value: func(p *Particulars) (law.Value, bool) { return law.Int(int64(*field(p))), *field(p) >= 0 },
		copy:  func(to, from *Particulars) { *field(to) = *field(from) },
		words: func(v law.Value) string { return label + " is " + v.Words() + " months" },
	}
}

// particulars are all of them, in the order a page would list them.
var particulars = []particular{
	textual("staff_group", "Which staff group is the post in?", "staff group", func(p *Particulars) *string { return &p.StaffGroup }),
	textual("role", "What is the job role?", "role", func(p *Particulars) *string { return &p.Role }),
	textual("site", "At which site is the post?", "site", func(p *Particulars) *string { return &p.Site }),
	textual("org_code", "Which organisation code has the post?", "organisation code", func(p *Particulars) *string { return &p.OrgCode }),
	textual("employer", "Who is the employer?", "employer", func(p *Particulars) *string { return &p.Employer }),
	textual("category", "Which kind of contract is it?", "contract", func(p *Particulars) *string { return &p.Category }),
	{
		name: "fte", kind: law.TypeDecimal, question: "What part of whole time is the post?",
		value: func(p *Particulars) (law.Value, bool) { return law.Decimal(float64(p.FTE) / 100), p.FTE > 0 },
		copy:  func(to, from *Particulars) { to.FTE = from.FTE },
		words: func(v law.Value) string { return "the post is " + v.Words() + " of whole time" },
	},
	months("contract_months", "For how many months is the contract, if it has an end?", "the contract's term", func(p *Particulars) *int { return &p.ContractMonths }),
	months("service_months", "For how many months has employment lasted?", "employment so far", func(p *Particulars) *int { return &p.ServiceMonths }),
	textual("area", "In which area does the person live?", "area", func(p *Particulars) *string { return &p.Area }),
	{
		name: "employed", kind: law.TypeBool, question: "Is the person employed here?",
		value: func(p *Particulars) (law.Value, bool) { return law.Bool(p.Employment == Yes), p.Employment != Unknown },
		copy:  func(to, from *Particulars) { to.Employment = from.Employment },
		words: func(v law.Value) string { return "employed here: " + v.Words() },
	},
}

// privateParticulars are those known of somebody who holds no post.
var privateParticulars = map[string]bool{"area": true, "employed": true}

// ParticularNames are the names that rules may use.
func ParticularNames() []string {
	names := make([]string, len(particulars))
	for i, p := range particulars {
		names[i] = p.name
	}
	return names
}

// particularsOf takes a post as it stands on a day.
func particularsOf(p Post, day law.Date) Particulars {
	out := Particulars{
		StaffGroup: p.StaffGroup, Role: p.Role, Site: p.Site, OrgCode: p.OrgCode,
		Employer: p.Employer, Category: p.Category, FTE: p.FTE,
		ContractMonths: -1, ServiceMonths: monthsBetween(p.begins(), day), Employment: No,
	}
	if !p.ContractEnds.IsZero() {
		out.ContractMonths = monthsBetween(p.begins(), p.ContractEnds)
	}
	if p.Employs() {
		out.Employment = Yes
	}
	return out
}

func unknownName(name string) error {
	return fmt.Errorf("%q is not something a rule may turn on: use one of %s", name, strings.Join(ParticularNames(), ", "))
}
