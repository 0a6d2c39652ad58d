package web

import (
	"time"

	"commonweal/internal/base/world"
)

// The health of the machine, without anything about a person.

type machineJSON struct {
	Database string       `json:"database" doc:"sqlite or postgres."`
	Bytes    int64        `json:"bytes" doc:"That the database takes."`
	Schema   int          `json:"schema" doc:"The last step that the database has had."`
	Program  string       `json:"program,omitempty"`
	Now      instant      `json:"now" doc:"What the machine takes the time to be."`
	Jobs     jobsJSON     `json:"jobs"`
	Records  []recordJSON `json:"records"`
	Sealed   []sealedJSON `json:"sealed" doc:"Surveys with answers that no key in the key file of the answers opens; none where all is well."`
}

type sealedJSON struct {
	Organisation string `json:"organisation"`
	Survey       string `json:"survey"`
	Answers      int    `json:"answers"`
}

type jobsJSON struct {
	Waiting     int       `json:"waiting" doc:"Now or for later."`
	Running     int       `json:"running"`
	LateSeconds int64     `json:"late_seconds" doc:"How long the oldest that is due has waited."`
	Failed      []jobJSON `json:"failed" doc:"Those that were given up, the oldest first."`
}

type jobJSON struct {
	ID       string  `json:"id"`
	Kind     string  `json:"kind"`
	Class    string  `json:"class,omitempty" doc:"Of the last error."`
	Attempts int     `json:"attempts"`
	Since    instant `json:"since" doc:"When it was last to run."`
}

type recordJSON struct {
	Organisation string  `json:"organisation"`
	Name         string  `json:"name"`
	Entries      int64   `json:"entries"`
	Unsigned     int64   `json:"unsigned" doc:"Entries since the newest signed head."`
	Signed       instant `json:"signed,omitempty" doc:"When the newest head was signed; left out where there is none."`
	Stale        bool    `json:"stale" doc:"An entry has been in no head for two hours."`
}

func instantOf(at time.Time) instant { return instant(at.UTC().Format(world.TimeFormat)) }

func (v *visit) apiMachine(none) (machineJSON, error) {
	h, err := v.house.Health(v.ctx)
	if err != nil {
		return machineJSON{}, err
	}
	out := machineJSON{
		Database: string(h.Engine), Bytes: h.Bytes, Schema: h.Schema, Program: h.Program, Now: instant(v.house.World.Stamp()),
		Jobs: jobsJSON{Waiting: h.Jobs.Waiting, Running: h.Jobs.Running, LateSeconds: int64(h.Jobs.Late.Seconds())}, Sealed: []sealedJSON{},
	}
	for _, x := range h.Sealed {
		out.Sealed = append(out.Sealed, sealedJSON{x.Org, x.Survey, x.Answers})
	}
	for _, j := range h.Failed {
		out.Jobs.Failed = append(out.Jobs.Failed, jobJSON{j.ID, j.Kind, j.Class, j.Attempts, instantOf(j.RunAt)})
	}
	for _, r := range h.Records {
		one := recordJSON{Organisation: r.Org, Name: r.Name, Entries: r.Entries, Unsigned: r.Unsigned, Stale: v.unsigned(r)}
		if !r.Signed.IsZero() {
			one.Signed = instantOf(r.Signed)
		}
		out.Records = append(out.Records, one)
	}
	return out, nil
}

type jobParams struct {
	Job string `path:"job" max:"60" doc:"The id of work that was given up."`
}

type jobDoneJSON struct {
	Job string `json:"job"`
}

func (v *visit) apiRetryJob(p jobParams, _ none) (jobDoneJSON, error) {
	return jobDoneJSON(p), v.house.Jobs.Retry(v.ctx, p.Job)
}

func (v *visit) apiDiscardJob(p jobParams, _ none) (jobDoneJSON, error) {
	return jobDoneJSON(p), v.house.Jobs.Discard(v.ctx, p.Job)
}
