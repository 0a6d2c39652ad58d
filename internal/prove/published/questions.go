package published

import (
	"regexp"
	"strconv"
)

// topics2024 names the questions of the 2024 survey in our own short words.
// Another year's numbers may mean other questions, so the table is of one year.
var topics2024 = map[string]string{
	"Q1":  "Contact with patients",
	"Q2a": "Looks forward to work", "Q2b": "Keen on the job", "Q2c": "Time passes quickly",
	"Q3a": "Knows own responsibilities", "Q3b": "Trusted to do the job", "Q3c": "Room for initiative",
	"Q3d": "Can suggest improvements", "Q3e": "Has a part in decisions on change", "Q3f": "Can make improvements happen",
	"Q3g": "Can meet competing demands", "Q3h": "Has what the work needs", "Q3i": "Enough staff",
	"Q4a": "Recognition", "Q4b": "Valued by the organisation", "Q4c": "Pay", "Q4d": "Chances to work flexibly",
	"Q5a": "Time pressure", "Q5b": "Choice in how to work", "Q5c": "Strained relationships",
	"Q6a": "Makes a difference to patients", "Q6b": "Organisation helps balance home and work",
	"Q6c": "Balances home and work", "Q6d": "Can ask the manager about flexible work",
	"Q7a": "Team has shared aims", "Q7b": "Team meets to see how it does", "Q7c": "Respect from colleagues",
	"Q7d": "Team knows each other's roles", "Q7e": "Enjoys the team", "Q7f": "Team free in how it works",
	"Q7g": "Team settles disagreement well", "Q7h": "Valued by the team", "Q7i": "Attached to the team",
	"Q8a": "Teams work well together", "Q8b": "People are kind", "Q8c": "People are polite", "Q8d": "People show appreciation",
	"Q9a": "Manager encourages", "Q9b": "Manager gives clear feedback", "Q9c": "Manager asks first",
	"Q9d": "Manager cares for health", "Q9e": "Manager values the work", "Q9f": "Manager works through problems",
	"Q9g": "Manager listens", "Q9h": "Manager cares about concerns", "Q9i": "Manager helps in fact",
	"Q10a": "Contracted hours", "Q10b": "Extra paid hours", "Q10c": "Extra unpaid hours",
	"Q11a": "Action on health", "Q11b": "Muscle and joint problems from work", "Q11c": "Unwell from stress at work",
	"Q11d": "Came to work unwell", "Q11e": "Pressed by the manager to come in",
	"Q12a": "Emotionally exhausted", "Q12b": "Burnt out", "Q12c": "Frustrated by work", "Q12d": "Dreads the next shift",
	"Q12e": "Worn out at the end", "Q12f": "Every hour is tiring", "Q12g": "No energy left for family",
	"Q13a": "Violence from patients or public", "Q13b": "Violence from managers", "Q13c": "Violence from colleagues", "Q13d": "Violence was reported",
	"Q14a": "Harassed by patients or public", "Q14b": "Harassed by managers", "Q14c": "Harassed by colleagues", "Q14d": "Harassment was reported",
	"Q15": "Fair chances of a career", "Q16a": "Discrimination by patients or public", "Q16b": "Discrimination by colleagues",
	"Q16c_1": "Discrimination: ethnic background", "Q16c_2": "Discrimination: gender", "Q16c_3": "Discrimination: religion",
	"Q16c_4": "Discrimination: sexual orientation", "Q16c_5": "Discrimination: disability", "Q16c_6": "Discrimination: age", "Q16c_7": "Discrimination: other",
	"Q17a": "Unwanted sexual behaviour by patients or public", "Q17b": "Unwanted sexual behaviour by colleagues",
	"Q18": "Saw an error or near miss", "Q19a": "Fair to those in an incident", "Q19b": "Reporting is encouraged",
	"Q19c": "Acts so that it does not recur", "Q19d": "Tells us what changed",
	"Q20a": "Safe to raise clinical concerns", "Q20b": "Concern would be dealt with", "Q21": "Respects differences", "Q22": "Good food at work",
	"Q23a": "Had an appraisal", "Q23b": "Appraisal helped the work", "Q23c": "Appraisal set clear aims", "Q23d": "Appraisal showed value",
	"Q24a": "Challenging work", "Q24b": "Career can grow", "Q24c": "Knowledge can grow", "Q24d": "Potential is supported",
	"Q24e": "Right learning when needed", "Q24f": "Clinical supervision when needed",
	"Q25a": "Care comes first here", "Q25b": "Acts on patients' concerns", "Q25c": "Would recommend as a place to work",
	"Q25d": "Would be happy with care for a friend", "Q25e": "Safe to speak up", "Q25f": "Speaking up would be acted on",
	"Q26a": "Often thinks of leaving", "Q26b": "Likely to look for another job", "Q26c": "Will leave when a job is found", "Q26d": "Where leavers would go",
	"Q27a": "Gender", "Q27b": "Gender as registered at birth", "Q27c": "Age", "Q28": "Ethnic group", "Q29": "Sexual orientation", "Q30": "Religion",
	"Q31a": "Long-lasting condition", "Q31b": "Adjustments made", "Q32a": "Cares for children", "Q32b": "Cares for others",
	"Q33": "Works from home", "Q34a": "Years here", "Q34b": "Recruited from abroad", "Q35": "Occupation",
}

// neverWeighted2024 are the questions that the survey never weights, because
// they ask for facts about the person (Notes sheet of the 2024 workbooks: Q1,
// Q10a, Q26d, Q27 to Q31a and Q32 to Q35).
var neverWeighted2024 = regexp.MustCompile(`^Q(1|10a|26d|27[a-z]|28|29|30|31a|3[2-5][a-z]?)$`)

var questionCode = regexp.MustCompile(`^Q[0-9]{1,2}[a-z]?(_[0-9]{1,2})?$`)

// option makes the measure "share of answers to this question that chose this option".
func option(year int, code, text, answer string) Measure {
	label := text
	if topic, ok := topics2024[code]; ok && year == 2024 {
		label = topic
	}
	weighted := year != 2024 || !neverWeighted2024.MatchString(code)
	return Measure{
		ID:    "nss" + strconv.Itoa(year) + "." + code + "." + slug(answer),
		Label: label, Unit: "%", Low: 0, High: 100, Direction: Neither, Kind: KindPercent,
		Code: code, Text: text, Option: answer, Weighted: weighted, BaseUnit: "answers",
	}
}
