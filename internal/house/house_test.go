package house

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/policy"
	"commonweal/internal/base/world"
	"commonweal/internal/own/member"
	"commonweal/internal/own/staff"
	"commonweal/internal/own/stafflist/invent"
	"commonweal/law"
)

var ctx = context.Background()

// home is a house with one mutual, "wye", a community benefit society whose
// secretary is Huw. When the test ends the record is checked.
type home struct {
	*House
	t         testing.TB
	Clock     *world.Clock
	Secretary string
	mail      string
}

func newHome(t testing.TB, change ...func(*Options)) *home {
	t.Helper()
	dir := t.TempDir()
	clock := world.At(time.Date(2026, 11, 19, 9, 30, 0, 0, time.UTC))
	h := &home{t: t, Clock: clock, mail: filepath.Join(dir, "mail")}
	o := Options{Database: filepath.Join(dir, "c.db"), KeyFile: filepath.Join(dir, "c.key"), Mail: "dir:" + h.mail}
	for _, f := range change {
		f(&o)
	}
	var err error
	if h.House, err = Open(ctx, world.Fixed(clock, 1), o); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		reports, err := h.Journal.Fsck(ctx)
		if err != nil {
			t.Error(err)
		}
		for _, r := range reports {
			for _, f := range r.Findings {
				t.Errorf("fsck: %s: %s", r.Org, f)
			}
		}
		if err := h.Close(); err != nil {
			t.Error(err)
		}
	})
	_, people, err := h.Identity.CreateOrganisation(ctx, "setup", identity.Organisation{
		ID: "wye", Name: "Wye Community Health", Kind: identity.Mutual, LegalForm: string(law.BenefitSociety), Opened: h.day("2024-04-01"),
	}, identity.Setup{Person: identity.Person{Given: "Huw", Family: "Prosser", Email: "huw@wye.example"}, Role: policy.Secretary})
	h.ok(err)
	h.Secretary = people[0]
	h.work()
	return h
}

func (h *home) ok(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *home) day(iso string) law.Date {
	h.t.Helper()
	d, err := law.ParseDate(iso)
	h.ok(err)
	return d
}

func (h *home) today() law.Date { return law.Today(h.Clock.Now()) }

// work does what waits.
func (h *home) work() {
	h.t.Helper()
	_, err := h.Jobs.RunDue(ctx)
	h.ok(err)
}

func (h *home) person(given string) string {
	h.t.Helper()
	p, err := h.Identity.NewPerson(ctx, h.Secretary, "wye", identity.Person{Given: given, Family: "Marsh", Email: strings.ToLower(given) + "@wye.example"})
	h.ok(err)
	return p.ID
}

// class makes a class for private persons that the secretary admits to.
func (h *home) class(change ...func(*member.Class)) {
	h.t.Helper()
	c := member.Class{
		Code: "patients", Name: "Patients and carers", Kind: member.Patient, Admission: member.OnApplication, Leaving: member.Keeps, Votes: 1,
		Starts: h.day("2024-04-01"), EligibilityRef: "rule 7",
	}
	for _, f := range change {
		f(&c)
	}
	_, err := h.Members.SaveClass(ctx, h.Secretary, "wye", c)
	h.ok(err)
}

// mails are those delivered since the last look, as they stand in the files.
func (h *home) mails() []string {
	h.t.Helper()
	h.work()
	files, err := filepath.Glob(filepath.Join(h.mail, "*"))
	h.ok(err)
	var out []string
	for _, f := range files {
		data, err := os.ReadFile(f)
		h.ok(err)
		h.ok(os.Remove(f))
		out = append(out, strings.ReplaceAll(strings.ReplaceAll(string(data), "=\r\n", ""), "\r\n", "\n"))
	}
	return out
}

var eight = regexp.MustCompile(`(?m)^ {4}(\d{8})$`)

// code is the code in the only mail since the last look.
func (h *home) code() string {
	h.t.Helper()
	got := h.mails()
	if len(got) != 1 {
		h.t.Fatalf("%d mails; want one with a code", len(got))
	}
	m := eight.FindStringSubmatch(got[0])
	if m == nil {
		h.t.Fatalf("no code in\n%s", got[0])
	}
	return m[1]
}

// one is the only mail since the last look, with its lines joined, as its reader
// sees it without pictures.
func (h *home) one(to string, says ...string) string {
	h.t.Helper()
	got := h.mails()
	if len(got) != 1 {
		h.t.Fatalf("%d mails; want one to %s", len(got), to)
	}
	text := strings.Join(strings.Fields(strings.ReplaceAll(got[0], "=E2=80=99", "’")), " ")
	if !strings.Contains(text, to) {
		h.t.Errorf("the mail is not to %s: %s", to, text)
	}
	for _, s := range says {
		if !strings.Contains(text, s) {
			h.t.Errorf("the mail does not say %q:\n%s", s, text)
		}
	}
	return text
}

func (h *home) none() {
	h.t.Helper()
	if got := h.mails(); len(got) != 0 {
		h.t.Errorf("%d mails; want none:\n%s", len(got), got[0])
	}
}

func (h *home) count(query string, args ...any) (n int) {
	h.t.Helper()
	h.ok(h.Journal.DB().Read(ctx, func(tx *db.Tx) error { return tx.QueryRow(ctx, query, args...).Scan(&n) }))
	return n
}

// load imports a list of about so many invented staff, as the payroll gives it.
func (h *home) load(many int) { h.t.Helper(); h.loadWith(many, nil) }

// loadWith is load of a list in which every address is another.
func (h *home) loadWith(many int, email func(string) string) {
	h.t.Helper()
	rows := invent.Generate(1, many, h.today())
	for i := range rows {
		if email != nil {
			rows[i].Email = email(rows[i].Email)
		}
	}
	var file bytes.Buffer
	h.ok(invent.WriteCSV(&file, rows, invent.ESR()))
	_, err := h.Staff.Import(ctx, h.Secretary, staff.List{
		Org: "wye", Employer: "wye", AsAt: h.today(), File: bytes.NewReader(file.Bytes()), Size: int64(file.Len()), Name: "esr.csv", Profile: "esr",
	}, staff.Confirmed)
	h.ok(err)
}

// free is that nobody is tied to the organisation.
type free struct{}

// Tied implements staff.Ties.
func (free) Tied(context.Context, *db.Tx, string, string) (bool, error) { return false, nil }
