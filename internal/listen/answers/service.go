package answers

import (
	"context"
	"embed"
	"encoding/hex"
	"io/fs"
	"sync"

	"commonweal/internal/base/db"
	"commonweal/internal/base/world"
	"commonweal/law"
)

// How many sheets are counted at least on a day before the close, how many of those that
// wait are kept for another day, and how many answers a unit must have for a comment to
// keep it.
const (
	LeastMixed    = 10
	LeastKept     = 10
	LeastComments = 20
)

//go:embed migrations/*.sql
var files embed.FS

// Migrations are all steps of the answer side's schema, in order.
func Migrations() ([]db.Migration, error) {
	dir, err := fs.Sub(files, "migrations")
	if err != nil {
		return nil, err
	}
	return db.Migrations(dir)
}

// Service is the answer side. Its methods may be called from several goroutines, and
// by several programs over one database and key file.
type Service struct {
	db    *db.DB
	world *world.World
	keys  *keyFile

	// mixing keeps sheets out of a box while it is mixed: on PostgreSQL a long
	// serialisable transaction among many short ones would never come to its end.
	mixing sync.RWMutex

	mu    sync.Mutex
	known map[string]*asked // terms by wave; they never change
}

// OpenAll opens and migrates the database that source names, and the key file, and
// returns the service over them. Close it when done.
func OpenAll(ctx context.Context, source, keyPath string, w *world.World) (*Service, error) {
	d, err := db.Open(ctx, source)
	if err != nil {
		return nil, err
	}
	steps, err := Migrations()
	if err == nil {
		err = db.Migrate(ctx, d, steps)
	}
	var s *Service
	if err == nil {
		s, err = NewService(ctx, d, keyPath, w)
	}
	if err != nil {
		_ = d.Close()
		return nil, err
	}
	return s, nil
}

// NewService opens the answer side over a migrated database with its key file, which
// is made when it is not there. It puts away what a crash left over. A key file of
// another database is a [fault.Conflict].
func NewService(ctx context.Context, d *db.DB, keyPath string, w *world.World) (*Service, error) {
	s := &Service{db: d, world: w, keys: &keyFile{path: keyPath}, known: map[string]*asked{}}
	if err := s.heal(ctx); err != nil {
		return nil, err
	}
	return s, nil
}

// Close closes the database.
func (s *Service) Close() error { return s.db.Close() }

// DB is the answer side's database, for backups of it. Leave nothing out of them: the
// keys are not in it.
func (s *Service) DB() *db.DB { return s.db }

func (s *Service) today() law.Date { return law.Today(s.world.Now()) }

// randomID is an id that holds no time, unlike those of the register side.
func (s *Service) randomID() string {
	var b [16]byte
	s.world.Bytes(b[:])
	return hex.EncodeToString(b[:])
}
