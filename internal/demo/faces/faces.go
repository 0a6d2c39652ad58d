// Package faces names the people of the demonstration whom its front page
// offers to a visitor first.
package faces

// Face is one invented person with what a visitor will find as them.
type Face struct{ Email, About string }

// All are a member, the secretary, a director and a union representative.
var All = []Face{
	{"amara.okafor@example.org", "District nurse and member. Sees her share, her vote and her rights."},
	{"huw.prosser@example.org", "Company secretary. Keeps the register, loads the staff list, admits members."},
	{"sunita.rao@example.org", "Scrutineer. Checks that nobody changed the record."},
	{"grace.tandy@example.org", "Non-executive director. Watches how much of the vote staff hold."},
}
