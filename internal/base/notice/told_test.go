package notice_test

import (
	"testing"
	"time"

	"commonweal/internal/base/notice"
	"commonweal/internal/schema/schematest"
	"commonweal/law"
)

// What was sent to somebody is told them newest first, page by page, and to
// nobody else; of a message that was muted there is nothing to tell.
func TestMessagesTo(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		d := newDesk(t, b, nil)
		if err := d.SetPreference(ctx, org, "sid", "vote.open", notice.Never); err != nil {
			t.Fatal(err)
		}
		muted := proposal("sid", 1)
		muted.Kind = "vote.open"
		d.send(call("sid"), call("zoe"), muted)
		b.Clock.Advance(24 * time.Hour)
		d.send(call("sid"))
		letters, err := d.Letters(ctx, org)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := d.MarkPosted(ctx, org, "secretary", law.Today(b.World.Now()), []string{letters[0].Notice}); err != nil {
			t.Fatal(err)
		}
		newest, all, err := d.MessagesTo(ctx, org, "sid", 0, 1)
		if err != nil || all != 2 || len(newest) != 1 {
			t.Fatalf("%d of %d, %v; want one of two", len(newest), all, err)
		}
		if got := newest[0]; got.Day.String() != "2026-11-20" || got.Route != notice.ByPost || !got.Posted.IsZero() || !got.Statutory || got.Reason != call("").Reason {
			t.Errorf("the newest is %+v", got)
		}
		oldest, _, err := d.MessagesTo(ctx, org, "sid", 1, 10)
		if err != nil || len(oldest) != 1 || oldest[0].Posted.String() != "2026-11-20" {
			t.Errorf("the older one is %+v, %v", oldest, err)
		}
		if _, all, err := d.MessagesTo(ctx, "another", "sid", 0, 10); err != nil || all != 0 {
			t.Errorf("another organisation sees %d, %v", all, err)
		}
	})
}
