package web

import (
	"net/http"
	"strconv"
	"time"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/world"
	"commonweal/internal/own/member"
	"commonweal/internal/web/page"
)

type receiptPage struct {
	Facts page.Defs
	Next  string
	Links page.Links
}

// latestEntry is the newest entry of a kind in the record that the visitor made.
func (v *visit) latestEntry(kind string) (journal.Entry, bool, error) {
	const look = 200 // others may have recorded something in between
	list, err := v.house.Journal.Entries(v.ctx, v.org.ID, 0, look)
	for _, e := range list {
		if e.Kind == kind && e.Actor == v.actor.Person {
			return e, true, err
		}
	}
	return journal.Entry{}, false, err
}

// entryOf is an entry of the record that the visitor made, by its number.
func (v *visit) entryOf(text string) (journal.Entry, bool, error) {
	seq, err := strconv.ParseInt(text, 10, 64)
	if err != nil || seq < 0 {
		return journal.Entry{}, false, nil
	}
	list, err := v.house.Journal.Entries(v.ctx, v.org.ID, seq+1, 1)
	if err != nil || len(list) == 0 || list[0].Seq != seq || list[0].Actor != v.actor.Person {
		return journal.Entry{}, false, err
	}
	return list[0], true, nil
}

// toReceipt leads to the receipt of what the visitor has just done.
func (v *visit) toReceipt(kind string) error {
	e, ok, err := v.latestEntry(kind)
	if err != nil {
		return err
	}
	if !ok {
		return v.redirect("/membership")
	}
	return v.redirect("/membership/receipt/" + strconv.FormatInt(e.Seq, 10))
}

// receiptShow is what a person keeps of something they did about their
// membership: what, when, and where the record has it.
func (s *Server) receiptShow(v *visit) error {
	e, ok, err := v.entryOf(v.r.PathValue("seq"))
	if err != nil {
		return err
	}
	heading, known := receiptHeadings[e.Kind]
	if !ok || !known {
		return fault.Errorf(fault.NotFound, "there is no receipt of yours at this address")
	}
	st, err := v.standingOf(v.actor.Person, v.today())
	if err != nil {
		return err
	}
	at, err := time.Parse(world.TimeFormat, e.At)
	if err != nil {
		return err
	}
	seq := strconv.FormatInt(e.Seq, 10)
	p := receiptPage{
		Facts: page.Defs{
			{Term: "Name", Fact: v.actor.Name},
			{Term: "When", Fact: said(page.Moment(v.now, at))},
			{Term: "Entry in the record", Fact: number(e.Seq), Href: "/record/proof/" + seq},
		},
		Next: v.afterwards(st),
		Links: page.Links{
			{Text: "Your membership", Href: "/membership"},
			{Text: "How to check the record", Href: "/record"},
		},
	}
	f := v.frame()
	f.Back = page.Link{Text: "Your membership", Href: "/membership"}
	f.Kicker = "Receipt"
	f.Heading = heading
	f.Sentence = "It is in the record as entry " + number(e.Seq) + ". Print this page or keep its number."
	f.Data = p
	return v.show(http.StatusOK, "membership_receipt", f)
}

var receiptHeadings = map[string]string{
	"member.applied": "You have applied", "member.withdrew": "You have withdrawn", "member.opted_out": "You have opted out",
	"member.opted_in": "You have opted in", "member.consent_withdrawn": "Your consent is taken back",
}

// afterwards says where things stand now.
func (v *visit) afterwards(st standing) string {
	if st.Status.State == member.Applicant {
		return toYou(st.Status.Reason) + " The secretary admits you or refuses with a reason. Your membership page shows which."
	}
	return toYou(st.Status.Reason)
}
