package web_test

import (
	"net/http"

	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
)

// votes is what TestAPIEveryOperation asks about votes, in a mutual of its own: Ann
// stands for a post and Ben backs her. Who runs it does so through the room.
func (c *caller) votes() {
	c.t.Helper()
	w := newWall(c.t, "Ann", "Ben", "Cia")
	w.call()
	p := w.poll()
	contest := p.Contests[0].ID
	program := func(person string) *caller {
		one := w.caller(person)
		one.called = c.called
		return one
	}
	ann, ben := program(w.people["Ann"]), program(w.people["Ben"])
	const at = "/api/v1/votes/chair/all"
	ann.anybody().reads("/api/v1/votes")
	ann.anybody().reads("/api/v1/votes/chair")
	ann.anybody().reads(at)
	ann.reads("/api/v1/me/votes")
	ann.posts(at+"/nomination", http.StatusUnprocessableEntity, `{"name":"Ann","statement":"I listen.","interests":""}`)
	ann.posts(at+"/nomination", http.StatusOK, `{"name":"Ann Annson","statement":"I listen.","interests":"None."}`)
	ann.posts(at+"/nomination/backers/search", http.StatusUnprocessableEntity, `{"name":"be"}`)
	var found struct{ Items []struct{ Person string } }
	ann.posts(at+"/nomination/backers/search", http.StatusOK, `{"name":"benson"}`).into(&found)
	if len(found.Items) != 1 || found.Items[0].Person != w.people["Ben"] {
		c.t.Fatalf("found: %+v", found.Items)
	}
	for _, name := range []string{"Ben", "Cia"} {
		ann.posts(at+"/nomination/backers", http.StatusOK, `{"person":%q}`, w.people[name])
	}
	ann.sends(at+"/nomination/photo", "image/png", string(portraitOf(c.t)), http.StatusOK)
	ann.posts(at+"/nomination/photo/remove", http.StatusOK, `{}`)
	var asked struct{ Items []struct{ Nomination string } }
	ben.reads("/api/v1/me/backings").into(&asked)
	if len(asked.Items) != 1 {
		c.t.Fatalf("Ben was asked to back %d candidates", len(asked.Items))
	}
	ann.posts(at+"/nomination/withdraw", http.StatusOK, `{}`)
	ann.posts(at+"/nomination", http.StatusOK, `{"name":"Ann Annson","statement":"I listen.","interests":"None."}`)
	ben.posts(at+"/backings/"+asked.Items[0].Nomination, http.StatusOK, `{"agrees":true}`)
	program(w.people["Cia"]).posts(at+"/backings/"+asked.Items[0].Nomination, http.StatusOK, `{"agrees":true}`)
	ann.reads("/api/v1/me/votes/chair/all")

	w.after(timetable.Roll, 1)
	w.ok(w.House.Polls.MakeRoll(w.ctx, w.officer, "severn", w.id))
	ann.reads("/api/v1/me/votes/chair/all/entry")
	ann.posts(at+"/claims", http.StatusConflict, `{"ground":"I am missing."}`)
	program(w.officer).posts(at+"/claims", http.StatusCreated, `{"ground":"I am missing."}`)
	ann.posts(at+"/voters/search", http.StatusOK, `{"name":"benson"}`)
	ann.posts(at+"/objections", http.StatusCreated, `{"person":%q,"ground":"He left."}`, w.people["Ben"])

	w.ok(w.House.Polls.DecideNomination(w.ctx, w.officer, "severn", contest, w.poll().Contests[0].Nominations[0].ID, poll.Yes, ""))
	w.after(timetable.Withdrawals, 1)
	w.ok(w.House.Polls.FindUncontested(w.ctx, w.officer, "severn", contest))
	w.ok(w.House.Polls.Declare(w.ctx, w.officer, "severn", contest, nil))
	var result struct {
		Result struct {
			Elected []string
			Says    string
		}
		Candidates []struct{ Name string }
	}
	ann.anybody().reads(at).into(&result)
	if len(result.Result.Elected) != 1 || len(result.Candidates) != 1 || result.Result.Says == "" {
		c.t.Errorf("the result: %+v", result)
	}
	ben.posts(at+"/questions", http.StatusCreated, `{"ground":"I heard of it too late."}`)
}
