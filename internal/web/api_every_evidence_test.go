package web_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// boardPack is what TestAPIEveryOperation asks about an organisation's own figures and the
// pack of its board.
func (c *caller) boardPack() {
	c.t.Helper()
	define := `{"code":%q,"name":"Falls","about":"How often people fall.","kind":"rate","numerator":"falls","denominator":"days that beds were used","per":1000,
		"decimals":1,"direction":"down","every":"month","starts":"2024-04-01","source":"Incident reports"%s}`
	c.posts("/api/v1/indicators", http.StatusCreated, define, "falls", "")
	if p := c.posts("/api/v1/indicators", http.StatusUnprocessableEntity, define, "falls", "").problem(); p.Field != "reason" {
		c.t.Errorf("a revision without a reason: %+v", p)
	}
	narrower := strings.Replace(define, "How often people fall.", "How often people who stay with us fall.", 1)
	c.posts("/api/v1/indicators", http.StatusCreated, narrower, "falls", `,"reason":"Outpatients are left out."`)
	var file strings.Builder
	file.WriteString("month,falls,days\n")
	for i := range 24 {
		fmt.Fprintf(&file, "%d-%02d,%d,5000\n", 2024+(i+3)/12, (i+3)%12+1, 24+i*7%5)
	}
	file.WriteString("2026-04-15,3,5000\n")
	c.ownFile(file.String())
	c.reads("/api/v1/indicators?limit=500")
	c.reads("/api/v1/indicators/falls/figures")
	c.posts("/api/v1/pack/measures", http.StatusUnprocessableEntity, `{"indicator":"falls","target":"few"}`)
	c.posts("/api/v1/pack/measures", http.StatusNotFound, `{"indicator":"slips"}`)
	c.posts("/api/v1/pack/measures", http.StatusOK, `{"indicator":"falls","target":"6","peers":"parts","position":1}`)
	var pack struct{ Items []struct{ Sentence string } }
	c.reads("/api/v1/pack").into(&pack)
	if len(pack.Items) != 1 || !strings.Contains(pack.Items[0].Sentence, "24 months to March 2026: the average is") {
		c.t.Errorf("the pack: %+v", pack)
	}
	c.studies()
	c.posts("/api/v1/pack/measures/falls/leave", http.StatusOK, `{"reason":"The board looks at it elsewhere."}`)
}

// ownFile looks at a file of one's own figures, which keeps nothing, loads it, and looks at
// it again and at one that corrects it.
func (c *caller) ownFile(file string) {
	c.t.Helper()
	type outcome struct {
		Import                  *string
		Rows, Kept, Revised     int
		Unchanged               bool
		Rejections, Corrections []struct {
			Row      int
			Period   string
			Was, Now float64
		}
	}
	const at = "/api/v1/indicators/falls/imports?file_name=falls.csv&period=month&numerator=falls&denominator=days"
	send := func(query, file string) (out outcome) {
		c.t.Helper()
		c.sends(at+query, "text/csv", file, http.StatusOK).into(&out)
		return out
	}
	figures := func() string { return string(c.reads("/api/v1/indicators/falls/figures").Body) }
	before := figures()
	dry := send("&dry_run=true", file)
	if dry.Import != nil || dry.Unchanged || figures() != before {
		c.t.Errorf("a dry run kept something: %+v", dry)
	}
	kept := send("", file)
	if kept.Kept != 24 || len(kept.Rejections) != 1 || kept.Rejections[0].Row != 26 || len(kept.Corrections) != 0 || kept.Import == nil {
		c.t.Errorf("the import: %+v", kept)
	}
	if dry.Kept != kept.Kept || dry.Rows != kept.Rows || len(dry.Rejections) != 1 || dry.Rejections[0] != kept.Rejections[0] {
		c.t.Errorf("kept %+v after a dry run that found %+v", kept, dry)
	}
	if dry = send("&dry_run=true", file); !dry.Unchanged || dry.Import != nil || dry.Kept != 24 {
		c.t.Errorf("a dry run of what is in force: %+v", dry)
	}
	before = figures()
	const anew = "month,falls,days\n2024-04,20,5000\n"
	if dry = send("&dry_run=true", anew); dry.Revised != 1 || len(dry.Corrections) != 1 || dry.Corrections[0].Period != "2024-04-01" || dry.Corrections[0].Now != 4 || dry.Unchanged {
		c.t.Errorf("a dry run of a correction: %+v", dry)
	}
	if p := c.sends(at, "text/csv", anew, http.StatusUnprocessableEntity).problem(); p.Field != "reason" || figures() != before {
		c.t.Errorf("a correction without a reason: %+v", p)
	}
	for _, query := range []string{"", "&dry_run=true"} {
		c.sends("/api/v1/indicators/falls/imports?period=when&value=x"+query, "text/csv", "a,b\n1,2\n", http.StatusUnprocessableEntity)
	}
}

// studies are registered, locked, run and published by programs, and planned.
func (c *caller) studies() {
	c.t.Helper()
	spec, err := inquiry().Canonical()
	if err != nil {
		c.t.Fatal(err)
	}
	send := func(path, media, body string, status int) reply { return c.sends("/api/v1"+path, media, body, status) }
	send("/studies", "application/json", `{"v":1}`, http.StatusUnprocessableEntity)
	send("/studies", "application/json", string(spec), http.StatusOK)
	c.posts("/api/v1/studies/rota/run", http.StatusConflict, `{}`)
	c.posts("/api/v1/studies/rota/lock-to-measures", http.StatusConflict, `{}`)
	send("/studies/rota/lock", "text/csv", "ward\nw0\n", http.StatusUnprocessableEntity)
	send("/studies/rota/lock", "text/csv", wardFigures(), http.StatusOK)
	var ran struct{ Plain, Says []string }
	c.posts("/api/v1/studies/rota/run", http.StatusOK, `{}`).into(&ran)
	if len(ran.Plain) != 1 || !strings.HasPrefix(ran.Plain[0], "The study did not show that absence goes with the rota.") || len(ran.Says) != 1 {
		c.t.Errorf("the run: %+v", ran)
	}
	listed := func() []string {
		var list struct{ Items []struct{ Plain []string } }
		c.reads("/api/v1/studies").into(&list)
		return list.Items[0].Plain
	}
	if said := listed(); said != nil {
		c.t.Errorf("the list tells what is not published: %q", said)
	}
	c.posts("/api/v1/studies/rota/publish", http.StatusOK, `{}`)
	if said := listed(); !slices.Equal(said, ran.Plain) {
		c.t.Errorf("the list says %q, and the run %q", said, ran.Plain)
	}
	c.posts("/api/v1/studies/rota/withdraw", http.StatusOK, `{"reason":"Two wards were swapped."}`)
	c.reads("/api/v1/studies/rota")
	c.measured("absence", wardFigures(), "month", "absence", "ward")
	library := inquiry()
	library.Code, library.Data.Library = "rota-again", true
	if spec, err = library.Canonical(); err != nil {
		c.t.Fatal(err)
	}
	send("/studies", "application/json", string(spec), http.StatusOK)
	c.posts("/api/v1/studies/rota-again/lock-to-measures", http.StatusOK, `{}`)
	var power struct{ Sizes []struct{ Sites int } }
	send("/power?unit=ward&time=month&column=absence&from=2025-07&sites=3,4", "text/csv", wardFigures(), http.StatusOK).into(&power)
	if len(power.Sizes) != 2 {
		c.t.Errorf("the plan: %+v", power)
	}
	send("/power?unit=ward&time=month&column=absence&from=soon&sites=3", "text/csv", wardFigures(), http.StatusUnprocessableEntity)
	c.reads("/api/v1/indicators/absence/power?from=2025-07&sites=3&matters=0.5")
}
