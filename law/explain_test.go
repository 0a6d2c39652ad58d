package law_test

import (
	"strings"
	"testing"

	"commonweal/law"
)

func explain(t *testing.T, id, facts string) string {
	t.Helper()
	l := library(t)
	on := day(t, today)
	r, err := l.Rule(id, on)
	if err != nil {
		t.Fatal(err)
	}
	known, err := l.DecodeFacts([]byte(facts))
	if err != nil {
		t.Fatal(err)
	}
	got, err := r.Evaluate(known, on)
	if err != nil {
		t.Fatal(err)
	}
	return law.Explain(got)
}

func TestExplain_Fails(t *testing.T) {
	got := explain(t, "society.shares.withdrawable-limit", `{"withdrawable_holding_pence": 10000001, "holder_is_society": false}`)
	want := `The most a member may hold in withdrawable shares
=================================================
No. On Saturday 21 November 2026 this is not met.

The holding of £100,000.01 is over the limit of £100,000.

What this rests on
- How much does the member hold in withdrawable shares? You told us: £100,000.01.
- Is the member itself a registered society? You told us: no.

The rule
A member may not have more than £100,000 in withdrawable shares. A member that is itself a registered society is not bound. The society's rules may set less.

Where it comes from
Co-operative and Community Benefit Societies Act 2014, s.24, Great Britain.
https://www.legislation.gov.uk/ukpga/2014/14/section/24
It has applied since Friday 1 August 2014.
We compared our wording with its source on Saturday 21 November 2026: text of legislation.gov.uk in a stored public copy.

This is a check by software, not legal advice. The law itself decides, and so do your own registered rules.
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

// What is missing is asked for in the words of the question, with how to write it.
func TestExplain_CannotTell(t *testing.T) {
	got := explain(t, "control.members", `{"members": 100, "employee_members": 90}`)
	for _, part := range []string{
		"We cannot tell yet, for Saturday 21 November 2026.",
		"It depends on 2 facts that we do not know.",
		"What we still need to know",
		"How many of those votes do employees have? (employee_votes: write a whole number, such as 12)",
		"Nobody has compared our wording with the source yet.",
	} {
		if !strings.Contains(got, part) {
			t.Errorf("it does not say %q:\n%s", part, got)
		}
	}
	if strings.Contains(got, "- How many members are there? (members") {
		t.Error("it asks for what it was told")
	}
}

func TestExplain_Holds(t *testing.T) {
	got := explain(t, "society.members.minimum", `{"members": 3}`)
	if !strings.Contains(got, "Yes. On Saturday 21 November 2026 this is met.") {
		t.Errorf("got\n%s", got)
	}
}

// A rule that has ended says until when it applied.
func TestExplain_Ended(t *testing.T) {
	l := library(t)
	on := day(t, "2025-02-23")
	r, err := l.Rule("contract.reserved.regulation-77", on)
	if err != nil {
		t.Fatal(err)
	}
	got, err := r.Evaluate(law.Facts{}, on)
	if err != nil {
		t.Fatal(err)
	}
	if text := law.Explain(got); !strings.Contains(text, "until Sunday 23 February 2025") {
		t.Errorf("got\n%s", text)
	}
}

func TestList(t *testing.T) {
	l := library(t)
	got := law.List(l, day(t, today), law.Filter{Prefix: "control."})
	for _, part := range []string{
		"Rules that apply on Saturday 21 November 2026",
		"control.members.margin ",
		"4 rules, 3 not yet checked against the source.",
		"not checked",
		"checked 2026-11-21",
	} {
		if !strings.Contains(got, part) {
			t.Errorf("the list does not say %q:\n%s", part, got)
		}
	}
	if none := law.List(l, day(t, "1990-01-01"), law.Filter{}); !strings.Contains(none, "No rule of that kind applies on Monday 1 January 1990") {
		t.Errorf("the empty list says %q", none)
	}
	if one := law.List(l, day(t, today), law.Filter{Prefix: "joint-venture."}); !strings.Contains(one, "1 rule, 1 not yet") {
		t.Errorf("a list of one says %q", one)
	}
}

func TestValue_Words(t *testing.T) {
	for _, c := range []struct {
		value law.Value
		want  string
	}{
		{law.Pence(10000000), "£100,000"},
		{law.Pence(100050), "£1,000.50"},
		{law.Pence(5), "£0.05"},
		{law.Pence(-100050), "\u2212£1,000.50"},
		{law.Int(1234567), "1,234,567"},
		{law.Int(-1000), "\u22121,000"},
		{law.Percent(62.5), "62.5%"},
		{law.Decimal(-0.25), "\u22120.25"},
		{law.Bool(true), "yes"},
		{law.Text("social care"), "social care"},
		{law.Value{}, "not known"},
	} {
		if got := c.value.Words(); got != c.want {
			t.Errorf("%v reads %q, want %q", c.value, got, c.want)
		}
	}
}
