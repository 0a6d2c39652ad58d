package world_test

import (
	"regexp"
	"testing"
	"time"

	"commonweal/internal/base/world"
)

var start = time.Date(2026, 11, 19, 9, 30, 0, 0, time.UTC)

// Ids are UUIDv7 and rise, also within one millisecond, over the counter's
// end, and when the clock steps back.
func TestID_Rises(t *testing.T) {
	clock := world.At(start)
	w := world.Fixed(clock, 1)
	form := regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	last := ""
	for i := range 10_000 {
		if i == 6_000 {
			clock.Advance(-time.Hour)
		}
		id := w.ID()
		if !form.MatchString(id) {
			t.Fatalf("%s is no UUIDv7", id)
		}
		if id <= last {
			t.Fatalf("id %d: %s does not come after %s", i, id, last)
		}
		last = id
	}
}

// The first 48 bits are the milliseconds since 1970 (RFC 9562, section 5.7).
func TestID_HoldsTheTime(t *testing.T) {
	id := world.Fixed(world.At(time.UnixMilli(0x0123456789ab)), 1).ID()
	if id[:13] != "01234567-89ab" {
		t.Errorf("got %s", id)
	}
}

// One seed gives one stream of chance, another gives another.
func TestFixed_Repeats(t *testing.T) {
	ids := func(seed uint64) string { return world.Fixed(world.At(start), seed).ID() }
	first, again := ids(1), ids(1)
	if first != again {
		t.Error("the same seed gave two ids")
	}
	if first == ids(2) {
		t.Error("two seeds gave the same id")
	}
}

func TestStamp_SortsAndIsUTC(t *testing.T) {
	london := time.FixedZone("BST", 3600)
	w := world.Fixed(world.At(time.Date(2026, 7, 1, 0, 30, 0, 123456789, london)), 1)
	if got := w.Stamp(); got != "2026-06-30T23:30:00.123Z" {
		t.Errorf("got %s", got)
	}
}
