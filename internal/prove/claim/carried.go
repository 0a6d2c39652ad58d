package claim

import "commonweal/internal/prove/published"

// CarriedSpecifications is the table as the published data give it, to the digits that
// pages show: what a machine shows that has no such data. A test makes it again.
func CarriedSpecifications() []Specification {
	return []Specification{
		{Name: "All trusts and years together", Why: "the plainest comparison; errors by trust", Value: -0.1777, SE: 0.0589, P: 0.003, Low: -0.294, High: -0.061, Rows: 1073, Clusters: 144},
		{Name: "Within each year", Why: "takes out what moved in all trusts at once", Value: -0.2448, SE: 0.0732, P: 0.001, Low: -0.389, High: -0.100, Rows: 1073, Clusters: 144},
		{Name: "Last year's SHMI, weighted", Why: "as the paper has it, 2013 to 2018", Value: -0.0440, SE: 0.0208, P: 0.035, Low: -0.085, High: -0.003, Rows: 805, AsPublished: true},
		{Name: "The same, errors by trust", Why: "a trust's years are not independent of each other", Value: -0.0440, SE: 0.0242, P: 0.070, Low: -0.092, High: 0.004, Rows: 805, Clusters: 142},
		{Name: "The same, unweighted", Why: "each trust counts once", Value: -0.0047, SE: 0.0206, P: 0.821, Low: -0.045, High: 0.036, Rows: 805},
		{Name: "Last year's SHMI, 2012 to 2019", Why: "all years there are; errors by trust", Value: -0.0173, SE: 0.0166, P: 0.302, Low: -0.050, High: 0.016, Rows: 1071, Clusters: 143},
		{Name: "Within each trust and year", Why: "only a trust's own changes count", Value: -0.0144, SE: 0.0456, P: 0.753, Low: -0.105, High: 0.076, Rows: 1073, Clusters: 144},
		{Name: "The same, weighted by clinical answers", Why: "large trusts count for more", Value: 0.0058, SE: 0.0652, P: 0.929, Low: -0.123, High: 0.135, Rows: 1073, Clusters: 144},
		{Name: "Last year's engagement, within trust and year", Why: "engagement comes first: the survey before", Value: 0.0058, SE: 0.0417, P: 0.890, Low: -0.077, High: 0.088, Rows: 929, Clusters: 142},
	}
}

// CarriedMutuals is what [Mutuals] gives, to the digits that pages show.
func CarriedMutuals() []Apart {
	return []Apart{
		{"Autonomy", -2.6, -7.2, 2.0, 0.13, 8, 16},
		{"Burnout", 1.3, -1.2, 3.8, 0.24, 8, 16},
		{"Stress", 0.5, -3.0, 4.1, 0.70, 8, 16},
		{"Enough staff", -2.0, -5.9, 2.0, 0.30, 8, 16},
		{"Frustration", 2.5, -1.4, 6.4, 0.15, 8, 16},
	}
}

// SpecificationSentence says what the table comes to.
const SpecificationSentence = "Nine fair ways of asking the same data give nine answers, from a strong association to none. The published one is among them. What is found depends on whether trusts are compared with each other or with themselves."

// LagNote says how last year's engagement was found, and what the other way of finding
// it gives. [ByCalendar] works it out; a test holds the note against it.
const LagNote = "Last year's engagement is that of the trust's survey before. For one trust that is two years before: Croydon (RJ6) has no engagement for 2015 in these data, so that its 2016 stands against 2014, and its 2015 has no place. Taken strictly by the calendar its 2015 stands against 2014 and its 2016 has no place; the estimate is then +0.0036 (error 0.0418, p 0.931), which says the same."

const mentalHealthTrusts = "Mental Health & Learning Disability and Mental Health, Learning Disability & Community Trusts"

// CarriedFriends is what [Friends] gives, to the digits that pages show.
func CarriedFriends() ([]Recommended, Apart) {
	return []Recommended{
		{"NAX", "East Coast", 79.8, 411, 75.7, 83.4, communityTrusts, 77.6, 14},
		{"NDJ", "First Community", 90.6, 351, 87.1, 93.3, communityTrusts, 77.6, 14},
		{"NLX", "Sirona", 63.4, 1930, 61.2, 65.5, communityTrusts, 77.6, 14},
		{"NQL", "NAViGO", 80.1, 514, 76.5, 83.4, mentalHealthTrusts, 64.8, 50},
		{"NR3", "Nottingham CityCare", 76.8, 604, 73.3, 80.0, communityTrusts, 77.6, 14},
		{"NR5", "Livewell Southwest", 75.5, 1365, 73.1, 77.7, communityTrusts, 77.6, 14},
		{"NTV", "CSH Surrey", 67.5, 533, 63.4, 71.4, communityTrusts, 77.6, 14},
	}, Apart{"Would be happy with care for a friend", -1.6, -11.6, 8.5, 0.64, 6, 14}
}

// BesideWords names a kind of trust in few words.
func (r Recommended) BesideWords() string {
	if r.Beside == mentalHealthTrusts {
		return "mental health trusts"
	}
	return "community trusts"
}

// CarriedAbsence is how engagement goes with absence, worked out from the figures that
// the program carries: among all trusts, and with the kind of trust held.
func CarriedAbsence() (all, within Correlation, err error) {
	facts, err := published.CarriedFacts()
	if err != nil {
		return all, within, err
	}
	all, within = EngagementAndAbsence(facts)
	return all, within, nil
}
