package cli

import (
	"flag"
	"fmt"
	"path/filepath"
	"strconv"
	"strings"

	"commonweal/belenios"
	"commonweal/belenios/archive"
	"commonweal/belenios/archive/rehearsal"
	"commonweal/internal/base/fault"
)

func electionDemoCommand() command {
	return command{
		name:  "election demo",
		about: "Hold a whole election with invented voters, for teaching and for trying things out",
		help: `Writes the archive and, in a folder for each, what the registrar and the trustees would have
kept to themselves. Never use any of it for a real election: one program has known it all.

With --until it stops earlier, so that the rest can be done by hand: voting, tallied,
shuffling, decrypting or finished.`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			kind := f.String("kind", "homomorphic", "`kind` of questions: homomorphic, which are counted, or ranked")
			voters := f.Int("voters", 20, "`number` of voters")
			out := f.String("out", "", "new `folder` for the election")
			group := f.String("group", "", "`name` of the group (default: what \"election draft\" takes)")
			until := f.String("until", "finished", "`stage` to stop at")
			return func(c *call) error {
				plan, err := demoPlan(*kind, *group, *voters)
				if err != nil {
					return err
				}
				if plan.Stop, err = stageOf(*until); err != nil {
					return err
				}
				if *out == "" {
					return usagef("give --out, a new folder for the election")
				}
				return c.electionDemo(*out, plan)
			}
		},
	}
}

func demoPlan(kind, group string, voters int) (rehearsal.Plan, error) {
	if voters < 1 {
		return rehearsal.Plan{}, usagef("--voters is %d", voters)
	}
	make, usual := rehearsal.Homomorphic, homomorphicGroup
	switch kind {
	case "homomorphic":
	case "ranked":
		make, usual = rehearsal.Ranked, rankedGroup
	default:
		return rehearsal.Plan{}, usagef("there is no kind %q: it is homomorphic or ranked", kind)
	}
	if group == "" {
		group = usual
	}
	plan := make(group, voters)
	plan.Extra = append(plan.Extra, belenios.Field{Name: "commonweal", Raw: []byte(`{"decryptions":"bound"}`)})
	return plan, nil
}

// stageOf finds a stage by its name.
func stageOf(name string) (archive.Stage, error) {
	for s := archive.Voting; s <= archive.Finished; s++ {
		if s.String() == name && s != archive.Closed {
			return s, nil
		}
	}
	return 0, usagef("there is no stage %q: it is voting, tallied, shuffling, decrypting or finished", name)
}

func (c *call) electionDemo(dir string, plan rehearsal.Plan) error {
	if err := folder(dir); err != nil {
		return err
	}
	var path string
	done := c.progress("holding the election")
	cast, err := rehearsal.Hold(c.ctx, chance{c}, c.World.Now().Unix(), func(uuid string) string {
		path = filepath.Join(dir, uuid+".bel")
		return path
	}, plan)
	done()
	if err != nil {
		return fault.Wrap(fault.Invalid, err, "the election could not be held")
	}
	if err := c.writeCast(dir, cast); err != nil {
		return err
	}
	pf(c.Out, "%s\n", path)
	return nil
}

// writeCast writes what each party would have kept.
func (c *call) writeCast(dir string, cast *rehearsal.Cast) error {
	var private strings.Builder
	for i, text := range cast.Credentials {
		fmt.Fprintf(&private, "%d %s\n", i+1, text)
	}
	registrar := filepath.Join(dir, "registrar")
	if err := folder(registrar); err != nil {
		return err
	}
	if err := keep(filepath.Join(registrar, cast.UUID+".privcreds"), secretMode, []byte(private.String())); err != nil {
		return err
	}
	for _, t := range cast.Trustees {
		own := filepath.Join(dir, "trustee-"+strconv.Itoa(t.Owner))
		if err := folder(own); err != nil {
			return err
		}
		files := map[string][]byte{"trustee.privkey": t.Private.Bytes()}
		if t.Seed != "" {
			files = map[string][]byte{t.Cert.ID() + ".key": []byte(t.Seed), t.Cert.ID() + ".dkey": []byte(t.DecryptionKey)}
		}
		for name, data := range files {
			if err := keep(filepath.Join(own, name), secretMode, lines(data)); err != nil {
				return err
			}
		}
	}
	return nil
}
