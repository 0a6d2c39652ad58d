package study_test

import (
	"bytes"
	"context"
	"io"
	"slices"
	"strings"
	"testing"

	"commonweal/internal/base/fault"
	"commonweal/internal/prove/study"
	"commonweal/internal/schema/schematest"
)

// cutOff is a file whose reader is cut off when it has been read.
type cutOff struct {
	io.Reader
	cut context.CancelFunc
}

func (c cutOff) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	if err != nil {
		c.cut()
	}
	return n, err
}

// A step that was cut off leaves nothing behind, and the same step is then taken. Taken
// already, it is refused with what the study has become, and nothing is there twice.
func TestService_SameStepAfterACut(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		s := study.New(b.Journal, "test")
		spec, raw := quick()
		steps := []struct {
			name string
			do   func(ctx context.Context, cut context.CancelFunc) error
			says string
		}{
			{"register", func(ctx context.Context, _ context.CancelFunc) error {
				_, err := s.Register(ctx, "sec", org, spec)
				return err
			}, "is on record already: it was registered on 2026-11-19 with this very specification, and is registered"},
			{"lock", func(ctx context.Context, cut context.CancelFunc) error {
				_, err := s.Lock(ctx, "sec", org, spec.Code, cutOff{strings.NewReader(raw), cut})
				return err
			}, "is locked already: nothing was done now"},
			{"run", func(ctx context.Context, _ context.CancelFunc) error {
				_, _, err := s.Run(ctx, "sec", org, spec.Code)
				return err
			}, "is run already: nothing was done now"},
			{"publish", func(ctx context.Context, _ context.CancelFunc) error {
				_, err := s.Publish(ctx, "sec", org, spec.Code)
				return err
			}, "is published already: nothing was done now"},
			{"withdraw", func(ctx context.Context, _ context.CancelFunc) error {
				_, err := s.Withdraw(ctx, "sec", org, spec.Code, "A merger was missed.")
				return err
			}, "was withdrawn"},
		}
		for n, step := range steps {
			cut, stop := context.WithCancel(ctx)
			if step.name != "lock" {
				stop()
			}
			if err := step.do(cut, stop); err == nil {
				t.Errorf("%s: it was cut off, and says that it was done", step.name)
			}
			if one, err := s.One(ctx, org, spec.Code); n > 0 && (err != nil || len(one.Steps) != n-1) || n == 0 && !fault.Is(err, fault.NotFound) {
				t.Fatalf("%s: cut off, it left %+v, %v", step.name, one.Steps, err)
			}
			if err := step.do(ctx, func() {}); err != nil {
				t.Fatalf("%s: %v", step.name, err)
			}
			refused(t, step.do(ctx, func() {}), fault.Conflict, step.says)
		}
		one, err := s.One(ctx, org, spec.Code)
		if err != nil || len(one.Steps) != len(steps)-1 {
			t.Errorf("%+v, %v", one.Steps, err)
		}
		entries, err := s.Entries(ctx, org, spec.Code)
		if err != nil || len(entries) != len(steps) {
			t.Errorf("%v, %v", entries, err)
		}
		reports, err := b.Journal.Fsck(ctx)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range reports {
			if !r.OK() {
				t.Errorf("%+v", r)
			}
		}
	})
}

// The data that a study is locked to are known again in any order of rows, and others are
// not taken for them.
func TestStudy_LockedTo(t *testing.T) {
	b := schematest.SQLite(t)
	s := study.New(b.Journal, "test")
	spec, raw := quick()
	if _, err := s.Register(ctx, "sec", org, spec); err != nil {
		t.Fatal(err)
	}
	one, err := s.Lock(ctx, "sec", org, spec.Code, strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	rows := strings.Split(strings.TrimSpace(raw), "\n")
	slices.Reverse(rows[1:])
	if same, err := one.LockedTo(strings.NewReader(strings.Join(rows, "\n"))); err != nil || !same {
		t.Errorf("the same rows in another order: %v, %v", same, err)
	}
	if same, err := one.LockedTo(strings.NewReader(strings.Join(rows[:len(rows)-1], "\n"))); err != nil || same {
		t.Errorf("a row fewer: %v, %v", same, err)
	}
}

// A bundle that was altered and one that another version of the program made with other
// figures are told apart: whoever reads "altered" suspects somebody.
func TestVerify_AlteredOrAnotherVersion(t *testing.T) {
	service := study.New(schematest.SQLite(t).Journal, "v1.0.0")
	registered, err := study.ReadBundle(bytes.NewReader(published1(t, service)))
	if err != nil {
		t.Fatal(err)
	}
	spec, raw := quick()
	alone, err := study.Make(spec, locked(t, spec, raw), study.Registration{}, "v1.0.0")
	if err != nil {
		t.Fatal(err)
	}
	// figures is the bundle as a version would have made it that gave other figures.
	figures := func(b study.Bundle) *study.Bundle {
		out, err := study.ReadOutput(b.JSON)
		if err != nil {
			t.Fatal(err)
		}
		out.Results[0].Estimates[0].Value += 0.001
		if b.JSON, err = out.JSON(); err != nil {
			t.Fatal(err)
		}
		b.Text, b.Manifest.OutputSHA256 = out.Text(), study.HashOf(b.JSON)
		return &b
	}
	words := *alone
	words.Text = append(slices.Clone(words.Text), "It works.\n"...)
	for name, c := range map[string]struct {
		bundle  *study.Bundle
		program string
		altered bool
		says    string
	}{
		"nothing, by another version":              {registered, "v1.1.0", false, ""},
		"other figures of another version":         {figures(*alone), "v1.1.0", false, "output.json differs from what the run gives, first in line"},
		"other figures of the same version":        {figures(*alone), "v1.0.0", true, "output.json differs from what the run gives"},
		"other figures of nobody knows what":       {figures(*alone), "", true, "output.json differs from what the run gives"},
		"other figures than the record has":        {figures(*registered), "v1.1.0", true, "is the run of other data, or with another output"},
		"other words than the figures beside them": {&words, "v1.1.0", false, "it was altered, or version \"v1.0.0\" words it otherwise"},
		"other words of the same version":          {&words, "v1.0.0", true, "output.txt differs from what the run gives"},
	} {
		r, err := study.Verify(c.bundle, "", c.program)
		if err != nil {
			t.Fatal(err)
		}
		found := r.Differs
		if c.altered {
			found = r.Findings
		}
		if r.Altered() != c.altered || r.OK() != (c.says == "") || c.says != "" && !strings.Contains(strings.Join(found, "\n"), c.says) {
			t.Errorf("%s: altered %v: %q, differs %q; want %v ...%s...", name, r.Altered(), r.Findings, r.Differs, c.altered, c.says)
		}
	}
}

// What parts the cells of a file decides what a comma within a number may be, also in the
// columns that a study is locked to.
func TestLockData_CommaInASemicolonFile(t *testing.T) {
	spec, raw := quick()
	raw = strings.ReplaceAll(raw, ",", ";")
	if _, err := study.LockData(spec, strings.NewReader(raw)); err != nil {
		t.Fatal(err)
	}
	rows := strings.Split(strings.TrimSpace(raw), "\n")
	rows[3] = rows[3][:strings.LastIndex(rows[3], ";")+1] + "1,234"
	_, err := study.LockData(spec, strings.NewReader(strings.Join(rows, "\n")))
	refused(t, err, fault.Invalid, `row 4, y: "1,234" has a comma, which in a file with semicolons may part thousands or decimals`)
}

// One series that leaves a month out is refused at the lock where it comes first, and says
// so where it stands beside others: its trend is counted by the place.
func TestRun_InterruptedSeriesWithAGap(t *testing.T) {
	spec, _ := quick()
	spec.Treatment.Units, spec.Treatment.From = []string{"a"}, 202307
	spec.Window = study.Window{From: 202301, To: 202312}
	spec.Primary, spec.Also = study.Specification{Name: "series", Method: study.Interrupted}, nil
	var rows []string
	for at, unit := range []string{"a", "b", "c", "d"} {
		for month := 1; month <= 12; month++ {
			if unit != "a" || month != 4 {
				rows = append(rows, unit+",2023"+string(rune('0'+month/10))+string(rune('0'+month%10))+",4."+string(rune('0'+(at*at*7+month*month*5+at*month)%10)))
			}
		}
	}
	raw := "unit,time,y\n" + strings.Join(rows, "\n")
	const gap = "nothing stands between 202303 and 202305"
	s := study.New(schematest.SQLite(t).Journal, "test")
	if _, err := s.Register(ctx, "sec", org, spec); err != nil {
		t.Fatal(err)
	}
	_, err := s.Lock(ctx, "sec", org, spec.Code, strings.NewReader(raw))
	refused(t, err, fault.Invalid, gap)
	spec.Primary, spec.Also = study.Specification{Name: "plain", Method: study.FixedEffects}, []study.Specification{spec.Primary}
	out := run(t, spec, []byte(raw))
	if at := slices.IndexFunc(out.Results, func(r study.Result) bool { return r.Method == study.Interrupted }); !strings.Contains(out.Results[at].Refused, gap) {
		t.Errorf("%+v", out.Results[at])
	}
}
