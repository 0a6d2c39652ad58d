package published

import "testing"

// memory is a Sink that keeps everything, for tests.
type memory struct {
	sources       []Source
	organisations map[string]Organisation
	measures      map[string]Measure
	values        map[key]Value
	rejections    []Rejection
	twice         []key // values handed over more than once
	early         []key // values before their organisation, measure or source
}

type key struct {
	ods, measure string
	period       Period
}

func newMemory() *memory {
	return &memory{organisations: map[string]Organisation{}, measures: map[string]Measure{}, values: map[key]Value{}}
}

func (m *memory) Source(s Source) error { m.sources = append(m.sources, s); return nil }

func (m *memory) Organisation(o Organisation) error { m.organisations[o.ODS] = o; return nil }

func (m *memory) Measure(me Measure) error { m.measures[me.ID] = me; return nil }

func (m *memory) Value(v Value) error {
	k := key{v.ODS, v.Measure, v.Period}
	if _, ok := m.values[k]; ok {
		m.twice = append(m.twice, k)
	}
	_, hasOrganisation := m.organisations[v.ODS]
	_, hasMeasure := m.measures[v.Measure]
	if !hasOrganisation || !hasMeasure || len(m.sources) == 0 {
		m.early = append(m.early, k)
	}
	m.values[k] = v
	return nil
}

func (m *memory) Reject(r Rejection) error { m.rejections = append(m.rejections, r); return nil }

// inOrder fails the test if the reader broke the order that Sink promises.
func (m *memory) inOrder(t *testing.T) {
	t.Helper()
	if len(m.twice) > 0 {
		t.Errorf("%d values came twice, the first %v", len(m.twice), m.twice[0])
	}
	if len(m.early) > 0 {
		t.Errorf("%d values came before what they belong to, the first %v", len(m.early), m.early[0])
	}
}
