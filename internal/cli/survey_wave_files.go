package cli

import (
	"flag"
	"io"
	"os"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/house"
	"commonweal/internal/listen/wave"
	"commonweal/survey/disclose"
)

// released is what a release shows, stored or rehearsed, with its certificate.
func released(c *call, h *house.House, w wave.Wave, rehearse bool) (disclose.Release, disclose.Certificate, error) {
	if rehearse {
		return h.RehearseRelease(c.ctx, w.Org, w.ID)
	}
	_, r, certificate, err := h.ReleaseOf(c.ctx, w.Org, w.ID)
	return r, certificate, err
}

func surveyWaveExportCommand() command {
	return command{
		name:  "survey wave export",
		args:  "CODE FILE",
		about: "Write what anybody needs to check a survey, or its release, offline",
		help: `The bundle of a survey has the notice with the key, every batch of spent passes, and the
proofs that all of it is in the record; check it with commonweal survey verify. With
--release it is the release with the earlier ones that it was tested with and the
certificate; check it with commonweal survey audit. Neither names anybody who was asked.`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			var where waves
			where.declare(f)
			release := f.Bool("release", false, "write the release instead")
			return func(c *call) (err error) {
				h, org, err := where.open(c)
				if err != nil {
					return err
				}
				defer leave(h, &err)
				w, err := h.Waves.ByCode(c.ctx, org, c.args[0])
				if err != nil {
					return err
				}
				if !*release {
					if _, err := h.Journal.Sign(c.ctx, org); err != nil { // so that all of it is under a signed head
						return err
					}
				}
				err = writeFile(c.args[1], func(to io.Writer) error {
					if !*release {
						return h.Waves.WriteBundle(c.ctx, to, org, w.ID)
					}
					bundle, err := h.ReleaseBundle(c.ctx, org, w.ID)
					if err == nil {
						_, err = to.Write(bundle)
					}
					return err
				})
				if err != nil {
					return err
				}
				pf(c.Out, "%s: survey %s\n", c.args[1], w.Code)
				return nil
			}
		},
	}
}

func surveyWaveImportCommand() command {
	return command{
		name:  "survey wave import",
		args:  "FILE",
		about: "Bring in a survey that somebody else asked, with its answers",
		help: `FILE is CSV: a column for each question, called by its name in the instrument, and the
columns unit (code or name of a team), staff_group and, with comments, comment; one row a
person. --plan names the plan, JSON as for survey wave plan, with a source: who asked it.
That everybody answered once cannot be shown of such a survey, and every page says so.`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			var where waves
			where.declare(f)
			plan := f.String("plan", "", "`file` of the plan")
			return func(c *call) (err error) {
				if *plan == "" {
					return usagef("name the plan with --plan")
				}
				p, file, err := readPlan(*plan)
				if err != nil {
					return err
				}
				h, org, err := where.open(c)
				if err != nil {
					return err
				}
				defer leave(h, &err)
				b := wave.BroughtIn{Plan: p, Source: file.Source, Units: wave.UnitsOf(p.Rules)}
				in, err := os.Open(c.args[0])
				if err != nil {
					return fault.Wrap(fault.Invalid, err, "the answers cannot be opened")
				}
				defer func() { _ = in.Close() }()
				sheets, groups, err := house.ReadAnswers(in, b)
				if err != nil {
					return err
				}
				b.Groups = groups
				if file.Eligible != "" {
					code := map[string]string{}
					for _, g := range groups {
						code[g.Name], code[g.Code] = g.Code, g.Code
					}
					if b.Strata, err = readEligible(beside(*plan, file.Eligible, ""), b.Units, func(n string) string { return code[n] }); err != nil {
						return err
					}
				}
				if _, err := h.ImportWave(c.ctx, setup, org, b, sheets); err != nil {
					return err
				}
				pf(c.Out, "%s: %d answers brought in, asked by %s\n", b.Code, len(sheets), b.Source)
				return nil
			}
		},
	}
}

func surveyVerifyCommand() command {
	return command{
		name:  "survey verify",
		args:  "BUNDLE",
		about: "Check a survey offline: passes spent, issued and people asked, and one's own pass",
		help: `Checks that the notice, the key and every batch of spent passes are in the record under a
signed head, and that no more passes are spent than issued, nor issued than there are
people asked. With --token it looks whether that pass is counted. Needs no server.

The key in the bundle is trusted only as far as the bundle is: give the one you were told
with --key.`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			key := f.String("key", "", "`verifier key` that the head of the record must be signed with")
			own := f.String("token", "", "one's own `pass`, or a file that holds it")
			asJSON := f.Bool("json", false, "print as JSON")
			return func(c *call) error {
				in, err := os.Open(c.args[0])
				if err != nil {
					return fault.Wrap(fault.Invalid, err, "the bundle cannot be opened")
				}
				defer func() { _ = in.Close() }()
				b, err := wave.ReadBundle(in)
				if err != nil {
					return err
				}
				if *key == "" {
					say(c.Err, "the key comes from the bundle itself: this shows that the bundle is whole, not that it is genuine. Give --key for that")
				}
				text, err := passOf(*own)
				if err != nil {
					return err
				}
				r, err := wave.Verify(b, *key, text)
				if err != nil {
					return err
				}
				if *asJSON {
					if err := printJSON(c.Out, r); err != nil {
						return err
					}
				} else {
					tellReport(c, r)
				}
				if !r.OK() {
					say(c.Err, "the bundle does not hold together")
					return errFound
				}
				return nil
			}
		},
	}
}

// passOf is a pass given on the command line, or in a file.
func passOf(own string) (string, error) {
	if raw, err := os.ReadFile(own); own != "" && err == nil {
		if len(raw) > 4096 {
			return "", fault.Errorf(fault.Invalid, "the file %s holds no pass", own)
		}
		return strings.TrimSpace(string(raw)), nil
	}
	return strings.TrimSpace(own), nil
}

func tellReport(c *call, r *wave.Report) {
	pf(c.Out, "survey %s, %s\n  notice %s\n  key    %s\n", r.Code, r.Title, r.NoticeHash, r.KeyHash)
	pf(c.Out, "  %d passes spent, %d passes and slips issued, %d people asked\n", r.Spent, r.Issued, r.Eligible)
	if r.Settled {
		pf(c.Out, "  closed with %d answers, on paper too\n", r.Answers)
	}
	if r.Counted > 0 {
		pf(c.Out, "  your pass is counted, in batch %d\n", r.Counted)
	}
	for _, f := range r.Findings {
		pf(c.Out, "  WRONG %s\n", f)
	}
	if r.OK() {
		pf(c.Out, "all agrees, under a head of the record with %d entries\n", r.Size)
	}
}
