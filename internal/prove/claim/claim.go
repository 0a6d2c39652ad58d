package claim

// Verdict is how far a grade carries a claim.
type Verdict string

// The verdicts.
const (
	Yes      Verdict = "Yes"
	Partly   Verdict = "Partly"
	NotShown Verdict = "Not shown"
	NotYet   Verdict = "Not yet"
)

// Claim is one thing that was said of engaged staff or of mutuals.
type Claim struct {
	ID    string   `json:"id"`
	Words string   `json:"claim"` // in our words
	Said  []Saying `json:"said"`
	// Sentence is what the evidence comes to.
	Sentence string     `json:"shown"`
	Counted  Grade      `json:"counted"`
	Compared Grade      `json:"compared"`
	Tested   Grade      `json:"tested"`
	Bears    []Evidence `json:"bears"`
	// Open is what would tell, and what we cannot get.
	Open []string `json:"open"`
}

// Grade is a verdict with its reason.
type Grade struct {
	Verdict Verdict `json:"verdict"`
	Reason  string  `json:"reason"`
}

// Saying is who said it, when and where.
type Saying struct {
	Who   string `json:"who"`
	When  string `json:"when"`
	Where string `json:"where"`
	// SecondHand says that only a quotation was seen.
	SecondHand bool `json:"second_hand"`
}

// Evidence is a study or a figure that bears on a claim.
type Evidence struct {
	Title string `json:"title"`
	// Ours is set where the figure was worked out here, by How.
	Ours  bool   `json:"ours"`
	How   string `json:"how"`
	Shows string `json:"shows"`
	Of    string `json:"of"` // data or paper, with its licence where it is data
}

const (
	ogl    = "NHS England, Open Government Licence v3.0"
	review = "Improving NHS care by engaging staff and devolving decision-making, report of the review of staff engagement and empowerment in the NHS (The King's Fund)"
	press  = "in the articles about the review"
	unions = "Jon Restell (Managers in Partnership) and Howard Catton (Royal College of Nursing)"
)

// All are the claims, in the order in which pages show them.
func All() []Claim {
	return []Claim{mortalityClaim, absenceClaim, turnoverClaim, experienceClaim, mutualsClaim, pathfinderClaim}
}

// Find is the claim with an ID.
func Find(id string) (Claim, bool) {
	for _, c := range All() {
		if c.ID == id {
			return c, true
		}
	}
	return Claim{}, false
}

var mortalityClaim = Claim{
	ID:    "mortality",
	Words: "Where staff are engaged, fewer patients die.",
	Said: []Saying{
		{Who: "Chris Ham's review for the Department of Health", When: "July 2014", Where: review},
		{Who: "Aston University for the Department of Health (West and Dawson)", When: "2009 to 2012", Where: "mortality about 2.5 % lower in trusts with high engagement than in those with medium", SecondHand: true},
		{Who: unions + ", who doubt it", When: "2014", Where: press},
	},
	Sentence: "Trusts whose staff are more engaged have fewer deaths beside what would be expected of their patients. Where a trust's own engagement rose or fell, its deaths did not go with it as far as these data can tell, and they cannot rule out an effect of the size claimed.",
	Counted:  Grade{Yes, "Engagement and deaths are published for every acute trust, year by year. Deaths are set beside what would be expected of such patients: that is the SHMI. At 1 there are as many as expected, at 0.9 ten in a hundred fewer."},
	Compared: Grade{Partly, "Between trusts they go together: one point more of engagement goes with a SHMI 0.24 lower in the same year. Within one trust, from year to year, they hardly do: 0.014 lower, likely between 0.105 lower and 0.076 higher. A whole point is far more than trusts differ by."},
	Tested:   Grade{NotYet, "Nobody has raised engagement in some trusts chosen by chance and watched deaths in all. Ten sites could show a change of five deaths in every hundred expected, and no less; half of that is what is claimed."},
	Bears: []Evidence{
		{Title: "Nine ways of asking the same data", Ours: true, How: "commonweal claims mortality --data FOLDER", Shows: "From a strong association between trusts to none within them; the published estimate is one of the nine.", Of: "Staff Survey and SHMI 2012 to 2019, " + ogl},
		{Title: "Badgett, Journal of General Internal Medicine 2020", Shows: "SHMI 0.044 lower for one point of engagement. By chance alone so much or more would come in 3 or 4 of a hundred tries (p 0.035). Made again here to the last digit. One trust's years are like each other: allowing for that it would come in 7 of a hundred (p 0.07). With each trust counted once, the estimate is a tenth of it.", Of: "DOI 10.1007/s11606-020-05798-8, as its compilation of published data gives it"},
		{Title: "Jonker 2021; Boyle and others", Shows: "One year of 129 trusts; curves in place of straight lines, on the same data. Both compare trusts with each other.", Of: "Papers, of which we read parts"},
	},
	Open: []string{
		"Within a trust engagement moves little from year to year: by 0.046 of a point, where trusts differ from each other by 0.060 (standard deviations, the usual distance from the middle). So a real effect would be hard to see.",
		"SHMI is a smoke alarm, not a count of deaths that could have been avoided.",
	},
}

var absenceClaim = Claim{
	ID:    "absence",
	Words: "Engaged staff are less often off sick.",
	Said: []Saying{
		{Who: "Chris Ham's review for the Department of Health", When: "July 2014", Where: review},
		{Who: unions + ", who doubt it", When: "2014", Where: press},
	},
	Sentence: "NHS trusts with more engaged staff have less sickness absence. Part of that is the kind of trust: among trusts of one kind it is weaker, and among ambulance trusts these data do not show it at all.",
	Counted:  Grade{Yes, "Absence by month and engagement by year are published for every trust."},
	Compared: Grade{Partly, "Among 208 trusts in 2024 more engagement goes with less absence. How closely is told by the correlation, where 0 is not at all and −1 is in step: it is −0.30, likely between −0.42 and −0.17. Among trusts of one kind it is −0.19, likely between −0.32 and −0.05. This is one year, trusts against each other."},
	Tested:   Grade{NotYet, "Ten sites could show a change of 0.23 percentage points, six months after the start beside six before. So a pathfinder programme can test this claim."},
	Bears: []Evidence{
		{Title: "Engagement 2024 and absence 2024-25", Ours: true, How: "commonweal claims absence", Shows: "Correlation −0.30 among 208 trusts, −0.19 among trusts of one kind.", Of: "Staff Survey and Sickness Absence Rates, " + ogl},
		{Title: "One large trust, by cost centre, 2018", Shows: "Sickness did not go with engagement.", Of: "A paper, of which we read parts"},
	},
	Open: []string{"Absence by trust before April 2024 was not to be had, so that no trust's own change can be looked at yet."},
}

var turnoverClaim = Claim{
	ID:    "turnover",
	Words: "Engaged staff stay.",
	Said: []Saying{
		{Who: "Chris Ham's review for the Department of Health", When: "July 2014", Where: review},
	},
	Sentence: "The strongest study we know finds that nurses stay longer where engagement rose. Turnover by trust was not to be had as data here, so that nothing could be made again.",
	Counted:  Grade{NotYet, "Leavers by trust are published, but were not to be had here; the importer for them is built."},
	Compared: Grade{NotYet, "Nothing was compared here."},
	Tested:   Grade{Partly, "Moscelli and others follow staff through time. Where nurses' engagement was higher by one standard deviation, the usual distance from the middle, more of them stayed, by 0.16 of one. It is not an experiment."},
	Bears: []Evidence{
		{Title: "Moscelli and others, IZA 15638; Economica 2025", Shows: "The same staff followed from year to year: 0.16 standard deviations more of nurses staying, for one more of their engagement.", Of: "Papers, of which we read the abstracts"},
	},
	Open: []string{"Whether it holds among the trusts of England: leavers by trust are needed. Where a file of them is loaded, each organisation stands beside others."},
}

var experienceClaim = Claim{
	ID:    "experience",
	Words: "Where staff are engaged, patients fare and feel better.",
	Said: []Saying{
		{Who: "Chris Ham's review for the Department of Health", When: "July 2014", Where: review},
	},
	Sentence: "Inspectors rate trusts with engaged staff higher. Patients' own answers by trust were not to be had as data here; staff were asked whether a friend would be well looked after, and mutuals are found at both ends.",
	Counted:  Grade{Partly, "What staff say of care for a friend is published for each mutual by name. Patients' friends-and-family results by trust are published monthly, but were not to be had here; the importer for them is built."},
	Compared: Grade{Partly, "Among 97 trusts a better inspection went with more engagement (Wake and Green 2019). One year, and inspectors talk to staff. Of staff at the seven named mutuals 63 to 91 in a hundred would be happy with care for a friend; the six that do community work lie 1.6 points below the 14 community trusts. Chance alone would part them so far or further in 64 of a hundred draws (p 0.64)."},
	Tested:   Grade{NotYet, "No registered study bears on it here."},
	Bears: []Evidence{
		{Title: "Friends and family at the named mutuals, 2024, as staff are asked", Ours: true, How: "commonweal claims experience --data FOLDER", Shows: "First Community 91 %, NAViGO 80 %, East Coast 80 %, Nottingham CityCare 77 %, Livewell 75 %, CSH Surrey 68 %, Sirona 63 %. The middle community trust has 78 %, the middle mental health trust 65 %.", Of: "Staff Survey 2024, " + ogl},
		{Title: "Wake and Green, BMJ Open 2019", Shows: "The better the inspection, the more engagement: 0.57, as the paper counts it. 97 trusts, one year.", Of: "A paper, of which we read parts"},
	},
	Open: []string{"Whether patients say the same as staff: their answers by trust are needed. An organisation's own stand beside those of its staff under Surveys."},
}

var mutualsClaim = Claim{
	ID:    "mutuals",
	Words: "Staff of mutuals are more engaged than those of other organisations that do the same work.",
	Said: []Saying{
		{Who: "Ministers at the launch of the pathfinders", When: "July 2014", Where: "Mutuals in Health: Pathfinder Programme", SecondHand: true},
		{Who: unions + ", who ask for the evidence", When: "2014", Where: press},
	},
	Sentence: "Not shown, and not refuted: eight community mutuals among sixteen community trusts do not stand apart on anything looked at.",
	Counted:  Grade{Yes, "The published survey names social enterprises as a group of its own; seven took part in 2024."},
	Compared: Grade{NotShown, "From 2021 to 2024 staff of mutuals felt less autonomy by 2.6 percentage points, more burnout by 1.3, more stress by 0.5. Chance alone would bring differences as large in 13, 24 and 70 of a hundred draws. Each likely range reaches to both sides of nought."},
	Tested:   Grade{NotYet, "Nobody chose at random who became a mutual, and eight is few."},
	Bears: []Evidence{
		{Title: "Eight community mutuals and sixteen community trusts, 2021 to 2024", Ours: true, How: "commonweal claims mutuals --data FOLDER", Shows: "Five measures; on each, chance alone would often part them as far.", Of: "Staff Survey 2021 to 2024, " + ogl},
		{Title: "Mutuals among NHS organisations", Ours: true, How: "the page Mutuals, on the figures that this program carries", Shows: "Each mutual by name, on engagement and the People Promise.", Of: "Staff Survey 2024, " + ogl},
	},
	Open: []string{"Those that became mutuals may have differed before. What they were like then is not published."},
}

var pathfinderClaim = Claim{
	ID:    "pathfinders",
	Words: "About ten pathfinders will show whether it works.",
	Said: []Saying{
		{Who: "Ministers at the launch of the pathfinders", When: "July 2014", Where: "Mutuals in Health: Pathfinder Programme, to enable further evidence to be gathered", SecondHand: true},
	},
	Sentence: "Ten sites can show a change in sickness absence. They cannot show the change in mortality that is claimed, and sites chosen because they did badly would seem to improve whatever was done.",
	Counted:  Grade{Yes, "How much trusts change by themselves is known from the published years."},
	Compared: Grade{Yes, "Ten trusts drawn by lot in real figures of deaths, where nothing was tried, stand in for pathfinders. The usual sums see an effect in one set of five. Drawing the sites again and again sees one in one set of twenty, as it should."},
	Tested:   Grade{NotYet, "The pathfinders of 2014-15 made feasibility studies. Their findings went to ministers as an internal report."},
	Bears: []Evidence{
		{Title: "What ten sites can show of mortality", Ours: true, How: "commonweal power FOLDER/NSS-2012-2019-trusts-engagement-SHMI-merged.csv --unit Code --time Year.Index --y SHMI.Index --in SHMI --from 2016 --sites 10", Shows: "0.051 SHMI, which is five deaths in every hundred expected and twice what is claimed.", Of: "SHMI 2012 to 2019, " + ogl},
		{Title: "What ten sites can show of sickness absence", Ours: true, How: "commonweal power FOLDER/NHS-sickness-absence-by-org-2024-04_2025-03.csv --unit ORG_CODE --time DATE --y SICKNESS_ABSENCE_RATE_PERCENT --where ORG_TYPE=Acute --where \"ORG_TYPE=Mental Health\" --where \"ORG_TYPE=Community Provider Trust\" --where ORG_TYPE=Ambulance --in points --from 202410 --sites 10", Shows: "0.23 percentage points among 201 NHS trusts. With community enterprises, which the command takes in, it is 0.25.", Of: "Sickness Absence Rates 2024-25, " + ogl},
		{Title: "The ten worst trusts as pathfinders", Ours: true, How: "TestPathfinders_ChosenByOutcome", Shows: "Choose the ten trusts with the most deaths beside what was expected in 2013 to 2015, do nothing, and their deaths fall by 6.7 in every hundred expected (0.067 SHMI) against the rest.", Of: "SHMI 2012 to 2019, " + ogl},
	},
	Open: []string{"Who would be in the pool, and how sites would be chosen. Both must be fixed before: a study is registered first."},
}
