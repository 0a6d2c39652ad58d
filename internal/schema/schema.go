// Package schema is the one place that sees every room: it holds the numbered
// migrations and gathers what each room declares as governed. Rooms never
// import it; programs and the rooms' external tests do.
package schema

import (
	"context"
	"embed"
	"io/fs"

	"commonweal/internal/base/db"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/notice"
	"commonweal/internal/base/world"
	"commonweal/internal/decide/box"
	"commonweal/internal/decide/keys"
	"commonweal/internal/decide/paper"
	"commonweal/internal/decide/poll"
	"commonweal/internal/listen/action"
	"commonweal/internal/listen/friends"
	"commonweal/internal/listen/wave"
	"commonweal/internal/own/member"
	"commonweal/internal/own/register"
	"commonweal/internal/own/share"
	"commonweal/internal/own/staff"
	"commonweal/internal/own/venture"
	"commonweal/internal/prove/indicator"
	"commonweal/internal/prove/pack"
	"commonweal/internal/prove/published"
	"commonweal/internal/prove/study"
)

//go:embed migrations/*.sql
var files embed.FS

// Migrations are all steps of the schema, in order.
func Migrations() ([]db.Migration, error) {
	dir, err := fs.Sub(files, "migrations")
	if err != nil {
		return nil, err
	}
	return db.Migrations(dir)
}

// Governed are the governed tables of all rooms.
func Governed() []journal.Table {
	var tables []journal.Table
	for _, room := range [][]journal.Table{
		// one line a room, in the order of the wings
		identity.Tables,
		notice.Tables,
		staff.Tables,
		member.Tables,
		share.Tables,
		register.Tables,
		venture.Tables,
		poll.Tables,
		box.Tables,
		keys.Tables,
		paper.Tables,
		wave.Tables,
		action.Tables,
		friends.Tables,
		published.Tables,
		study.Tables,
		indicator.Tables,
		pack.Tables,
	} {
		tables = append(tables, room...)
	}
	return tables
}

// Seals are the sealed sets of all rooms.
func Seals() []journal.Seal {
	return []journal.Seal{published.Seal, friends.Seal, indicator.Seal, study.Seal}
}

// Open opens the database that source names, migrates it and returns the
// journal over it. Close the journal's DB when done.
func Open(ctx context.Context, source string, w *world.World, keys *journal.Keys) (*journal.Journal, error) {
	d, err := db.Open(ctx, source)
	if err != nil {
		return nil, err
	}
	steps, err := Migrations()
	if err == nil {
		err = db.Migrate(ctx, d, steps)
	}
	if err != nil {
		_ = d.Close()
		return nil, err
	}
	return journal.New(d, w, keys, Governed(), Seals()...), nil
}

// Transient are tables that a backup leaves out: what they hold must not come
// back to life with an old backup.
func Transient() []string {
	return []string{"session", "email_code", "rate_limit", "passkey_ceremony", "oidc_state", "request_once", "staff_upload", "staff_upload_piece", "staff_reject"}
}
