package invent

import (
	"math/rand/v2"

	"commonweal/internal/own/stafflist"
)

// organisation is an ODS code in form only: no such organisation is listed.
const organisation = "ZZ9SW"

// domain is reserved for examples by RFC 2606, so that no mail can arrive.
const domain = "example.org"

// sites are invented, with how many of a hundred staff work at each.
var sites = weighted[string]{
	{"Alder House", 22},
	{"Ferry Lane", 17},
	{"Quarry Road Health Centre", 14},
	{"Old Brewery Clinic", 11},
	{"Bridge Street", 9},
	{"Hilltop Community Hospital", 9},
	{"Riverside Ward", 6},
	{"Cannon Square", 5},
	{"Orchard Children’s Centre", 4},
	{"Weir Cottage", 3},
}

// group is a staff group by its plain name, its share of the staff, and what
// people in it do.
type group struct {
	name  string
	band  string
	roles []string
}

var groups = weighted[group]{
	{group{"Nursing and midwifery", "Band 5", []string{"Community Nurse", "District Nurse", "Health Visitor", "Staff Nurse", "School Nurse", "Specialist Nurse Practitioner", "Ward Sister", "Midwife", "Matron"}}, 29},
	{group{"Additional clinical services", "Band 3", []string{"Healthcare Support Worker", "Therapy Assistant", "Nursery Nurse", "Phlebotomist", "Dental Nurse", "Assistant Practitioner"}}, 21},
	{group{"Administrative and clerical", "Band 4", []string{"Receptionist", "Medical Secretary", "Team Administrator", "Service Manager", "Finance Officer", "Analyst", "Clerical Worker"}}, 19},
	{group{"Allied health professions", "Band 6", []string{"Physiotherapist", "Occupational Therapist", "Speech and Language Therapist", "Podiatrist", "Dietitian", "Paramedic"}}, 16},
	{group{"Additional professional scientific and technical", "Band 7", []string{"Psychological Therapist", "Clinical Psychologist", "Pharmacist", "Pharmacy Technician", "Social Worker", "Chaplain"}}, 6},
	{group{"Estates and ancillary", "Band 2", []string{"Housekeeper", "Porter", "Cook", "Electrician", "Gardener", "Driver"}}, 5},
	{group{"Medical and dental", "Consultant", []string{"Consultant", "Specialty Doctor", "Salaried General Practitioner", "Dental Officer"}}, 3},
	{group{"Healthcare scientists", "Band 6", []string{"Audiologist", "Biomedical Scientist", "Clinical Scientist"}}, 1},
}

var contracts = weighted[stafflist.Category]{
	{stafflist.Permanent, 79}, {stafflist.FixedTerm, 9}, {stafflist.Bank, 8}, {stafflist.Secondee, 1}, {stafflist.Honorary, 1}, {stafflist.Apprentice, 2},
}

var hours = weighted[int]{{100, 52}, {80, 14}, {60, 14}, {50, 6}, {40, 6}, {93, 4}, {53, 2}, {20, 2}}

// weighted is a choice between values, some likelier.
type weighted[T any] []struct {
	value  T
	weight int
}

func (w weighted[T]) pick(r *rand.Rand) T {
	total := 0
	for _, choice := range w {
		total += choice.weight
	}
	n := r.IntN(total)
	for _, choice := range w {
		if n -= choice.weight; n < 0 {
			return choice.value
		}
	}
	return w[len(w)-1].value
}

// groupOf finds a group by its plain name.
func groupOf(name string) group {
	for _, g := range groups {
		if g.value.name == name {
			return g.value
		}
	}
	return groups[0].value
}
