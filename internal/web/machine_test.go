package web_test

import (
	"context"
	"errors"
	"net/http"
	"regexp"
	"testing"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/jobs"
	"commonweal/internal/base/policy"
)

// administrator is whoever runs the machine: of the platform, and of no mutual.
func (s *site) administrator() (*browser, string) {
	s.t.Helper()
	_, people, err := s.House.Identity.CreateOrganisation(s.ctx, "setup", identity.Organisation{ID: "platform", Name: "The platform", Kind: identity.Platform},
		identity.Setup{Person: identity.Person{Given: "Pat", Family: "Root", Email: "pat@platform.example"}, Role: policy.PlatformAdministrator})
	if err != nil {
		s.t.Fatal(err)
	}
	return s.of("platform", people[0]), people[0]
}

// The health of the machine is for whoever runs it, and has nothing about a person.
func TestMachine_HealthWithoutPeople(t *testing.T) {
	s := newSite(t)
	s.refused("/machine")
	s.as(s.Secretary).get("/machine").want(http.StatusForbidden)
	s.as(s.Secretary).post("/machine/jobs/x/retry").want(http.StatusForbidden)
	if _, err := s.House.Journal.Sign(s.ctx, "severn"); err != nil {
		t.Fatal(err)
	}
	pat, id := s.administrator()
	pat.get("/machine").want(http.StatusOK).says("The machine is well.", "SQLite, in this program", "step ", "Severn & Wye Community Health", "today at 9:30am",
		"The platform", "not yet", "commonweal backup").lacks("Prosser", "huw", "Outside")
	s.Clock.Advance(3 * time.Hour)
	pat = s.of("platform", id)
	pat.get("/machine").says("One record has entries without a signed head.")
	pat.get("/staff").want(http.StatusForbidden)
	pat.get("/officers").want(http.StatusForbidden)
}

// Work that was given up is shown by kind and class alone, and tried again.
func TestMachine_RetriesFailedWork(t *testing.T) {
	s := newSite(t)
	fails := true
	s.House.Jobs.Handle("test.work", func(context.Context, jobs.Job) error {
		if fails {
			return jobs.Permanent(errors.New("a name that must not be shown"))
		}
		return nil
	})
	for _, key := range []string{"one", "two"} {
		err := s.House.Journal.DB().Write(s.ctx, func(tx *db.Tx) error {
			return s.House.Jobs.Add(s.ctx, tx, jobs.Job{Kind: "test.work", Payload: "payload-with-ids", Key: key})
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if _, err := s.House.Jobs.RunDue(s.ctx); err != nil {
		t.Fatal(err)
	}
	pat, _ := s.administrator()
	page := pat.get("/machine").want(http.StatusOK).says("Two pieces of work were given up and wait for you.", "test: work").lacks("payload-with-ids", "a name that must not")
	ids := regexp.MustCompile(`/machine/jobs/([^/"]+)/retry`).FindAllStringSubmatch(page.Body, -1)
	if len(ids) != 2 {
		t.Fatalf("got %d", len(ids))
	}
	fails = false
	pat.get(pat.post("/machine/jobs/"+ids[0][1]+"/retry").leads("/machine?done=retried")).says("The work is tried again.", "One piece of work")
	pat.get(pat.post("/machine/jobs/" + ids[1][1] + "/discard").leads("/machine?done=discarded")).says("The work is taken away.").lacks("given up and")
	pat.post("/machine/jobs/" + ids[1][1] + "/retry").want(http.StatusNotFound)
}
