package web_test

import (
	"context"
	"errors"
	"net/http"

	"commonweal/internal/base/db"
	"commonweal/internal/base/jobs"
)

// What TestAPIEveryOperation asks about money, messages and the machine.

// certificates issues and lists them, and cancels the newest.
func (c *caller) certificates(class string) {
	c.t.Helper()
	var made struct{ Certificates []struct{ ID string } }
	c.posts("/api/v1/shares/classes/"+class+"/certificates", http.StatusOK, `{}`).into(&made)
	if len(made.Certificates) != 1 {
		c.t.Errorf("%d certificates were issued, want 1", len(made.Certificates))
	}
	var all struct {
		Items []struct{ ID, Cancelled string }
	}
	c.reads("/api/v1/certificates?good=true").into(&all)
	if len(all.Items) == 0 {
		c.t.Fatal("there is no certificate")
	}
	newest := all.Items[len(all.Items)-1]
	c.posts("/api/v1/certificates/"+newest.ID+"/cancel", http.StatusOK, `{}`).into(&newest)
	if newest.Cancelled == "" {
		c.t.Error("it is good still")
	}
	c.posts("/api/v1/certificates/"+newest.ID+"/cancel", http.StatusConflict, `{}`)
}

// payBack pays what shares gave back, and finds one payment not made.
func (c *caller) payBack() {
	c.t.Helper()
	type due struct{ Entry string }
	var before, after struct{ Items []due }
	c.reads("/api/v1/shares/to-pay").into(&before)
	if len(before.Items) != 2 {
		c.t.Fatalf("%d payments are due, want 2", len(before.Items))
	}
	body := `{"entries":[%q,%q],"reference":"payroll 11"}`
	c.posts("/api/v1/shares/payments", http.StatusConflict, body, before.Items[0].Entry, before.Items[0].Entry)
	c.posts("/api/v1/shares/payments", http.StatusOK, body, before.Items[0].Entry, before.Items[1].Entry)
	c.posts("/api/v1/shares/payments/take-back", http.StatusOK, `{"entry":%q}`, before.Items[1].Entry)
	if c.reads("/api/v1/shares/to-pay").into(&after); len(after.Items) != 1 || after.Items[0] != before.Items[1] {
		c.t.Errorf("due after that: %+v", after.Items)
	}
}

// leavers cancels the shares of those who left.
func (c *caller) leavers() {
	c.t.Helper()
	var list struct {
		Seen  string
		Items []struct{ Quantity int }
	}
	c.reads("/api/v1/shares/to-cancel").into(&list)
	if len(list.Items) != 1 || list.Items[0].Quantity != 1 {
		c.t.Fatalf("to be cancelled: %+v", list)
	}
	c.posts("/api/v1/shares/to-cancel", http.StatusConflict, `{"seen":"9-9-9"}`)
	var made struct{ Entries []struct{ Kind string } }
	c.posts("/api/v1/shares/to-cancel", http.StatusOK, `{"seen":%q}`, list.Seen).into(&made)
	if len(made.Entries) != 1 || made.Entries[0].Kind != "cancel" {
		c.t.Errorf("made %+v", made)
	}
}

// messages reads and mutes one's own, and lists what did not arrive.
func (c *caller) messages(hers *caller) {
	c.t.Helper()
	hers.reads("/api/v1/me/messages?limit=1")
	hers.reads("/api/v1/me/messages/preferences")
	var now struct{ Choice string }
	hers.posts("/api/v1/me/messages/preferences", http.StatusOK, `{"kind":"notice.weekly","choice":"never"}`).into(&now)
	if now.Choice != "never" {
		c.t.Errorf("the choice is %q", now.Choice)
	}
	hers.posts("/api/v1/me/messages/preferences", http.StatusUnprocessableEntity, `{"kind":"notice.weekly","choice":"now"}`)
	hers.posts("/api/v1/me/messages/preferences", http.StatusConflict, `{"kind":"member.admitted","choice":"never"}`) // the law asks for it
	c.reads("/api/v1/messages/undelivered")
	c.reads("/api/v1/messages/letters")
	hers.call(hers.request(http.MethodGet, "/api/v1/messages/letters", ""), http.StatusForbidden)
}

// machine looks at the machine, and deals with work that was given up.
func (c *caller) machine() {
	c.t.Helper()
	s := c.program.site
	s.House.Jobs.Handle("test.work", func(context.Context, jobs.Job) error { return jobs.Permanent(errors.New("never")) })
	for _, key := range []string{"one", "two"} {
		err := s.House.Journal.DB().Write(s.ctx, func(tx *db.Tx) error {
			return s.House.Jobs.Add(s.ctx, tx, jobs.Job{Kind: "test.work", Key: key})
		})
		if err != nil {
			c.t.Fatal(err)
		}
	}
	if _, err := s.House.Jobs.RunDue(s.ctx); err != nil {
		c.t.Fatal(err)
	}
	_, pat := s.administrator()
	admin := c.of("platform", pat)
	var m struct {
		Jobs struct{ Failed []struct{ ID string } }
	}
	if admin.reads("/api/v1/machine").into(&m); len(m.Jobs.Failed) != 2 {
		c.t.Fatalf("failed: %+v", m)
	}
	admin.posts("/api/v1/machine/jobs/"+m.Jobs.Failed[0].ID+"/retry", http.StatusOK, `{}`)
	admin.posts("/api/v1/machine/jobs/"+m.Jobs.Failed[1].ID+"/discard", http.StatusOK, `{}`)
	admin.posts("/api/v1/machine/jobs/"+m.Jobs.Failed[1].ID+"/discard", http.StatusNotFound, `{}`)
	c.call(c.request(http.MethodGet, "/api/v1/machine", ""), http.StatusForbidden)
}
