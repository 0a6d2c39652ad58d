package web

import (
	"fmt"
	"html/template"
	"math"
	"slices"
	"strings"

	counting "commonweal/count"
	"commonweal/internal/web/chart"
	"commonweal/internal/web/page"
)

// boardStageSteps tell the count stage by stage.
func boardStageSteps(r *counting.Result) page.Timeline {
	var out page.Timeline
	for _, s := range r.Stages {
		out = append(out, page.Step{Title: fmt.Sprintf("Stage %d. %s", s.Number, boardStageTitle(r, s)), Detail: boardStageDetail(r, s), Stage: page.StepDone})
	}
	return out
}

// boardCandidates are candidates by their names, as a list.
func boardCandidates(r *counting.Result, numbers []int) string {
	var out []string
	for _, n := range numbers {
		out = append(out, r.Candidates[n-1].Name)
	}
	return page.List(out)
}

func boardStageTitle(r *counting.Result, s counting.Stage) string {
	who := boardCandidates(r, s.Candidates)
	switch s.Kind {
	case counting.First:
		return "First preferences"
	case counting.Surplus:
		return "The surplus of " + who + " is passed on"
	case counting.Surpluses:
		return "Surpluses are shared out again"
	case counting.Exclusion:
		if len(s.Candidates) > 1 {
			return who + " have fewest votes and are out"
		}
		return who + " has fewest votes and is out"
	}
	return page.Begin(s.Action())
}

func boardStageDetail(r *counting.Result, s counting.Stage) string {
	var parts []string
	var papers, lost int64
	for _, t := range s.Transfers {
		papers, lost = papers+t.Papers, lost+t.Lost
	}
	if papers > 0 && s.Kind != counting.Surpluses {
		text := fmt.Sprintf("%s to the next choice that can still use it", said(page.Plural(papers, "One paper goes", number(papers)+" papers go")))
		if len(s.Transfers) == 1 && s.Kind == counting.Surplus {
			text += ", at a value of " + s.Transfers[0].Value.Short() + " each"
		}
		if lost > 0 {
			text += fmt.Sprintf("; %s", said(page.Plural(lost, "one shows no further choice", number(lost)+" show no further choice")))
		}
		parts = append(parts, text+".")
	}
	if n := len(s.Elected); n > 0 {
		parts = append(parts, fmt.Sprintf("%s %s elected.", withVotes(r, s), said(page.Plural(n, "is", "are"))))
	} else if s.Kind == counting.First {
		parts = append(parts, "Nobody reaches "+s.Quota.Short()+" yet.")
	}
	for _, remark := range s.Remarks {
		switch remark.Topic {
		case counting.TieLot:
			parts = append(parts, fmt.Sprintf("%s were level; the lot fell on %s.", boardCandidates(r, remark.Candidates), boardCandidates(r, []int{remark.Chosen})))
		case counting.TieHistory:
			parts = append(parts, fmt.Sprintf("%s were level; an earlier stage settled it.", boardCandidates(r, remark.Candidates)))
		case counting.Deferred:
			parts = append(parts, "A surplus that could change nothing waits.")
		}
	}
	if len(parts) == 0 {
		return "Nobody new is elected."
	}
	return strings.Join(parts, " ")
}

// withVotes are those elected at a stage, each with the votes that did it.
func withVotes(r *counting.Result, s counting.Stage) string {
	var out []string
	for _, n := range s.Elected {
		out = append(out, fmt.Sprintf("%s, with %s,", r.Candidates[n-1].Name, s.Totals[n-1].Short()))
	}
	return page.List(out)
}

// quotaChart shows how each candidate came to the quota, or did not: those elected
// first, in their order, then by how long they stayed.
func quotaChart(b boardView, r *counting.Result) (template.HTML, error) {
	q := chart.Quota{
		Frame: chart.Frame{
			ID: "quota", Title: "How each candidate reached the quota, or did not", Sub: "Votes, at the candidate’s highest stage",
			Source: "The count of " + b.contest.Title + ", made from the public archive.",
		},
		Value: boardVotes(r.Quota), Text: r.Quota.Short(),
	}
	for _, n := range boardChartOrder(r) {
		first, most := r.Stages[0].Totals[n-1], r.Stages[0].Totals[n-1]
		for _, s := range r.Stages {
			if s.Totals[n-1].Units > most.Units {
				most = s.Totals[n-1]
			}
		}
		q.Rows = append(q.Rows, chart.Candidate{
			Name: r.Candidates[n-1].Name, First: boardVotes(first), Most: boardVotes(most), FirstText: first.Short(), MostText: most.Short(),
			Outcome: boardOutcomeWords(r, n), Elected: slices.Contains(r.Elected, n),
		})
	}
	return q.HTML()
}

func boardChartOrder(r *counting.Result) []int {
	out := slices.Clone(r.Elected)
	stayed := func(n int) int { // the stage at which a candidate went out
		for _, s := range r.Stages {
			if slices.Contains(s.Excluded, n) {
				return s.Number
			}
		}
		return math.MaxInt
	}
	var rest []int
	for n := range r.Candidates {
		if !slices.Contains(out, n+1) && !r.Candidates[n].Withdrawn {
			rest = append(rest, n+1)
		}
	}
	slices.SortStableFunc(rest, func(x, y int) int {
		if a, b := stayed(x), stayed(y); a != b {
			return b - a
		}
		last := r.Stages[len(r.Stages)-1].Totals
		return int(last[y-1].Units - last[x-1].Units)
	})
	return append(out, rest...)
}

func boardOutcomeWords(r *counting.Result, n int) string {
	for _, s := range r.Stages {
		if slices.Contains(s.Elected, n) {
			return fmt.Sprintf("Elected, stage %d", s.Number)
		}
		if slices.Contains(s.Excluded, n) {
			return fmt.Sprintf("Out at stage %d", s.Number)
		}
	}
	if slices.Contains(r.Elected, n) {
		return "Elected"
	}
	return "Not elected"
}

// boardVotes is an amount for a picture, where a rounding below a pixel does not matter.
func boardVotes(a counting.Amount) float64 {
	return float64(a.Units) / math.Pow10(a.Decimals)
}
