package study_test

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"

	"commonweal/internal/base/fault"
	"commonweal/internal/prove/study"
	"commonweal/internal/schema/schematest"
)

// quick is a study that takes next to no time, and its data.
func quick() (study.Spec, string) {
	s := madeSpec()
	s.Code = "quick"
	s.Outcomes, s.Also, s.Subgroups = s.Outcomes[:1], nil, nil
	s.Treatment = &study.Treatment{Name: "the change", Units: []string{"a", "b"}, From: 2003}
	s.Window = study.Window{From: 2001, To: 2004}
	s.Power = study.Plan{Sites: 2, Smallest: "0.5"}
	s.Primary = study.Specification{Name: "plain", Method: study.FixedEffects}
	var raw strings.Builder
	raw.WriteString("unit,time,y\n")
	for u := range 6 {
		for time := 2001; time <= 2004; time++ {
			fmt.Fprintf(&raw, "%c,%d,%d.%d\n", 'a'+u, time, 4+u%3, (u*u*7+time*time*5+u*time)%10)
		}
	}
	return s, raw.String()
}

// published1 is a quick study that was published, as its bundle.
func published1(t testing.TB, s *study.Service) []byte {
	t.Helper()
	spec, raw := quick()
	if _, err := s.Register(ctx, "sec", org, spec); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Lock(ctx, "sec", org, spec.Code, strings.NewReader(raw)); err != nil {
		t.Fatal(err)
	}
	ran, _, err := s.Run(ctx, "sec", org, spec.Code)
	if err != nil {
		t.Fatal(err)
	}
	b, err := s.Bundle(ctx, org, ran)
	if err != nil {
		t.Fatal(err)
	}
	out, err := b.Bytes()
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func unpacked(t testing.TB, raw []byte) (names []string, contents [][]byte) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(raw), int64(len(raw)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(in)
		if err != nil {
			t.Fatal(err)
		}
		names, contents = append(names, f.Name), append(contents, content)
	}
	return names, contents
}

func packed(t testing.TB, names []string, contents [][]byte) []byte {
	t.Helper()
	var out bytes.Buffer
	z := zip.NewWriter(&out)
	for i, name := range names {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(contents[i]); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// One byte that is changed in any file of a bundle is found: the bundle is refused, or the
// check names what differs. Some of the bytes here; all with COMMONWEAL_LONG.
func TestVerify_AnyByte(t *testing.T) {
	names, contents := unpacked(t, published1(t, study.New(schematest.SQLite(t).Journal, "v1.2.3")))
	step := 97
	switch {
	case os.Getenv("COMMONWEAL_LONG") != "":
		step = 1
	case testing.Short():
		step = 997
	}
	for i, name := range names {
		for at := i; at < len(contents[i]); at += step {
			for _, flip := range []byte{1, ' '} {
				changed := slices.Clone(contents)
				changed[i] = slices.Clone(contents[i])
				changed[i][at] ^= flip
				b, err := study.ReadBundle(bytes.NewReader(packed(t, names, changed)))
				if err != nil {
					continue
				}
				if r, err := study.Verify(b, "", ""); err == nil && r.OK() {
					t.Errorf("%s, byte %d: %q may be %q", name, at, around(contents[i], at), around(changed[i], at))
				}
			}
		}
	}
}

func around(text []byte, at int) []byte { return text[max(0, at-20):min(len(text), at+20)] }

// What another program packed again checks out, and is said to be so. Files that are twice
// there, lie elsewhere, or unpack to more than they may are refused.
func TestReadBundle_OtherZips(t *testing.T) {
	whole := published1(t, study.New(schematest.SQLite(t).Journal, "v1.2.3"))
	names, contents := unpacked(t, whole)
	b, err := study.ReadBundle(bytes.NewReader(whole))
	if err != nil {
		t.Fatal(err)
	}
	if r, err := study.Verify(b, "", ""); err != nil || !r.OK() || len(r.Notes) != 0 {
		t.Errorf("as it was written: %+v, %v", r, err)
	}
	if b, err = study.ReadBundle(bytes.NewReader(packed(t, names, contents))); err != nil {
		t.Fatal(err)
	}
	if r, err := study.Verify(b, "", ""); err != nil || !r.OK() || len(r.Notes) != 1 {
		t.Errorf("packed again: %+v, %v", r, err)
	}
	for name, c := range map[string]struct {
		names []string
		last  []byte
		says  string
	}{
		"two specifications":         {append(slices.Clone(names), "spec.json"), contents[1], "holds 6 files"},
		"two, and no text":           {[]string{"manifest.json", "spec.json", "data.csv", "output.json", "spec.json"}, contents[1], "has no output.txt"},
		"another folder":             {[]string{"manifest.json", "../spec.json", "data.csv", "output.json", "output.txt"}, contents[4], "has no spec.json"},
		"from the root":              {[]string{"manifest.json", "/spec.json", "data.csv", "output.json", "output.txt"}, contents[4], "has no spec.json"},
		"other letters":              {[]string{"manifest.json", "Spec.json", "data.csv", "output.json", "output.txt"}, contents[4], "has no spec.json"},
		"text that unpacks for ever": {names, bytes.Repeat([]byte(" "), 17<<20), "output.txt in the bundle is larger than"},
	} {
		if testing.Short() && len(c.last) > 1<<20 {
			continue
		}
		list := slices.Clone(contents)
		if len(c.names) > len(list) {
			list = append(list, nil)
		}
		list[len(c.names)-1] = c.last
		if _, err := study.ReadBundle(bytes.NewReader(packed(t, c.names, list))); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %v; want ...%s...", name, err, c.says)
		}
	}
	manifest := bytes.Replace(contents[0], []byte(`"seed"`), []byte(`"day":1,"seed"`), 1)
	if _, err := study.ReadBundle(bytes.NewReader(packed(t, names, [][]byte{manifest, contents[1], contents[2], contents[3], contents[4]}))); err == nil {
		t.Error("a manifest with a field that nobody knows is read")
	}
}

// Two at a time lock and run a study, and one of each counts.
func TestService_TwoAtOnce(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		s := study.New(b.Journal, "test")
		spec, raw := quick()
		once := func(what string, do func() error) {
			t.Helper()
			var all sync.WaitGroup
			errs := make([]error, 4)
			for i := range errs {
				all.Go(func() { errs[i] = do() })
			}
			all.Wait()
			done := 0
			for _, err := range errs {
				if err == nil {
					done++
				} else if !fault.Is(err, fault.Conflict) {
					t.Errorf("%s: %v", what, err)
				}
			}
			if done != 1 {
				t.Errorf("%s was done %d times", what, done)
			}
		}
		once("register", func() error { _, err := s.Register(ctx, "sec", org, spec); return err })
		once("lock", func() error { _, err := s.Lock(ctx, "sec", org, spec.Code, strings.NewReader(raw)); return err })
		once("run", func() error { _, _, err := s.Run(ctx, "sec", org, spec.Code); return err })
		once("publish", func() error { _, err := s.Publish(ctx, "sec", org, spec.Code); return err })
		once("withdraw", func() error { _, err := s.Withdraw(ctx, "sec", org, spec.Code, "Nobody likes it."); return err })
		one, err := s.One(ctx, org, spec.Code)
		if err != nil || len(one.Steps) != 4 || !one.Shown() {
			t.Errorf("%+v, %v", one, err)
		}
		bundle, err := s.Bundle(ctx, org, one)
		if err != nil {
			t.Fatal(err)
		}
		r, err := study.Verify(written(t, bundle), "", "")
		if err != nil || !r.OK() || !r.Registered || !slices.ContainsFunc(r.Notes, func(n string) bool { return strings.Contains(n, "was withdrawn on") }) {
			t.Errorf("the bundle of a withdrawn study: %+v, %v", r, err)
		}
		bundle.Manifest.Withdrawn = ""
		if r, err := study.Verify(bundle, "", ""); err != nil || r.OK() {
			t.Errorf("a bundle that hides that the study was withdrawn: %+v, %v", r, err)
		}
	})
}

// Studies of one organisation are nothing to another, which can have one of the same code.
func TestService_AnotherOrganisation(t *testing.T) {
	b := schematest.SQLite(t)
	s := study.New(b.Journal, "test")
	published1(t, s)
	spec, raw := quick()
	const other = "tamar-health"
	for what, do := range map[string]func() error{
		"see":      func() error { _, err := s.One(ctx, other, spec.Code); return err },
		"lock":     func() error { _, err := s.Lock(ctx, "x", other, spec.Code, strings.NewReader(raw)); return err },
		"run":      func() error { _, _, err := s.Run(ctx, "x", other, spec.Code); return err },
		"publish":  func() error { _, err := s.Publish(ctx, "x", other, spec.Code); return err },
		"withdraw": func() error { _, err := s.Withdraw(ctx, "x", other, spec.Code, "It is not ours."); return err },
	} {
		if err := do(); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if _, err := s.Register(ctx, "x", other, spec); err != nil {
		t.Error(err)
	}
	if one, err := s.One(ctx, org, spec.Code); err != nil || len(one.Steps) != 2 {
		t.Errorf("%+v, %v", one, err)
	}
}

// Data that cannot answer whatever they say are refused when the study would be locked to
// them: afterwards nothing could be done but to withdraw it.
func TestService_LockRefusesWhatCannotAnswer(t *testing.T) {
	b := schematest.SQLite(t)
	s := study.New(b.Journal, "test")
	spec, raw := quick()
	for name, c := range map[string]struct {
		change func(*study.Spec)
		says   string
	}{
		"nothing": {func(s *study.Spec) { s.Window = study.Window{From: 1901, To: 1999}; s.Treatment.From = 1950 }, "no row is in the window from 1901 to 1999; there are times from 2001 to 2004"},
		"no start": {func(s *study.Spec) {
			s.Treatment = &study.Treatment{Name: "it", Switch: "y"}
			s.Outcomes[0].Column = "time2"
		}, "no heading"},
		"everybody": {func(s *study.Spec) { s.Treatment.Units = []string{"a", "b", "c", "d", "e", "f"} }, "all 6 units of the pool begin the change at one time"},
		"nobody":    {func(s *study.Spec) { s.Treatment.Units = []string{"a", "z"} }, "unit z is treated and has no row in the pool"},
	} {
		one := spec
		one.Outcomes = slices.Clone(spec.Outcomes)
		treatment := *spec.Treatment
		one.Treatment = &treatment
		c.change(&one)
		one.Code = strings.ReplaceAll(name, " ", "-")
		if _, err := s.Register(ctx, "sec", org, one); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		_, err := s.Lock(ctx, "sec", org, one.Code, strings.NewReader(raw))
		refused(t, err, fault.Invalid, c.says)
	}
}

// What a hostile analyst would put in a specification is refused with the reason.
func TestCheck_HostileAnalyst(t *testing.T) {
	for want, change := range map[string]func(*study.Spec){
		"outcomes: are 25: one to 20": func(s *study.Spec) {
			s.Outcomes = nil
			for i := range 25 {
				s.Outcomes = append(s.Outcomes, study.Outcome{Name: fmt.Sprint("o", i), Column: fmt.Sprint("c", i), Better: study.Down, Covers: 1})
			}
		},
		"values that cover several times overlap": func(s *study.Spec) { s.Outcomes[0].Covers = 12 },
		"from 2004 to 2004 holds fewer than two":  func(s *study.Spec) { s.Window = study.Window{From: 2004, To: 2004} },
		"\"0.2\" is not a decimal above 0":        func(s *study.Spec) { s.Alpha = "0.2" },
		"stopping: is missing":                    func(s *study.Spec) { s.Stopping = " " },
	} {
		s, _ := quick()
		change(&s)
		if err := s.Sound(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q, got %v", want, err)
		}
	}
	_, err := study.ReadSpec(strings.NewReader(`{"v":1,"code":"a","Code":"b"}`))
	refused(t, err, fault.Invalid, "stands twice")
}

// A subgroup of three units says how few they are, and a measure that looks like a moving
// window is warned of whatever was said of it.
func TestRun_FewUnitsAndMovingWindows(t *testing.T) {
	s := madeSpec()
	s.Also = nil
	raw := made(2005)
	rows := strings.Split(strings.TrimSpace(raw), "\n")
	for i, row := range rows[1:] {
		group := "south"
		if u := row[:3]; u == "u01" || u == "u02" || u == "u03" {
			group = "north"
		}
		rows[i+1] = row[:strings.LastIndex(row, ",")+1] + group
	}
	out := run(t, s, []byte(strings.Join(rows, "\n")))
	at := slices.IndexFunc(out.Results, func(r study.Result) bool { return r.Subgroup != "" })
	if r := out.Results[at]; r.Refused == "" && !slices.ContainsFunc(r.Notes, func(n string) bool { return strings.HasPrefix(n, "3 units are in this subgroup") }) {
		t.Errorf("%+v", r)
	}
	plain := slices.ContainsFunc(out.Warnings, func(w string) bool { return strings.Contains(w, "moving window") })
	if plain {
		t.Errorf("single times are taken for a moving window: %q", out.Warnings)
	}
	moving, _ := quick()
	moving.Window, moving.Treatment.From = study.Window{From: 1, To: 36}, 19
	var b strings.Builder
	b.WriteString("unit,time,y\n")
	for u := range 8 {
		for time := 1; time <= 36; time++ {
			sum := 0
			for back := range 12 {
				at := time - back
				sum += (u*7919 + at*at*104729 + at*u*31) % 1000
			}
			fmt.Fprintf(&b, "%c,%d,%d\n", 'a'+u, time, sum/12)
		}
	}
	out = run(t, moving, []byte(b.String()))
	if !slices.ContainsFunc(out.Warnings, func(w string) bool { return strings.Contains(w, "moving window") }) {
		t.Errorf("a moving window is not seen: %q\n%+v", out.Warnings, out.Sheet)
	}
}
