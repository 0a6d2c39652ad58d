package published

// Spreads between people. The published files give none. 1.8 is the middle of
// 1.6 to 1.9, which scores made of five or more questions have when single
// questions spread by 2.3 to 2.7 and answers to them go together as they do in
// the survey. A score from three or four questions spreads more, a single
// question most (2.8, which the published shares of Q4d give exactly); using
// 1.8 for those would make their ranges too narrow.
const (
	spreadMany   = 1.8
	spreadFew    = 2.2
	spreadSingle = 2.8
)

// scoreTable holds the thirty scores with our short words. Each score is
// published so that higher is better, also burnout and pressure, which are
// turned round before they are averaged.
var scoreTable = []struct {
	code, label string
	spread      float64
}{
	{"PP1", "Compassionate and inclusive", spreadMany},
	{"PP1_1", "Compassionate culture", spreadMany},
	{"PP1_2", "Compassionate leadership", spreadFew},
	{"PP1_3", "Diversity and equality", spreadFew},
	{"PP1_4", "Inclusion", spreadFew},
	{"PP2", "Recognised and rewarded", spreadMany},
	{"PP3", "A voice that counts", spreadMany},
	{"PP3_1", "Autonomy and control", spreadMany},
	{"PP3_2", "Raising concerns", spreadFew},
	{"PP4", "Safe and healthy", spreadMany},
	{"PP4_1", "A safe and healthy climate", spreadMany},
	{"PP4_2", "Free from burnout", spreadMany},
	{"PP4_3", "Free from harm and abuse", spreadMany},
	{"PP5", "Always learning", spreadMany},
	{"PP5_1", "Development", spreadMany},
	{"PP5_2", "Appraisals", spreadFew},
	{"PP6", "Flexible working", spreadFew},
	{"PP6_1", "Work and home life", spreadFew},
	{"PP6_2", "Chances to work flexibly", spreadSingle},
	{"PP7", "A team", spreadMany},
	{"PP7_1", "Working in a team", spreadMany},
	{"PP7_2", "Line management", spreadFew},
	{"E", "Staff engagement", spreadMany},
	{"E_1", "Motivation", spreadFew},
	{"E_2", "Involvement", spreadFew},
	{"E_3", "Advocacy", spreadFew},
	{"M", "Morale", spreadMany},
	{"M_1", "Staying, not leaving", spreadFew},
	{"M_2", "Room to do the work", spreadFew},
	{"M_3", "Free from stressors", spreadMany},
}
