package house

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime/debug"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/jobs"
	"commonweal/internal/base/world"
	"commonweal/internal/listen/wave"
)

// Health is how the machine stands. None of it is about a person.
type Health struct {
	Engine  db.Engine
	Bytes   int64 // that the database takes
	Schema  int   // the last step that the database has had
	Program string
	Jobs    jobs.Health
	Failed  []jobs.FailedJob
	Records []RecordHealth
	Sealed  []SealedHealth // answers that nothing opens; none where all is well
}

// SealedHealth is that answers to a survey are sealed under a key that is not in the key
// file of the answers.
type SealedHealth struct {
	Org, Survey string // Survey is its code
	Answers     int
}

// RecordHealth is how the record of one organisation stands.
type RecordHealth struct {
	Org, Name string
	Entries   int64
	Unsigned  int64     // entries since the newest head
	Signed    time.Time // zero where nothing is signed yet
	Waiting   time.Time // of the oldest entry that is in no head; zero where all are
}

// Health looks at the machine.
func (h *House) Health(ctx context.Context) (out Health, err error) {
	d := h.Journal.DB()
	out.Engine, out.Program = d.Engine(), program()
	if out.Bytes, err = size(ctx, d); err != nil {
		return out, fmt.Errorf("the size of the database: %w", err)
	}
	if out.Schema, err = db.Version(ctx, d); err != nil {
		return out, err
	}
	if out.Jobs, err = h.Jobs.Health(ctx); err != nil {
		return out, err
	}
	if out.Failed, err = h.Jobs.Failed(ctx); err != nil {
		return out, err
	}
	list, err := h.Identity.Organisations(ctx)
	if err != nil {
		return out, err
	}
	for _, o := range list {
		r, err := h.recordHealth(ctx, o.ID)
		if err != nil {
			return out, err
		}
		r.Name = o.Name
		out.Records = append(out.Records, r)
	}
	out.Sealed, err = h.sealedHealth(ctx)
	return out, err
}

func (h *House) sealedHealth(ctx context.Context) (out []SealedHealth, err error) {
	if h.Answers == nil {
		return nil, nil
	}
	err = h.eachWave(ctx, func(ctx context.Context, w wave.Wave) error {
		if w.Published.IsZero() || !w.Settled.IsZero() {
			return nil
		}
		status, err := h.Answers.Status(ctx, w.ID)
		if fault.Is(err, fault.NotFound) || err == nil && status.Lost == 0 {
			return nil
		}
		if err != nil {
			return err
		}
		out = append(out, SealedHealth{Org: w.Org, Survey: w.Code, Answers: status.Lost})
		return nil
	})
	return out, err
}

func (h *House) recordHealth(ctx context.Context, org string) (RecordHealth, error) {
	r := RecordHealth{Org: org}
	last, err := h.Journal.Entries(ctx, org, 0, 1)
	if err != nil {
		return r, err
	}
	if len(last) > 0 {
		r.Entries = last[0].Seq + 1
	}
	head, err := h.Journal.Latest(ctx, org)
	switch {
	case err == nil:
		if r.Signed, err = time.Parse(world.TimeFormat, head.At); err != nil {
			return r, err
		}
	case !fault.Is(err, fault.NotFound):
		return r, err
	}
	if r.Unsigned = r.Entries - head.Size; r.Unsigned == 0 {
		return r, nil
	}
	oldest, err := h.Journal.Entries(ctx, org, head.Size+1, 1)
	if err != nil || len(oldest) == 0 {
		return r, err
	}
	r.Waiting, err = time.Parse(world.TimeFormat, oldest[0].At)
	return r, err
}

// size is how many bytes the database takes. Only the engine knows.
func size(ctx context.Context, d *db.DB) (n int64, err error) {
	if d.Engine() == db.Postgres {
		err = d.Read(ctx, func(tx *db.Tx) error {
			return tx.QueryRow(ctx, `SELECT pg_database_size(current_database())`).Scan(&n)
		})
		return n, err
	}
	for _, suffix := range []string{"", "-wal"} {
		info, err := os.Stat(d.Path() + suffix)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return 0, err
		}
		n += info.Size()
	}
	return n, nil
}

// program says which build this is, as far as the build says.
func program() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	version := info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 && version == "(devel)" {
			version = s.Value[:12]
		}
	}
	return version
}
