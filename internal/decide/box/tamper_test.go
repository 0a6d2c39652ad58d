package box_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"commonweal/belenios/archive"
	"commonweal/internal/decide/box"
	"commonweal/internal/schema/schematest"
)

// Whoever edits a table of the box by hand is found, whichever table, whichever
// column: either the database refuses or fsck sees it.
func TestFsck_FindsEveryEdit(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		m := newScene(t, b, plan{group: "Ed25519", questions: yesNo, voters: 2, revote: archive.LastCounts})
		m.open()
		m.cast(1, 0, 1, 0)
		schematest.Tamper(t, b, box.Tables)
	})
}

// Whoever runs the server drops the last ballot and makes everything after it fit, the
// record too: whoever kept a head, as a mirror does, finds it.
func TestMirror_FindsADroppedBallot(t *testing.T) {
	b := schematest.SQLite(t)
	m := newScene(t, b, plan{group: "Ed25519", questions: yesNo, voters: 3, revote: archive.FirstCounts})
	m.open()
	m.cast(1, 0, 1, 0)
	m.cast(2, 0, 1, 0)
	kept, err := m.svc.Head(ctx, org, council)
	m.ok(err)
	for _, statement := range []string{
		fmt.Sprintf(`DELETE FROM box_file WHERE n >= %d`, kept.Records-2), fmt.Sprintf(`DELETE FROM box_head WHERE height = %d`, kept.Height),
	} {
		m.ok(m.Edit(statement))
	}
	text, _, _ := m.file(archive.Unfinished) // by itself the archive is in order
	_, report, err := archive.Load(ctx, bytes.NewReader(text), int64(len(text)), archive.Options{Kept: []archive.Head{kept.Head}})
	m.ok(err)
	if report.OK() || !strings.Contains(report.Text(), "no longer there") {
		t.Errorf("a mirror that kept %s found nothing:\n%s", kept.Head, report.Text())
	}
	if m.Findings(m.t) == 0 {
		t.Error("fsck found nothing")
	}
}
