package poll_test

import (
	"testing"
	"time"

	"commonweal/internal/decide/poll"
	"commonweal/internal/schema/schematest"
	"commonweal/law"
)

// Turnout is said of fixed instants: nine in the morning of working days counted back
// from the close, in London, and the close itself; never of a time before the opening.
func TestTurnoutTimes(t *testing.T) {
	m := newMutual(t, schematest.SQLite(t))
	id, nursing, _ := m.announced()
	p := m.poll(id)
	var got []string
	for _, at := range p.TurnoutTimes() {
		got = append(got, at.In(law.London()).Format("Mon 2006-01-02 15:04"))
	}
	ten, five := p.Timetable.Before(10), p.Timetable.Before(5)
	want := []string{ten.String() + " 09:00", five.String() + " 09:00", p.Closes.In(law.London()).Format("2006-01-02 15:04")}
	if len(got) != len(want) {
		t.Fatalf("%v, want %v", got, want)
	}
	for i := range want {
		if got[i][4:] != want[i] {
			t.Errorf("%v, want %v", got[i], want[i])
		}
	}
	p.Rules.TurnoutAt = []int{0, 60, 5, 5}
	if n := len(p.TurnoutTimes()); n != 2 {
		t.Errorf("%d instants: before the opening there is none, and none comes twice", n)
	}
	p.Announced = time.Time{}
	if n := len(p.TurnoutTimes()); n != 0 {
		t.Errorf("%d instants of a poll whose notice is not given", n)
	}
	for _, tc := range []struct {
		least int
		want  bool
	}{{nursing.Roll.Voters(), true}, {nursing.Roll.Voters() + 1, false}} {
		p.Rules.MinimumCell = tc.least
		if p.TurnoutShown(nursing) != tc.want {
			t.Errorf("of %d voters with a minimum of %d: %v", nursing.Roll.Voters(), tc.least, !tc.want)
		}
	}
	if p.TurnoutShown(poll.Contest{}) {
		t.Error("of a contest without a roll")
	}
}
