package demo_test

import (
	"context"
	"os"
	"path/filepath"
	"sync"
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

// made is a demonstration that is made once, in a folder of its own; each test has a copy of it.
var (
	folder string
	made   = sync.OnceValue(func() (err error) {
		if folder, err = os.MkdirTemp("", "commonweal-demo-"); err != nil {
			return err
		}
		return demo.Build(ctx, demo.Options{House: options(folder), Today: today, Staff: 400, Months: 3})
	})
)

func TestMain(m *testing.M) {
	code := m.Run()
	if folder != "" {
		_ = os.RemoveAll(folder)
	}
	os.Exit(code)
}

func options(dir string) house.Options {
	return house.Options{Database: filepath.Join(dir, "demo.db"), KeyFile: filepath.Join(dir, "demo.key")}
}

func build(t *testing.T) *house.House {
	t.Helper()
	if err := made(); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(folder)); err != nil {
		t.Fatal(err)
	}
	o := options(dir)
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
	h := build(t)
	there, err := demo.Exists(ctx, h)
	if err != nil || !there {
		t.Fatalf("exists: %v, %v", there, err)
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
