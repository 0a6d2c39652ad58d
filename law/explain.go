package law

import (
	"fmt"
	"strings"
)

// Explain says a result in plain English: the answer, why, what is still needed,
// and where the rule comes from.
func Explain(r Result) string {
	var b strings.Builder
	line := func(format string, args ...any) { fmt.Fprintf(&b, format+"\n", args...) }
	line("%s", r.Rule.Title)
	line("%s", strings.Repeat("=", len([]rune(r.Rule.Title))))
	line("%s", verdictSentence(r))
	if len(r.Reasons) > 0 {
		line("")
		line("%s", r.Reasons[0])
	}
	if len(r.Reasons) > 1 {
		line("")
		line("What this rests on")
		for _, reason := range r.Reasons[1:] {
			line("- %s", reason)
		}
	}
	if len(r.Missing) > 0 {
		line("")
		line("What we still need to know")
		for _, f := range r.Missing {
			line("- %s (%s: %s)", f.Question, f.Name, f.Type.remedy())
			if len(f.Choices) > 0 {
				line("  One of: %s.", strings.Join(f.Choices, ", "))
			}
		}
	}
	line("")
	line("The rule")
	line("%s", r.Rule.Text)
	line("")
	line("Where it comes from")
	line("%s, %s.", r.Rule.Citation, r.Rule.Jurisdiction)
	if r.Rule.URL != "" {
		line("%s", r.Rule.URL)
	}
	line("%s", inForceSentence(r.Rule.Provenance))
	line("%s", checkedSentence(r.Rule.Provenance))
	line("")
	line("This is a check by software, not legal advice. The law itself decides, and so do your own registered rules.")
	return b.String()
}

func verdictSentence(r Result) string {
	day := r.On.Words()
	switch r.Verdict {
	case Holds:
		return fmt.Sprintf("Yes. On %s this is met.", day)
	case Fails:
		return fmt.Sprintf("No. On %s this is not met.", day)
	}
	return fmt.Sprintf("We cannot tell yet, for %s.", day)
}

func inForceSentence(p Provenance) string {
	if p.To.IsZero() {
		return fmt.Sprintf("It has applied since %s.", p.From.Words())
	}
	return fmt.Sprintf("It applied from %s until %s.", p.From.Words(), p.To.AddDays(-1).Words())
}

func checkedSentence(p Provenance) string {
	if p.Checked.IsZero() {
		return "Nobody has compared our wording with the source yet. Read the source before you rely on it."
	}
	return fmt.Sprintf("We compared our wording with its source on %s: %s.", p.Checked.Day().Words(), p.Source)
}

// List shows the rules with effect on a day as lines of text: id, title,
// citation, and whether it has been checked.
func List(l *Library, on Date, f Filter) string {
	rules := l.Rules(on, f)
	if len(rules) == 0 {
		return fmt.Sprintf("No rule of that kind applies on %s.\n", on.Words())
	}
	width := 0
	for _, r := range rules {
		width = max(width, len(r.ID))
	}
	var b strings.Builder
	unchecked := 0
	fmt.Fprintf(&b, "Rules that apply on %s\n\n", on.Words())
	for _, r := range rules {
		mark := "checked " + r.Checked.String()
		if r.Checked.IsZero() {
			mark = "not checked"
			unchecked++
		}
		fmt.Fprintf(&b, "%-*s  %s\n%-*s  %s; %s\n", width, r.ID, r.Title, width, "", r.Citation, mark)
	}
	fmt.Fprintf(&b, "\n%s, %d not yet checked against the source.\n", plural(len(rules), "rule"), unchecked)
	return b.String()
}
