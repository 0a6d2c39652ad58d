package share

import (
	"strings"
	"testing"

	"commonweal/internal/base/fault"
	"commonweal/law"
)

func TestClass_Lawful(t *testing.T) {
	library, err := law.Load()
	if err != nil {
		t.Fatal(err)
	}
	on := day("2026-11-19")
	invest := Class{Code: "investment", Name: "Investment", NominalPence: 100, Withdrawable: true, MaxHoldingPence: 10_000_000, Starts: on}
	more := invest
	more.MaxHoldingPence++
	fixed := more
	fixed.Withdrawable = false
	cases := []struct {
		name  string
		form  law.FormID
		class Class
		says  string // "" where lawful
	}{
		{"£100,000 withdrawable in a society: CCBSA 2014, s.24", law.BenefitSociety, invest, ""},
		{"a penny more", law.BenefitSociety, more, "s.24"},
		{"more where the shares cannot be withdrawn", law.BenefitSociety, fixed, ""},
		{"a company limited by guarantee has no shares", law.CICGuarantee, invest, "no shares"},
		{"shares of a company cannot be withdrawn", law.CICShares, invest, "withdrawable"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			form, err := library.Form(c.form, on)
			if err != nil {
				t.Fatal(err)
			}
			err = c.class.Lawful(form)
			if c.says == "" && err != nil || c.says != "" && (!fault.Is(err, fault.Invalid) || !strings.Contains(err.Error(), c.says)) {
				t.Errorf("got %v; want ...%s...", err, c.says)
			}
		})
	}
}

func TestClass_Check(t *testing.T) {
	good := classes[0]
	cases := []struct {
		name   string
		change func(*Class)
		field  string
	}{
		{"good", func(*Class) {}, ""},
		{"a code with a space", func(c *Class) { c.Code = "a b" }, "code"},
		{"worth nothing", func(c *Class) { c.NominalPence = 0 }, "nominal"},
		{"no name", func(c *Class) { c.Name = "" }, "name"},
		{"the most is less than one share", func(c *Class) { c.MaxHoldingPence = 99 }, "max_holding"},
		{"ends before it starts", func(c *Class) { c.Ends = c.Starts }, "ends"},
		{"goes with membership and can be passed on", func(c *Class) { c.Transferable = true }, "transferable"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			class := good
			c.change(&class)
			if err := class.Check(); fault.FieldOf(err) != c.field || (err == nil) != (c.field == "") {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestPounds(t *testing.T) {
	for pence, want := range map[int64]string{0: "£0", 1: "£0.01", 100: "£1", 10_000_000: "£100,000", 123456789: "£1,234,567.89", -150: "\u2212£1.50"} {
		if got := Pounds(pence); got != want {
			t.Errorf("%d: %s, want %s", pence, got, want)
		}
	}
}
