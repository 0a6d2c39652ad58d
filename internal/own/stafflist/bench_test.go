package stafflist_test

import (
	"bytes"
	"runtime"
	"testing"

	"commonweal/internal/own/stafflist"
	"commonweal/internal/own/stafflist/invent"
)

// many is the list that has to be read in well under a minute.
const many = 100_000

func BenchmarkRead100000(b *testing.B) {
	asAt := date(b, "2026-11-19")
	rows := invent.Generate(1, many, asAt)
	for _, kind := range []struct {
		name    string
		write   func(*bytes.Buffer) error
		profile stafflist.Profile
	}{
		{"csv", func(w *bytes.Buffer) error { return invent.WriteCSV(w, rows, invent.ESR()) }, stafflist.ESR()},
		{"xlsx", func(w *bytes.Buffer) error { return invent.WriteXLSX(w, rows, invent.Local()) }, stafflist.Local()},
	} {
		var file bytes.Buffer
		if err := kind.write(&file); err != nil {
			b.Fatal(err)
		}
		b.Run(kind.name, func(b *testing.B) {
			b.SetBytes(int64(file.Len()))
			b.ReportAllocs()
			for b.Loop() {
				runtime.GC()
				var before, after runtime.MemStats
				runtime.ReadMemStats(&before)
				list := readAll(b, file.Bytes(), kind.profile)
				runtime.ReadMemStats(&after)
				b.ReportMetric(float64(len(list.Rows))/b.Elapsed().Seconds()*float64(b.N), "rows/s")
				b.ReportMetric(float64(after.HeapSys-before.HeapSys)/(1<<20), "MB-grown")
				runtime.KeepAlive(list)
			}
		})
	}
}

func BenchmarkCompare100000(b *testing.B) {
	from, to := date(b, "2026-10-19"), date(b, "2026-11-19")
	rows := invent.Generate(1, many, from)
	first := listOf(b, rows)
	second := listOf(b, invent.Evolve(rows, from, to, 1))
	plan, err := stafflist.Compare(nil, first, from, stafflist.Terms{})
	if err != nil {
		b.Fatal(err)
	}
	known := stafflist.Apply(nil, plan)
	for b.Loop() {
		if _, err := stafflist.Compare(known, second, to, stafflist.Terms{}); err != nil {
			b.Fatal(err)
		}
	}
}
