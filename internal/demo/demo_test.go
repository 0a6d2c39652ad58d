package demo_test

import (
	"context"
	"path/filepath"
	"testing"

	"commonweal/internal/base/world"
	"commonweal/internal/demo"
	"commonweal/internal/house"
	"commonweal/law"
)

var (
	ctx   = context.Background()
	today = law.NewDate(2026, 11, 21)
)

func build(t *testing.T, staff, months int) *house.House {
	t.Helper()
	dir := t.TempDir()
	o := house.Options{Database: filepath.Join(dir, "demo.db"), KeyFile: filepath.Join(dir, "demo.key")}
	err := demo.Build(ctx, demo.Options{House: o, Today: today, Staff: staff, Months: months, Progress: func(s string) { t.Log(s) }})
	if err != nil {
		t.Fatal(err)
	}
	o.Demo = true
	h, err := house.Open(ctx, world.Real(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = h.Close() })
	return h
}

// The demonstration is whole, its record agrees with its tables, and making it
// again is known to be unneeded.
func TestBuild(t *testing.T) {
	h := build(t, 300, 3)
	made, err := demo.Exists(ctx, h)
	if err != nil || !made {
		t.Fatalf("exists: %v, %v", made, err)
	}
	reports, err := h.Journal.Fsck(ctx)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range reports {
		for _, f := range r.Findings {
			t.Errorf("%s: %s", r.Org, f)
		}
	}
	people, err := h.Identity.DemoPeople(ctx)
	if err != nil {
		t.Fatal(err)
	}
	if len(people) < 12 {
		t.Errorf("a visitor may be only %d people", len(people))
	}
}
