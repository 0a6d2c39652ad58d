package member

import (
	"strings"
	"testing"

	"commonweal/internal/base/fault"
	"commonweal/law"
)

func TestRule_Evaluate(t *testing.T) {
	nurse := Particulars{StaffGroup: "Nursing and midwifery", Site: "Ashby", Category: "permanent", FTE: 60, ContractMonths: -1, ServiceMonths: 30, Employment: Yes}
	temp := Particulars{StaffGroup: "Estates", Category: "fixed_term", ContractMonths: 6, ServiceMonths: 3, Employment: Yes}
	unsaid := Particulars{StaffGroup: "Estates", ContractMonths: -1, ServiceMonths: -1}
	const trust = `category == "permanent" || contract_months >= 12 || service_months >= 12`
	cases := []struct {
		name, rule string
		of         Particulars
		want       law.Verdict
		missing    string
	}{
		{"a permanent contract is enough, whatever else is unknown", trust, nurse, law.Holds, ""},
		{"a short fixed term is not enough", trust, temp, law.Fails, ""},
		{"an unknown contract is not a no", trust, unsaid, law.CannotTell, "category contract_months service_months"},
		{"one of several groups", `staff_group in ["Estates", "Administration"]`, temp, law.Holds, ""},
		{"hours as a part of whole time", `fte >= 0.5`, nurse, law.Holds, ""},
		{"hours not said", `fte >= 0.5`, temp, law.CannotTell, "fte"},
		{"an unknown that changes nothing is not asked for", `staff_group == "Estates" || site == "Ashby"`, temp, law.Holds, ""},
		{"a rule for everybody", `true`, unsaid, law.Holds, ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			r, err := CompileRule(c.rule)
			if err != nil {
				t.Fatal(err)
			}
			for range 2 { // the second answer comes from memory
				got, err := r.Evaluate(c.of)
				if err != nil || got.Verdict != c.want || strings.Join(got.Missing, " ") != c.missing {
					t.Errorf("got %v %v, %v; want %v, missing %q", got.Verdict, got.Missing, err, c.want, c.missing)
				}
			}
		})
	}
}

func TestCompileRule_Refuses(t *testing.T) {
	cases := []struct{ name, rule, says string }{
		{"nothing", "  ", "empty"},
		{"a name that no staff list has", `ethnicity == "x"`, "ethnicity"},
		{"the day, which would make one answer differ from day to day unseen", `on > on`, `"on"`},
		{"a number compared with words", `staff_group == 3`, "rule"},
		{"not a yes or no", `staff_group`, "yes or no"},
		{"half an expression", `staff_group ==`, "cannot be read"},
		{"a loop", `["a"].all(x, x == staff_group)`, "rule"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := CompileRule(c.rule)
			if !fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v; want a fault with %q", err, c.says)
			}
		})
	}
}

func FuzzCompileRule(f *testing.F) {
	f.Add(`staff_group == "Estates"`)
	f.Add(`fte >= 0.5 && !(site in ["a", 'b'])`)
	f.Add("\"\\u0000\"")
	f.Fuzz(func(t *testing.T, expression string) {
		r, err := CompileRule(expression)
		if err != nil {
			return
		}
		// What compiles can be asked, and knows less when it is told less.
		all, err := r.Evaluate(Particulars{StaffGroup: "a", Role: "b", Site: "c", OrgCode: "d", Employer: "e", Category: "f", Area: "g", FTE: 50, Employment: No})
		if err != nil {
			t.Skip() // for example a division by nought
		}
		none, err := r.Evaluate(unknownParticulars)
		if err == nil && none.Verdict != law.CannotTell && none.Verdict != all.Verdict {
			t.Errorf("%q: %s with nothing known, %s with everything", expression, none.Verdict, all.Verdict)
		}
	})
}
