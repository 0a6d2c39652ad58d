package web

import (
	"fmt"
	"slices"

	"golang.org/x/mod/sumdb/tlog"

	"commonweal/internal/base/journal"
	"commonweal/internal/base/words"
	"commonweal/internal/web/page"
)

// justRecorded is the newest entry of the record of a kind that this person
// made, for the page that tells them so.
func (v *visit) justRecorded(kind string) (int64, error) {
	const lately = 50
	list, err := v.house.Journal.Entries(v.ctx, v.org.ID, 0, lately)
	if err != nil {
		return 0, err
	}
	for _, e := range list {
		if e.Kind == kind && e.Actor == v.actor.Person {
			return e.Seq, nil
		}
	}
	return 0, nil
}

// recordedAt finds the entry of the record made at an instant and of one of the
// kinds, or reports false where that is none or more than one. Entries come in
// order of time, so it looks in halves.
func (v *visit) recordedAt(at string, kinds ...string) (int64, bool, error) {
	newest, err := v.house.Journal.Entries(v.ctx, v.org.ID, 0, 1)
	if err != nil || len(newest) == 0 {
		return 0, false, err
	}
	low, high := int64(0), newest[0].Seq+1 // the first entry later than at lies between
	for low < high {
		mid := low + (high-low)/2
		e, err := v.house.Journal.Entries(v.ctx, v.org.ID, mid+1, 1)
		if err != nil {
			return 0, false, err
		}
		if len(e) == 0 || e[0].At <= at {
			low = mid + 1
		} else {
			high = mid
		}
	}
	const sameInstant = 20
	list, err := v.house.Journal.Entries(v.ctx, v.org.ID, low, sameInstant)
	if err != nil {
		return 0, false, err
	}
	list = slices.DeleteFunc(list, func(e journal.Entry) bool { return e.At != at || !slices.Contains(kinds, e.Kind) })
	if len(list) != 1 {
		return 0, false, nil
	}
	return list[0].Seq, true, nil
}

// recordRow is a row of a receipt that leads to the proof in the record.
func (v *visit) recordRow(seq int64) page.SummaryRow {
	return page.SummaryRow{
		Term: "Record", Fact: "Entry " + number(seq),
		Change: page.Link{Text: "Check it", Hidden: "against the record", Href: fmt.Sprintf("/record/proof/%d", seq)},
	}
}

// recordWords are the four words of one entry of the record: those of its hash
// in the tree, which anybody can work out from the public line of the entry.
func (v *visit) recordWords(seq int64) ([]string, error) {
	leaves, err := v.house.Journal.Leaves(v.ctx, v.org.ID, seq, 1)
	if err != nil || len(leaves) == 0 {
		return nil, err
	}
	hash := tlog.RecordHash([]byte(leaves[0]))
	four := words.Four(hash[:])
	return four[:], nil
}

// doneNotice is the banner that says what was done, with its entry of the record.
func (v *visit) doneNotice(text, kind string) (page.Notice, error) {
	seq, err := v.justRecorded(kind)
	if err != nil {
		return page.Notice{}, err
	}
	if seq > 0 {
		text += " This is entry " + number(seq) + " of the record."
	}
	return page.Notice{Done: true, Text: text}, nil
}
