package count

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// WriteText writes the transcript in words: what a candidate wants to know, stage
// by stage, and what an observer needs to check it.
func (r *Result) WriteText(w io.Writer) error {
	var out strings.Builder
	r.opening(&out)
	for i := range r.Stages {
		out.WriteString("\n")
		r.tell(&out, i)
	}
	r.closing(&out)
	_, err := io.WriteString(w, out.String())
	return err
}

func (r *Result) opening(out *strings.Builder) {
	title := r.Title
	if title == "" {
		title = "Election"
	}
	fmt.Fprintf(out, "%s\n%s\n\n", title, strings.Repeat("=", len([]rune(title))))
	fmt.Fprintf(out, "%s to be elected from %s. Counted by %s (%s).\n", many(int64(r.Seats), "candidate"), many(int64(len(r.Candidates)), "candidate"), r.Rule.Name, r.Rule)
	for i, c := range r.Candidates {
		if c.Withdrawn {
			fmt.Fprintf(out, "%s has withdrawn; every preference for that name is passed over.\n", r.numbered(i+1))
		}
	}
	fmt.Fprintf(out, "%s and %s.", many(r.Valid, "valid paper"), many(r.Invalid, "invalid paper"))
	if len(r.Stages) > 0 && r.Rule.Method != Highest {
		fmt.Fprintf(out, " The quota is %s votes.", grouped(r.Stages[0].Quota))
	}
	out.WriteString("\n")
}

// tell writes one stage.
func (r *Result) tell(out *strings.Builder, i int) {
	s := r.Stages[i]
	fmt.Fprintf(out, "Stage %d. %s\n", s.Number, r.action(i))
	for _, m := range s.Remarks {
		if m.first() {
			fmt.Fprintf(out, "  %s\n", r.remark(m))
		}
	}
	for _, m := range s.Transfers {
		fmt.Fprintf(out, "  %s\n", r.transfer(s, m, r.surplusBefore(i)))
	}
	for _, m := range s.Remarks {
		if !m.first() {
			fmt.Fprintf(out, "  %s\n", r.remark(m))
		}
	}
	for c, total := range s.Totals {
		if r.silent(i, c) {
			continue
		}
		fmt.Fprintf(out, "    %s %16s%s\n", padded(r.numbered(c+1), 32), grouped(total), r.change(i, c))
	}
	if r.Rule.Method != Highest {
		fmt.Fprintf(out, "    %s %16s\n", padded("Non-transferable", 32), grouped(s.NonTransferable))
	}
	if len(s.Elected) > 0 {
		fmt.Fprintf(out, "  Elected: %s.\n", r.names(s.Elected))
	}
}

// action says what the stage did: "Ann Baker's surplus of 34.20 is transferred."
func (r *Result) action(i int) string {
	s := r.Stages[i]
	switch s.Kind {
	case Surplus:
		return fmt.Sprintf("%s surplus of %s is transferred.", possessive(r.name(s.Candidates[0])), grouped(r.surplusBefore(i)))
	case Surpluses:
		return "The surpluses of those elected are shared out again."
	case Exclusion:
		verb := "is"
		if len(s.Candidates) > 1 {
			verb = "are together"
		}
		var with []string
		for _, c := range s.Candidates {
			with = append(with, fmt.Sprintf("%s (%s)", r.name(c), grouped(r.Stages[i-1].Totals[c-1])))
		}
		return fmt.Sprintf("%s %s excluded.", list(with), verb)
	}
	if r.Rule.Ranked {
		return "First preferences are counted."
	}
	return "The votes are counted."
}

// surplusBefore is the surplus that a stage transfers, or nothing.
func (r *Result) surplusBefore(i int) Amount {
	s := r.Stages[i]
	if s.Kind != Surplus {
		return Amount{}
	}
	before := r.Stages[i-1].Totals[s.Candidates[0]-1]
	return Amount{before.Units - s.Quota.Units, before.Decimals}
}

// silent reports whether a candidate has nothing more to say: out of the count
// before this stage, and without votes.
func (r *Result) silent(i, c int) bool {
	return r.Candidates[c].Withdrawn || i > 0 && r.Stages[i].Totals[c].Units == 0 && r.Stages[i-1].Totals[c].Units == 0 && r.excludedBefore(i, c+1)
}

func (r *Result) excludedBefore(i, number int) bool {
	for _, s := range r.Stages[:i] {
		if slices.Contains(s.Excluded, number) {
			return true
		}
	}
	return false
}

// change is what a stage added to a candidate's votes or took from them.
func (r *Result) change(i, c int) string {
	if i == 0 {
		return ""
	}
	d := r.Stages[i].Totals[c]
	d.Units -= r.Stages[i-1].Totals[c].Units
	switch {
	case d.Units > 0:
		return fmt.Sprintf(" %15s", "+"+grouped(d))
	case d.Units < 0:
		return fmt.Sprintf(" %15s", grouped(d))
	}
	return ""
}

// transfer says what became of one parcel.
func (r *Result) transfer(s Stage, m Transfer, surplus Amount) string {
	var out strings.Builder
	went := m.Papers - m.Lost
	switch {
	case s.Kind == Surplus && r.Rule.lastParcel():
		which := "received last"
		if r.electedBy(0, s.Candidates[0]) {
			which = "of first preferences"
		}
		fmt.Fprintf(&out, "Of the %s %s, %s a further preference", many(m.Papers, "paper"), which, shows(went))
		switch {
		case went == 0:
		case m.Value.Units == surplus.Units/went:
			fmt.Fprintf(&out, ". Each is now worth %s of a vote (%s divided by %s, what is over dropped)", m.Value.Short(), grouped(surplus), whole3(went))
		default:
			fmt.Fprintf(&out, ". Each keeps the value at which it came, %s", worth(m.Value))
		}
		out.WriteString(". ")
	case s.Kind == Surplus:
		fmt.Fprintf(&out, "%s, each now worth %s. ", many(m.Papers, "paper"), worth(m.Value))
	default:
		fmt.Fprintf(&out, "%s worth %s each. ", many(m.Papers, "paper"), worth(m.Value))
	}
	var to []string
	for _, share := range m.Shares {
		to = append(to, fmt.Sprintf("%s %s (%s)", r.name(share.Candidate), grouped(share.Votes), many(share.Papers, "paper")))
	}
	if len(to) > 0 {
		fmt.Fprintf(&out, "To %s. ", list(to))
	}
	if m.LostVote.Units > 0 || m.Lost > 0 {
		fmt.Fprintf(&out, "Non-transferable: %s (%s without a further preference). ", grouped(m.LostVote), many(m.Lost, "paper"))
	}
	if len(m.Elected) > 0 {
		fmt.Fprintf(&out, "That elects %s.", r.names(m.Elected))
	}
	return strings.TrimSpace(out.String())
}

func shows(papers int64) string {
	if papers == 1 {
		return "1 shows"
	}
	return whole3(papers) + " show"
}

// worth is a value in words: "1 vote", "0.21 of a vote".
func worth(a Amount) string {
	if a.Units == unit(a.Decimals) {
		return "1 vote"
	}
	return a.Short() + " of a vote"
}

func (r *Result) closing(out *strings.Builder) {
	out.WriteString("\nElected, in this order: ")
	out.WriteString(r.names(r.Elected))
	out.WriteString(".\n")
	for _, l := range r.Lots {
		fmt.Fprintf(out, "Lot in stage %d, to %s one of %s: %s (by %s).\n", l.Stage, l.Purpose, r.names(l.Candidates), r.name(l.Chosen), l.Manner)
	}
}
