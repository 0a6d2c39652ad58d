package web

import (
	"fmt"

	"commonweal/belenios/archive"
	"commonweal/internal/decide/box"
	"commonweal/internal/decide/poll"
	"commonweal/internal/web/page"
)

// boardLine are the steps of a contest: what is done, what is now, what is to come.
func (v *visit) boardLine(b boardView, done []box.Done) page.Timeline {
	line := page.Timeline{v.noticeStep(b)}
	if !b.voting() {
		if b.declared() != nil {
			line = append(line, v.declareStep(b))
		}
		return line
	}
	line = append(line, v.votingStep(b))
	by := map[archive.EventType][]box.Done{}
	for _, d := range done {
		by[d.Type] = append(by[d.Type], d)
	}
	if b.Rules.Counting.Ranked {
		line = append(line, v.mixStep(by))
	}
	line = append(line, v.openStep(b, by), v.declareStep(b), v.destroyStep(b))
	for i := range line { // the first that is not done is now
		if line[i].Stage != page.StepDone {
			line[i].Stage = page.StepNow
			break
		}
	}
	return line
}

func (v *visit) noticeStep(b boardView) page.Step {
	if b.Announced.IsZero() {
		return page.Step{Title: "Notice of poll", Detail: "With it the rules, the roll and the candidates are fixed.", Stage: page.StepToCome}
	}
	s := page.Step{Title: "Notice of poll", Detail: v.boardInstant(b.Announced) + ". Rules and roll fixed.", Stage: page.StepDone}
	if b.contest.Roll != nil {
		s.Detail = fmt.Sprintf("%s. Rules and roll fixed: %s may vote.", v.boardInstant(b.Announced), count(b.contest.Roll.Voters(), "member", "members"))
	}
	return s
}

func (v *visit) votingStep(b boardView) page.Step {
	opens := b.Facts().Opens()
	s := page.Step{Title: "Voting", Detail: "Until " + v.boardInstant(b.Closes) + ".", Stage: page.StepToCome}
	if !opens.IsZero() {
		s.Detail = fmt.Sprintf("%s to %s.", v.boardInstant(opens), v.boardInstant(b.Closes))
	}
	if b.head != nil && b.head.Stage != archive.Voting.String() {
		s.Stage = page.StepDone
	}
	return s
}

func (v *visit) mixStep(by map[archive.EventType][]box.Done) page.Step {
	s := page.Step{Title: "Mixed", Detail: "Keyholders mix the ballots, so that nobody can say which is whose.", Stage: page.StepToCome}
	if mixes := by[archive.Shuffle]; len(mixes) > 0 {
		s.Detail = fmt.Sprintf("%s. %s, by %s. Each is proven.", v.hourDay(mixes[len(mixes)-1].Hour), page.Begin(boardCount(len(mixes), "mix", "mixes")), boardKeyholders(mixes))
	}
	if len(by[archive.EndShuffles]) > 0 {
		s.Stage = page.StepDone
	}
	return s
}

func (v *visit) openStep(b boardView, by map[archive.EventType][]box.Done) page.Step {
	s := page.Step{
		Title: "Opened", Stage: page.StepToCome,
		Detail: fmt.Sprintf("%s of %s keyholders are needed to open the sum of the votes.", page.Begin(said(page.Words(b.Rules.Threshold))), said(page.Words(b.Rules.Keyholders))),
	}
	if b.Rules.Counting.Ranked {
		s.Detail = fmt.Sprintf("%s of %s keyholders are needed to open the mixed votes.", page.Begin(said(page.Words(b.Rules.Threshold))), said(page.Words(b.Rules.Keyholders)))
	}
	if parts := by[archive.PartialDecryption]; len(parts) > 0 {
		s.Detail = fmt.Sprintf("%s. By %s of %s; %s needed. Each part is proven.", v.hourDay(parts[len(parts)-1].Hour), boardKeyholders(parts),
			said(page.Words(b.Rules.Keyholders)), boardCount(b.Rules.Threshold, "is", "are"))
	}
	if len(by[archive.Result]) > 0 {
		s.Stage = page.StepDone
	}
	return s
}

func (v *visit) declareStep(b boardView) page.Step {
	d := b.declared()
	if d == nil {
		return page.Step{Title: "Declared", Detail: "By the returning officer, with the count.", Stage: page.StepToCome}
	}
	until := "Questions could be raised until "
	if !v.today().After(d.PetitionUntil) {
		until = "Questions may be raised until "
	}
	return page.Step{Title: "Declared", Detail: v.day(d.Day) + ". " + until + v.day(d.PetitionUntil) + ".", Stage: page.StepDone}
}

func (v *visit) destroyStep(b boardView) page.Step {
	if b.stage == poll.Ended {
		return page.Step{Title: "Keys destroyed", Detail: v.day(b.Ended) + ". The archive stays.", Stage: page.StepDone}
	}
	return page.Step{Title: "Keys destroyed", Detail: "Once the result can no longer be questioned. The archive stays.", Stage: page.StepToCome}
}

// boardCount writes a small number as a word, with its noun.
func boardCount(n int, one, many string) string {
	return said(page.Words(n)) + " " + said(page.Plural(n, one, many))
}

// boardKeyholders are who did something, by their numbers in the ceremony of the key.
func boardKeyholders(list []box.Done) string {
	var out []string
	for _, d := range list {
		out = append(out, number(d.Owner))
	}
	return said(page.Plural(len(out), "keyholder", "keyholders")) + " " + page.List(out)
}
