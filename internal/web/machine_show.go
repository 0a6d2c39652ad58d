package web

import (
	"fmt"
	"net/http"

	"commonweal/internal/base/db"
	"commonweal/internal/house"
	"commonweal/internal/web/page"
)

type machinePage struct {
	Facts   page.Defs
	Jobs    page.Figures
	Late    string
	Sealed  []string
	Failed  []failedJobRow
	Records page.Table
	Backup  string
}

type failedJobRow struct{ ID, Kind, Why, Since string }

// machineShow is the health of the machine, without anything about a person.
func (s *Server) machineShow(v *visit) error {
	h, err := v.house.Health(v.ctx)
	if err != nil {
		return err
	}
	p := machinePage{
		Facts: page.Defs{
			{Term: "Database", Fact: engineInWords(h.Engine)},
			{Term: "Size", Fact: megabytes(h.Bytes)},
			{Term: "Schema", Fact: "step " + number(h.Schema)},
			{Term: "Program", Fact: orNone(h.Program)},
			{Term: "Time here", Fact: v.moment(v.house.World.Stamp())},
		},
		Jobs: page.Figures{Small: true, Items: []page.Figure{
			{Value: number(h.Jobs.Waiting), Label: "wait, now or for later"}, {Value: number(h.Jobs.Running), Label: "run now"}, {Value: number(h.Jobs.Failed), Label: "given up"},
		}},
		Records: page.Table{
			Caption: "Records and their signed heads",
			Columns: []page.Column{{Head: "Organisation"}, {Head: "Entries", Number: true}, {Head: "Since the last head", Number: true}, {Head: "Last signed"}},
		},
		Backup: "commonweal backup /somewhere/else/commonweal-" + v.today().String() + ".zip",
	}
	if minutes := int(h.Jobs.Late.Minutes()); minutes >= 5 {
		p.Late = fmt.Sprintf("The oldest that is due has waited for %s. Is the program that works through them running?", count(minutes, "minute", "minutes"))
	}
	for _, j := range h.Failed {
		p.Failed = append(p.Failed, failedJobRow{j.ID, kindInWords(j.Kind), orNone(j.Class), said(page.Lately(v.now, j.RunAt))})
	}
	for _, x := range h.Sealed {
		p.Sealed = append(p.Sealed, fmt.Sprintf("%s to the survey %s of %s cannot be opened: the key file of the answers is not the one that they were sealed with. Put it back before the survey closes. If it is lost, the survey has to be abandoned and asked again.",
			count(x.Answers, "answer", "answers"), x.Survey, x.Org))
	}
	stale := 0
	for _, r := range h.Records {
		signed := page.Cell{Text: "not yet", Kind: page.Quiet}
		if !r.Signed.IsZero() {
			signed = page.Cell{Text: said(page.Lately(v.now, r.Signed))}
		}
		if v.unsigned(r) {
			stale++
		}
		p.Records.Rows = append(p.Records.Rows, page.Row{{Text: r.Name}, {Text: number(r.Entries)}, {Text: number(r.Unsigned)}, signed})
	}
	f := v.frame()
	f.Heading = "The machine"
	f.Sentence = machineSentence(h, stale, p.Late != "")
	switch v.r.URL.Query().Get("done") {
	case "retried":
		f.Notice = page.Notice{Done: true, Text: "The work is tried again."}
	case "discarded":
		f.Notice = page.Notice{Done: true, Text: "The work is taken away. It is not tried again."}
	}
	f.Data = p
	return v.show(http.StatusOK, "machine_show", f)
}

// unsigned reports whether an entry of a record has been in no head for two
// hours: heads are signed every hour.
func (v *visit) unsigned(r house.RecordHealth) bool {
	return r.Unsigned > 0 && v.now.Sub(r.Waiting).Hours() > 2
}

func machineSentence(h house.Health, stale int, late bool) string {
	switch {
	case h.Jobs.Failed > 0:
		return phrase(h.Jobs.Failed, "piece of work was given up and waits for you.", "pieces of work were given up and wait for you.")
	case len(h.Sealed) > 0:
		return "Answers to a survey cannot be opened."
	case late:
		return "Work waits longer than it should."
	case stale > 0:
		return phrase(stale, "record has entries without a signed head.", "records have entries without a signed head.")
	}
	return "The machine is well. Nothing waits for you."
}

func engineInWords(e db.Engine) string {
	if e == db.Postgres {
		return "PostgreSQL"
	}
	return "SQLite, in this program"
}

// megabytes writes a number of bytes as people say sizes.
func megabytes(n int64) string {
	const mb = 1 << 20
	if n < mb {
		return "under 1 MB"
	}
	return number(n/mb) + " MB"
}

// machineRetry gives a piece of work that was given up all its tries again.
func (s *Server) machineRetry(v *visit) error {
	if err := v.house.Jobs.Retry(v.ctx, v.r.PathValue("id")); err != nil {
		return err
	}
	return v.redirect("/machine?done=retried")
}

// machineDiscard takes one away.
func (s *Server) machineDiscard(v *visit) error {
	if err := v.house.Jobs.Discard(v.ctx, v.r.PathValue("id")); err != nil {
		return err
	}
	return v.redirect("/machine?done=discarded")
}
