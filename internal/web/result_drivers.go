package web

import (
	"slices"
	"strconv"

	"commonweal/internal/house"
	"commonweal/internal/web/chart"
	"commonweal/internal/web/page"
)

// What goes with a score was worked out from single people's answers when the survey was
// released, and is kept with the release. Pages never read answers.

// resultDrivers shows it.
func (s *Server) resultDrivers(r *results) error {
	d, err := r.house.ReleaseDrivers(r.ctx, r.org.ID, r.w.ID)
	if err != nil {
		return err
	}
	f := r.frameOf("What goes with the score", "")
	if d == nil || len(d.Drivers) == 0 {
		f.Sentence = "What goes with the score cannot be told of this survey."
		p := page.CannotTell("What is missing", []string{"at least 100 people who answered every question of it, and other questions to set against the score"}, page.Link{Text: "All scores", Href: r.at("scores")})
		return r.page(f, resultPage{Sections: []resultSection{{conductSection: conductSection{Show: []page.Component{p}}}}})
	}
	f.Files = []page.Files{{What: "these shares", CSV: r.at("drivers.csv"), JSON: r.at("drivers.json")}}
	c := chart.Intervals{
		Frame: chart.Frame{ID: "drivers", Title: "Share of the differences in " + inRunningText(r.scoreLabel(d.Outcome)), Sub: "Percent. The bar shows where the share is likely to lie (95%).", Source: "From " + number(d.People) + " people who answered all of it."},
		Head:  page.Begin(d.Of), Value: "Share", Unit: "%", Words: hiddenWord,
	}
	t := page.Table{ID: "shares", Caption: "Shares and ranks", Shape: page.Scrolled, Columns: []page.Column{{Head: page.Begin(d.Of)}, {Head: "Share", Number: true}, {Head: "Likely from", Number: true}, {Head: "to", Number: true}, {Head: "Place", Number: true}, {Head: "Place could be", Number: true}}}
	slices.SortStableFunc(d.Drivers, func(a, b house.DriverShare) int { return a.Rank - b.Rank })
	for _, x := range d.Drivers {
		name := r.driverName(d, x.ID)
		low, high := min(x.Low, x.Share), max(x.High, x.Share)
		c.Rows = append(c.Rows, chart.Interval{Label: name, Value: 100 * x.Share, Low: 100 * low, High: 100 * high, Answers: ""})
		t.Rows = append(t.Rows, page.Row{{Text: name}, {Text: percentOf(x.Share), Kind: page.Strong}, {Text: percentOf(low)}, {Text: percentOf(high)}, {Text: number(x.Rank)}, {Text: placesOf(x)}})
	}
	f.Sentence = r.driverSentence(d)
	picture, err := c.HTML()
	if err != nil {
		return err
	}
	return r.page(f, resultPage{Sections: []resultSection{
		{Chart: picture, conductSection: conductSection{Show: []page.Component{t}}},
		{conductSection: conductSection{Heading: "How to read it", Text: []string{
			"People differ in how they score. Together these " + d.Of + "s go with " + percentOf(d.R2) + " of these differences; the rest goes with other things, or with chance. Each share is what a " + d.Of + " adds, on average over every order in which they could be let in (Shapley’s value).",
			"A place that could be another one is not a place: where the ranges overlap, the order means nothing.",
			"What goes with a score need not cause it. Whoever is content may answer everything more kindly.",
			"It is worked out from what single people answered, of everybody together, and never of a team.",
		}}},
	}})
}

func percentOf(share float64) string { return said(page.Decimal(100*share, 0)) + "%" }

func placesOf(x house.DriverShare) string {
	if x.BestRank == x.WorstRank {
		return number(x.BestRank)
	}
	return number(x.BestRank) + " to " + number(x.WorstRank)
}

func (r *results) scoreLabel(id string) string {
	if s, ok := r.w.Instrument.Score(id); ok {
		return s.Label.In("en")
	}
	return id
}

func (r *results) driverName(d *house.DriverShares, id string) string {
	if d.Of == "score" {
		return r.scoreLabel(id)
	}
	q, _ := r.w.Instrument.Question(id)
	return q.Label.In("en")
}

// driverSentence says which go with the score most, as far as that can be told.
func (r *results) driverSentence(d *house.DriverShares) string {
	outcome := inRunningText(r.scoreLabel(d.Outcome))
	first := d.Drivers[0]
	if first.WorstRank == 1 {
		return "“" + r.driverName(d, first.ID) + "” goes with " + outcome + " most: it has " + percentOf(first.Share) + " of the differences between people."
	}
	var tied []string
	for _, x := range d.Drivers {
		if x.BestRank == 1 {
			tied = append(tied, "“"+r.driverName(d, x.ID)+"”")
		}
	}
	if len(tied) > 4 || len(tied) < 2 {
		return "Which " + d.Of + " goes with " + outcome + " most cannot be told: " + said(page.Words(len(tied))) + " could be first."
	}
	return page.List(tied) + " go with " + outcome + " most. Which of them comes first cannot be told."
}

// driverLine is one row of the file.
type driverLine struct {
	Outcome string  `json:"outcome"`
	ID      string  `json:"id"`
	Label   string  `json:"label"`
	Share   float64 `json:"share"`
	Low     float64 `json:"low"`
	High    float64 `json:"high"`
	Rank    int     `json:"rank"`
	Best    int     `json:"best_rank"`
	Worst   int     `json:"worst_rank"`
}

func (l driverLine) cells() []string {
	return []string{l.Outcome, l.ID, l.Label, decimalText(&l.Share), decimalText(&l.Low), decimalText(&l.High), strconv.Itoa(l.Rank), strconv.Itoa(l.Best), strconv.Itoa(l.Worst)}
}

// resultDriversFile is the same as a file.
func (s *Server) resultDriversFile(r *results) error {
	return sendLines(r.visit, []string{"Score", "ID", "Label", "Share", "Likely from", "to", "Place", "Best place", "Worst place"}, func(yield func(driverLine)) (string, error) {
		d, err := r.house.ReleaseDrivers(r.ctx, r.org.ID, r.w.ID)
		if d != nil {
			for _, x := range d.Drivers {
				yield(driverLine{d.Outcome, x.ID, r.driverName(d, x.ID), x.Share, x.Low, x.High, x.Rank, x.BestRank, x.WorstRank})
			}
		}
		return "drivers-" + r.w.Code, err
	})
}
