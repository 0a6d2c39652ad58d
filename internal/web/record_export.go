package web

import (
	"fmt"
	"net/http"

	"commonweal/internal/base/journal"
	"commonweal/internal/schema"
	"commonweal/internal/web/page"
)

type recordExportPage struct {
	Holds  page.Defs
	Verify page.Verify
}

// recordExportShow says what a download of the whole record holds before it
// is taken.
func (s *Server) recordExportShow(v *visit) error {
	key, err := v.house.Journal.VerifierKey(v.org.ID)
	if err != nil {
		return err
	}
	f := v.frame()
	f.Back = page.Link{Text: "The record", Href: "/record"}
	f.Heading = "Take the whole record with you"
	f.Sentence = "One file, with everything needed to check it on any computer, without us."
	f.Data = recordExportPage{
		Holds: page.Defs{
			{Term: "Entries", Fact: "every change since the beginning, and what it changed"},
			{Term: "The register", Fact: "as it stands today, made from them"},
			{Term: "Personal details", Fact: "of all members and staff: keep it as you would keep the register"},
			{Term: "In the record", Fact: "that you took it, and when"},
		},
		Verify: page.Verify{
			Intro: "Compare with a head that you kept earlier, not with one from today.",
			Steps: []page.Command{{Title: "Check the file", Text: fmt.Sprintf("commonweal verify record-%s.zip --checkpoint head.txt --key '%s'", v.org.ID, key)}},
		},
	}
	return v.show(http.StatusOK, "record_export", f)
}

// recordExportTake sends the file.
func (s *Server) recordExportTake(v *visit) error { return v.takeRecord() }

// takeRecord sends the whole record. That it was taken is recorded first.
func (v *visit) takeRecord() error {
	_, err := v.house.Journal.Record(v.ctx, journal.Fact{Org: v.org.ID, Kind: "record.exported", Actor: v.actor.Person}, func(*journal.Tx) error { return nil })
	if err != nil {
		return err
	}
	h := v.w.Header()
	h.Set("Content-Type", "application/zip")
	h.Set("Content-Disposition", fmt.Sprintf(`attachment; filename="record-%s.zip"`, v.org.ID))
	_, err = v.house.Journal.Export(v.ctx, v.w, v.org.ID, v.today().String(), schema.Derive)
	return err
}
