package pack_test

import (
	"context"
	"strings"
	"testing"

	"commonweal/internal/base/fault"
	"commonweal/internal/prove/pack"
	"commonweal/internal/schema/schematest"
	"commonweal/law"
)

const org = "severn"

var ctx = context.Background()

func refused(t *testing.T, err error, kind fault.Kind, says string) {
	t.Helper()
	if !fault.Is(err, kind) || !strings.Contains(fault.Message(err), says) {
		t.Errorf("got %v; want %s ...%s...", err, kind, says)
	}
}

// A pack keeps its measures: one that leaves stays in the list of those that left, with
// the day and the reason.
func TestService_Pack(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		s := pack.NewService(b.Journal)
		if p, err := s.Pack(ctx, org); err != nil || len(p.Measures) != 0 || p.Title == "" {
			t.Fatalf("before anything is chosen: %+v, %v", p, err)
		}
		put := func(m pack.Measure) error {
			_, err := s.Put(ctx, "sec", org, m)
			return err
		}
		for _, code := range []string{"absence", "falls", "turnover"} {
			if err := put(pack.Measure{Indicator: code, Target: "5"}); err != nil {
				t.Fatal(err)
			}
		}
		since := law.NewDate(2026, 4, 1)
		refused(t, put(pack.Measure{Indicator: "falls", Rebase: since}), fault.Invalid, "say why the limits begin anew")
		refused(t, put(pack.Measure{Indicator: "falls", Target: "five"}), fault.Invalid, "is not a number")
		for _, none := range []string{"NaN", "Inf", "1e5", "0x10", "1e400", "5%", "4,5", "-", strings.Repeat("9", 13)} {
			refused(t, put(pack.Measure{Indicator: "falls", Target: none}), fault.Invalid, "is not a number: write digits alone")
		}
		refused(t, put(pack.Measure{Indicator: "falls", Peers: "friends"}), fault.Invalid, "are not known")
		refused(t, put(pack.Measure{Indicator: "falls", Target: "6"}), fault.Invalid, "why the measure is shown in another way")
		refused(t, put(pack.Measure{Indicator: "falls", Target: "6", Reason: strings.Repeat("x", 501)}), fault.Invalid, "in at most 500 letters why")
		if err := put(pack.Measure{Indicator: "falls", Target: "6", Rebase: since, Why: "A ward closed.", Peers: pack.Parts, Reason: "The ward that closed had most falls."}); err != nil {
			t.Fatal(err)
		}
		if err := put(pack.Measure{Indicator: "falls", Target: "6", Rebase: since, Why: "A ward closed.", Peers: pack.Parts, Reason: "Again."}); err != nil {
			t.Fatal(err)
		}
		if p, err := s.Pack(ctx, org); err != nil || len(p.Left()) != 0 || len(p.Terms("falls")) != 1 || p.Terms("falls")[0].Target != "5" || p.Terms("falls")[0].EndReason != "The ward that closed had most falls." {
			t.Errorf("how it was shown before is kept, once: %+v, %v", p, err)
		}
		if err := s.Move(ctx, "sec", org, "turnover", 1); err != nil {
			t.Fatal(err)
		}
		refused(t, s.Move(ctx, "sec", org, "turnover", 4), fault.Invalid, "not between 1 and 3")
		refused(t, s.Leave(ctx, "sec", org, "absence", " "), fault.Invalid, "say in at most 500 letters why")
		if err := s.Leave(ctx, "sec", org, "absence", "The board looks at it elsewhere."); err != nil {
			t.Fatal(err)
		}
		refused(t, s.Leave(ctx, "sec", org, "absence", "again"), fault.NotFound, "is not in the pack")
		p, err := s.Pack(ctx, org)
		if err != nil {
			t.Fatal(err)
		}
		shown := p.Shown()
		if len(shown) != 2 || shown[0].Indicator != "turnover" || shown[1].Indicator != "falls" || shown[1].Position != 2 || shown[1].Peers != pack.Parts || shown[1].Rebase != since {
			t.Errorf("in the pack: %+v", shown)
		}
		if left := p.Left(); len(left) != 1 || left[0].Indicator != "absence" || left[0].EndReason == "" {
			t.Errorf("those that left are kept: %+v", p.Measures)
		}
		if p, err := s.Pack(ctx, "elsewhere"); err != nil || len(p.Measures) != 0 {
			t.Errorf("another organisation has a pack of its own: %+v, %v", p, err)
		}
		schematest.Tamper(t, b, pack.Tables)
	})
}
