package house

import (
	"strings"
	"testing"

	"commonweal/internal/base/fault"
	"commonweal/internal/listen/wave"
	"commonweal/survey/disclose"
)

// rules puts people of invented lists into teams by their staff groups, two directorates.
const unitRules = `code,name,part_of,site,staff_group,job_role
care,Care,,,,
support,Support,,,,
nursing,Nursing,care,,Nursing and Midwifery Registered,
clinical,Clinical support,care,,Additional Clinical Services,
therapies,Therapies,care,,Allied Health Professionals,
rest,Everybody else,support,,,
`

// A release is stored when the attacker finds nothing, with its certificate, and again it
// is refused.
func TestWave_Release(t *testing.T) {
	rules, wrong := wave.ReadRules(strings.NewReader(unitRules))
	if len(wrong) > 0 {
		t.Fatal(wrong)
	}
	l := newListening(t, 150, func(p *wave.Plan) { p.Rules = rules })
	people, err := l.Waves.Asked(ctx, "wye", l.w.ID)
	l.ok(err)
	if _, err := l.ReleaseWave(ctx, l.Secretary, "wye", l.w.ID); !fault.Is(err, fault.Conflict) {
		t.Errorf("released while open: %v", err)
	}
	for i, p := range people[:110] {
		s := l.sheet(i)
		s.Token = l.pass(p).String()
		_, err := l.Answers.Take(ctx, l.w.ID, s)
		l.ok(err)
	}
	l.days(15)
	r, err := l.ReleaseWave(ctx, l.Secretary, "wye", l.w.ID)
	l.ok(err)
	stored, shown, certificate, err := l.ReleaseOf(ctx, "wye", l.w.ID)
	l.ok(err)
	if stored.ID != r.ID || r.Number != 1 {
		t.Errorf("release %+v", r)
	}
	if hash, err := shown.Hash(); err != nil || certificate.Release != hash {
		t.Errorf("the certificate is of %s and the release %s (%v)", certificate.Release, hash, err)
	}
	if f, ok := shown.At(wave.Whole, disclose.Everybody); !ok || f.Base != 110 {
		t.Errorf("the whole organisation: %+v, %v", f, ok)
	}
	bundle, err := l.ReleaseBundle(ctx, "wye", l.w.ID)
	l.ok(err)
	b, err := disclose.ReadBundle(bundle)
	l.ok(err)
	l.ok(b.Check())
	found, _, err := disclose.Attack(append(b.Earlier, b.Release), b.Public)
	l.ok(err)
	if len(found) > 0 {
		t.Errorf("the attacker finds %v in what was released", found)
	}
	if _, err := l.ReleaseWave(ctx, l.Secretary, "wye", l.w.ID); !fault.Is(err, fault.Conflict) {
		t.Errorf("released twice: %v", err)
	}
	l.read(l.w.ID)
	if l.w.Stage(l.Clock.Now()) != wave.Released {
		t.Errorf("after the release the survey is %s", l.w.Stage(l.Clock.Now()))
	}
	if wrongs, err := l.AuditWaves(ctx, "wye"); err != nil || len(wrongs) > 0 {
		t.Errorf("the audit finds %v (%v)", wrongs, err)
	}
}
