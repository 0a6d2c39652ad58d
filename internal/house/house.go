// Package house is every room of one installation under one roof: opened in
// order, given to each other where one needs another, and closed together.
//
// Rooms know nothing of it. The adapters in this package are the only places
// where one room's words are turned into another's.
package house

import (
	"context"
	"errors"
	"log/slog"

	"commonweal/internal/base/identity"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/world"
	"commonweal/internal/schema"
	"commonweal/law"
)

// Options is how an installation is set up. The zero value of every field but
// Database and KeyFile is usable.
type Options struct {
	Database string // a SQLite file or postgres://...
	KeyFile  string // of the record
	Address  string // where people reach it: https://members.example.org
	Demo     bool   // the people are invented
	Identity identity.Options
	Log      *slog.Logger // nil: nowhere
}

// House is one installation, open.
type House struct {
	Journal  *journal.Journal
	World    *world.World
	Law      *law.Library
	Identity *identity.Service
	Demo     bool
	Address  string
}

// Open opens the database, migrates it and opens every room.
func Open(ctx context.Context, w *world.World, o Options) (*House, error) {
	keys, err := journal.LoadKeys(o.KeyFile, w)
	if err != nil {
		return nil, err
	}
	lib, err := law.Load()
	if err != nil {
		return nil, err
	}
	j, err := schema.Open(ctx, o.Database, w, keys)
	if err != nil {
		return nil, err
	}
	h := &House{Journal: j, World: w, Law: lib, Demo: o.Demo, Address: o.Address}
	o.Identity.Demo, o.Identity.Log = o.Demo, o.Log
	if h.Identity, err = identity.New(j, keys, o.Identity); err != nil {
		return nil, errors.Join(err, j.DB().Close())
	}
	return h, nil
}

// Close waits for what is under way and closes the database.
func (h *House) Close() error {
	h.Identity.Wait()
	return h.Journal.DB().Close()
}

// DemoPeople are the invented people that a visitor of the demonstration may
// be, the members without an office first.
func (h *House) DemoPeople(ctx context.Context, _ string) ([]identity.DemoPerson, error) {
	return h.Identity.DemoPeople(ctx)
}
