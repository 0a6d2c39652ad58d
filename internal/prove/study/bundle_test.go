package study_test

import (
	"archive/zip"
	"bytes"
	"slices"
	"strings"
	"testing"

	"commonweal/internal/prove/study"
	"commonweal/internal/schema/schematest"
)

// bundled is a study that was run without being registered.
func bundled(t testing.TB) *study.Bundle {
	t.Helper()
	s := madeSpec()
	s.Also, s.Subgroups = nil, nil
	d, err := study.LockData(s, strings.NewReader(made(2005)))
	if err != nil {
		t.Fatal(err)
	}
	b, err := study.Make(s, d, study.Registration{}, "test")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Whatever is changed in a bundle is named.
func TestVerify_NamesWhatDiffers(t *testing.T) {
	s := schematest.SQLite(t)
	service := study.New(s.Journal, "test")
	spec := madeSpec()
	if _, err := service.Register(ctx, "sec", org, spec); err != nil {
		t.Fatal(err)
	}
	if _, err := service.Lock(ctx, "sec", org, "made", strings.NewReader(made(2005))); err != nil {
		t.Fatal(err)
	}
	ran, _, err := service.Run(ctx, "sec", org, "made")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		change func(b *study.Bundle)
		says   string
	}{
		"an estimate": {func(b *study.Bundle) {
			b.JSON = bytes.Replace(b.JSON, []byte(`"shown": false`), []byte(`"shown": true`), 1)
		}, "output.json differs from what the run gives, first in line"},
		"the words":    {func(b *study.Bundle) { b.Text = append(b.Text, "It works.\n"...) }, "output.txt differs"},
		"the data":     {func(b *study.Bundle) { b.Data = locked(t, b.Spec, made(2006)) }, "data.csv has the hash"},
		"the question": {func(b *study.Bundle) { b.Spec.Question = "Is it good?" }, "spec.json has the hash"},
		"the day":      {func(b *study.Bundle) { b.Manifest.Registration.Day = "2026-01-01" }, "and the manifest says 2026-01-01"},
		"the proof":    {func(b *study.Bundle) { b.Manifest.Record = nil }, "and has no proof of it"},
		"one entry":    {func(b *study.Bundle) { b.Manifest.Record.Entries = b.Manifest.Record.Entries[1:] }, "does not show both"},
		"an entry": {func(b *study.Bundle) {
			e := &b.Manifest.Record.Entries[0]
			e.Body = strings.Replace(e.Body, "made", "mode", 1)
		}, "is not under the head of the record"},
		"who signed it": {func(b *study.Bundle) { b.Manifest.Record.Org = "another" }, "The head of the record is not signed with the key"},
		"the seed":      {func(b *study.Bundle) { b.Manifest.Seed = 8 }, "the manifest says 8"},
	} {
		b, err := service.Bundle(ctx, org, ran)
		if err != nil {
			t.Fatal(err)
		}
		c.change(b)
		r, err := study.Verify(b, "", "")
		if err != nil {
			t.Fatal(err)
		}
		if !slices.ContainsFunc(r.Findings, func(f string) bool { return strings.Contains(f, c.says) }) {
			t.Errorf("%s: %q; want ...%s...", name, r.Findings, c.says)
		}
		if r.Registered && (name == "the day" || name == "an entry") {
			t.Errorf("%s: it is taken for registered", name)
		}
	}
}

func locked(t *testing.T, s study.Spec, raw string) study.Data {
	t.Helper()
	d, err := study.LockData(s, strings.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// A bundle with files too many, too few, twice or too large is refused before anything is
// made of it.
func TestReadBundle_Refuses(t *testing.T) {
	pack := func(files ...string) []byte {
		var out bytes.Buffer
		z := zip.NewWriter(&out)
		for _, f := range files {
			name, content, _ := strings.Cut(f, "=")
			w, err := z.Create(name)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := w.Write([]byte(content)); err != nil {
				t.Fatal(err)
			}
		}
		if err := z.Close(); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	for name, c := range map[string]struct {
		raw  []byte
		says string
	}{
		"no zip":   {[]byte("hello"), "this is no bundle of a study"},
		"too few":  {pack("manifest.json={}"), "holds 1 files"},
		"twice":    {pack("manifest.json={}", "manifest.json={}", "data.csv=", "output.json=", "output.txt="), "has no spec.json"},
		"unpacked": {pack("manifest.json={}", "spec.json="+strings.Repeat(" ", study.MaxSpec+1), "data.csv=", "output.json=", "output.txt="), "spec.json in the bundle is larger than"},
		"strange":  {pack(`manifest.json={"format":"x"}`, "spec.json={}", "data.csv=", "output.json=", "output.txt="), "has the format"},
	} {
		if _, err := study.ReadBundle(bytes.NewReader(c.raw)); err == nil || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: got %v; want ...%s...", name, err, c.says)
		}
	}
}

// A bundle that can be read can be written, and is then the same.
func FuzzReadBundle(f *testing.F) {
	raw, err := bundled(f).Bytes()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(raw)
	f.Add(raw[:len(raw)/2])
	f.Fuzz(func(t *testing.T, raw []byte) {
		b, err := study.ReadBundle(bytes.NewReader(raw))
		if err != nil {
			return
		}
		once, err := b.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		again, err := study.ReadBundle(bytes.NewReader(once))
		if err != nil {
			t.Fatal(err)
		}
		if twice, err := again.Bytes(); err != nil || !bytes.Equal(once, twice) {
			t.Errorf("it is not the same when it is read again: %v", err)
		}
	})
}

// A specification that can be read has one form, which reads as the same.
func FuzzReadSpec(f *testing.F) {
	for _, s := range []study.Spec{engagement(), madeSpec()} {
		raw, err := s.Canonical()
		if err != nil {
			f.Fatal(err)
		}
		f.Add(raw)
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		s, err := study.ReadSpec(bytes.NewReader(raw))
		if err != nil || len(s.Check()) > 0 {
			return
		}
		once, err := s.Canonical()
		if err != nil {
			t.Fatal(err)
		}
		again, err := study.ReadSpec(bytes.NewReader(once))
		if err != nil {
			t.Fatal(err)
		}
		if twice, err := again.Canonical(); err != nil || !bytes.Equal(once, twice) {
			t.Errorf("%s\n%s\n%v", once, twice, err)
		}
	})
}

// Data that can be locked are locked to themselves, and running them ends.
func FuzzLockData(f *testing.F) {
	f.Add([]byte(made(2005)))
	f.Add([]byte("unit,time,y,z,start,region\na,2001,1,,0,n\n"))
	f.Fuzz(func(t *testing.T, raw []byte) {
		if len(raw) > 4<<10 {
			return
		}
		s := madeSpec()
		d, err := study.LockData(s, bytes.NewReader(raw))
		if err != nil {
			return
		}
		again, err := study.ReadData(s, d.CSV)
		if err != nil || again.Hash() != d.Hash() {
			t.Fatalf("%v\n%q", err, d.CSV)
		}
		_, _ = study.Run(s, d, study.Registration{})
	})
}
