package web

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/policy"
	"commonweal/internal/base/words"
	"commonweal/internal/web/page"
)

type recordPage struct {
	Empty   *page.Panel
	Facts   page.Defs
	Words   [4]string
	Verify  page.Verify
	Heads   page.Table
	Entries *page.Table
	More    page.Pages
	Export  bool // may take all of it
}

const recordPageSize = 25

// recordShow is the public face of the record: its newest head, how to check
// it, and, for those who may, what kinds of entries it holds.
func (s *Server) recordShow(v *visit) error {
	f := v.frame()
	f.Heading = "The record"
	head, err := v.house.Journal.Latest(v.ctx, v.org.ID)
	if fault.Is(err, fault.NotFound) {
		panel := page.Empty("Nothing is signed yet", "When the first change is recorded, its signed head appears here.", page.Link{})
		f.Data = recordPage{Empty: &panel}
		return v.show(http.StatusOK, "record", f)
	}
	if err != nil {
		return err
	}
	key, err := v.house.Journal.VerifierKey(v.org.ID)
	if err != nil {
		return err
	}
	heads, err := v.house.Journal.Checkpoints(v.ctx, v.org.ID)
	if err != nil {
		return err
	}
	f.Sentence = fmt.Sprintf("%s %s sealed in it. If any of it were altered, these four words would be others.",
		count(head.Size, "change", "changes"), said(page.Plural(head.Size, "is", "are")))
	p := recordPage{
		Words: words.Four(head.Root[:]),
		Facts: page.Defs{
			{Term: "Entries", Fact: number(head.Size)},
			{Term: "Signed", Fact: v.moment(head.At)},
			{Term: "Root", Fact: base64.StdEncoding.EncodeToString(head.Root[:])},
			{Term: "Signed head", Fact: "checkpoint", Href: "/record/checkpoint"},
			{Term: "Key", Fact: "verifier key", Href: "/record/key"},
		},
		Verify: v.recordVerify(head, key),
		Heads:  v.headsTable(heads),
	}
	p.Export = v.can(policy.RecordExport)
	if v.can(policy.RecordEntryView) {
		if err := v.addEntries(&p); err != nil {
			return err
		}
	}
	f.Data = p
	return v.show(http.StatusOK, "record", f)
}

func (v *visit) recordVerify(head journal.Head, key string) page.Verify {
	base := v.house.Address
	return page.Verify{
		Intro: "You need nobody’s permission and no account.",
		Steps: []page.Command{
			{Title: "Keep today’s head", Label: "Command to keep the head", Text: "curl -o head.txt " + base + "/record/checkpoint"},
			{
				Title: "Later, see that the record only grew", Label: "Command to check growth",
				Text: fmt.Sprintf("curl '%s/record/consistency?old=%d&new=%d'", base, max(1, head.Size/2), head.Size),
			},
			{
				Title: "With an export from the secretary or a scrutineer, check all of it", Label: "Command to check an export",
				Text: "commonweal verify record.zip --checkpoint head.txt --key '" + key + "'",
			},
		},
		After:  "The proofs are those of RFC 6962 and the head is a C2SP checkpoint, so programs that are not ours can check them too.",
		Limits: "that what was recorded was true. It shows only that nothing was changed since.",
	}
}

// headsTable lists the newest heads; the rest are at their own addresses.
func (v *visit) headsTable(heads []journal.Head) page.Table {
	t := page.Table{Caption: "Signed heads", Columns: []page.Column{{Head: "Signed"}, {Head: "Entries", Number: true}, {Head: "Four words"}}}
	for i := len(heads) - 1; i >= 0 && len(t.Rows) < 10; i-- {
		h := heads[i]
		t.Rows = append(t.Rows, page.Row{
			{Text: v.moment(h.At)},
			{Text: number(h.Size), Href: fmt.Sprintf("/record/checkpoint?size=%d", h.Size)},
			{Text: words.Text(h.Root[:])},
		})
	}
	return t
}

// addEntries lists what happened, without whom it happened to.
func (v *visit) addEntries(p *recordPage) error {
	before, _ := strconv.ParseInt(v.r.URL.Query().Get("before"), 10, 64)
	list, err := v.house.Journal.Entries(v.ctx, v.org.ID, before, recordPageSize+1)
	if err != nil {
		return err
	}
	t := page.Table{
		Caption: "Newest entries", Columns: []page.Column{{Head: "Entry", Number: true}, {Head: "When"}, {Head: "What"}},
	}
	for i, e := range list {
		if i == recordPageSize {
			p.More.Next = fmt.Sprintf("/record?before=%d", list[i-1].Seq)
			break
		}
		t.Rows = append(t.Rows, page.Row{{Text: number(e.Seq)}, {Text: v.moment(e.At)}, {Text: kindInWords(e.Kind)}})
	}
	if before > 0 {
		p.More.Prev = "/record"
	}
	p.Entries = &t
	return nil
}

// kindInWords turns "share.issue" into "share: issue".
func kindInWords(kind string) string {
	return strings.ReplaceAll(strings.Replace(kind, ".", ": ", 1), "_", " ")
}
