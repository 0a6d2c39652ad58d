package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"

	"commonweal/internal/prove/study"
	"commonweal/law"
)

// studies are one that was registered, run and published, and one that is registered and
// waits for its data. Figures and wards are invented.
func (b *builder) studies(ctx context.Context) error {
	b.at(b.Today.AddDays(-18), 10)
	by := b.ids["carys"]
	first := b.Today.AddMonths(-24)
	if _, err := b.h.Studies.Register(ctx, by, Org, rotaStudy(first)); err != nil {
		return err
	}
	if _, err := b.h.Studies.Register(ctx, by, Org, lettersStudy(first)); err != nil {
		return err
	}
	b.at(b.Today.AddDays(-14), 10)
	if _, err := b.h.Studies.Lock(ctx, by, Org, "own-rotas-absence", strings.NewReader(wards(first))); err != nil {
		return err
	}
	b.at(b.Today.AddDays(-14), 11)
	if _, _, err := b.h.Studies.Run(ctx, by, Org, "own-rotas-absence"); err != nil {
		return err
	}
	b.at(b.Today.AddDays(-12), 11)
	_, err := b.h.Studies.Publish(ctx, by, Org, "own-rotas-absence")
	return err
}

func month(d law.Date) int {
	year, month, _ := d.Civil()
	return year*100 + int(month)
}

func saidBefore() study.Stated {
	return study.Stated{
		Anticipation: "Wards knew for a month beforehand.", Spillover: "Staff who cover other wards may carry the habit with them.",
		Mergers: "No team merged in these months.", Missing: "A month that a team did not return is left out.",
		OtherPolicies: "A winter vaccination drive reached all teams alike.", Measurement: "Days lost of days available, and leavers of staff in post, by month.",
	}
}

func rotaStudy(first law.Date) study.Spec {
	s := study.Spec{
		V: study.Version, Code: "own-rotas-absence", Title: "Own rotas and absence",
		Question: "Does sickness absence move in teams that set their own rotas?",
		Data:     study.Source{Source: "Absence and turnover by team and month, from payroll and the staff list", Seen: "The board saw the whole society's figures each month. Nobody had seen them by team."},
		Unit:     "team", Time: "month",
		Outcomes: []study.Outcome{
			{Name: "sickness absence", Column: "absence", Better: study.Down, Unit: "points", Covers: 1, Measure: "sickness-absence"},
			{Name: "staff turnover", Column: "turnover", Better: study.Down, Unit: "points", Covers: 1},
		},
		Treatment: &study.Treatment{Name: "own rotas", From: month(first.AddMonths(12))},
		Window:    study.Window{From: month(first), To: month(first.AddMonths(23))},
		Pool:      study.Pool{Rule: "All 30 teams on wards and in the community. The six were drawn by lot at a members' meeting."},
		Primary:   study.Specification{Name: "change scores", Why: "six teams are too few for anything else", Method: study.Chance},
		Also: []study.Specification{
			{Name: "mixed comparison", Why: "teams that moved alike beforehand", Method: study.SyntheticDiD},
			{Name: "fixed effects", Why: "all teams alike", Method: study.FixedEffects},
		},
		Correction: study.Holm, Alpha: "0.05",
		Power:    study.Plan{Sites: 6, Smallest: "0.5", History: &study.History{From: month(first), Cut: month(first.AddMonths(6)), To: month(first.AddMonths(11))}},
		Stopping: "Run once, when a year has passed.", Seed: 20_261, Stated: saidBefore(),
		MindChange: "An interval that lies below minus half a point.",
	}
	for i := range 6 {
		s.Treatment.Units = append(s.Treatment.Units, fmt.Sprintf("Team %02d", 5*i+3))
	}
	return s
}

func lettersStudy(first law.Date) study.Spec {
	s := rotaStudy(first)
	s.Code, s.Title = "welcome-letters-turnover", "A letter to new starters"
	s.Question = "Does turnover move in teams where a member writes to each new starter?"
	s.Data.Source = "Leavers and staff in post by team and month, from the staff list"
	s.Data.Seen = "The board sees the whole society's figure each month. Nobody has seen it by team."
	s.Outcomes = s.Outcomes[1:]
	s.Treatment = &study.Treatment{Name: "the letters", Starts: "letters_from"}
	s.Pool.Rule = "All 30 teams. Ten begin in the first quarter and ten in the third, drawn by lot; ten do not."
	s.Window = study.Window{From: month(first.AddMonths(12)), To: month(first.AddMonths(36))}
	s.Primary = study.Specification{Name: "by when a team began", Method: study.Staggered}
	s.Also = []study.Specification{{Name: "the same another way", Method: study.SunAbraham}}
	s.Power = study.Plan{Sites: 20, Smallest: "0.3"}
	s.Stated = study.Stated{
		Anticipation: "Teams know for a month beforehand.", Spillover: "A member who writes for one team may speak of it in another.",
		Mergers: "A team that merges is left out.", Missing: s.Stated.Missing,
		OtherPolicies: "The yearly pay award reaches all teams alike.", Measurement: "Leavers of staff in post, by month.",
	}
	s.Stopping, s.MindChange = "Run once, a year after the last team began.", "An interval that lies below minus 0.3 points."
	return s
}

// wards are the invented months of the finished study. Own rotas do nothing in them.
func wards(first law.Date) string {
	chance := rand.New(rand.NewPCG(seed, 6))
	var out strings.Builder
	out.WriteString("team,month,absence,turnover\n")
	for team := 1; team <= 30; team++ {
		level := 4.6 + 0.7*chance.NormFloat64()
		for m := range 24 {
			fmt.Fprintf(&out, "Team %02d,%d,%.2f,%.2f\n", team, month(first.AddMonths(m)), level+0.6*chance.NormFloat64(), 1+0.3*chance.NormFloat64())
		}
	}
	return out.String()
}
