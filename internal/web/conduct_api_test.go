package web_test

import (
	"bytes"
	"crypto/rand"
	"net/http"
	"testing"
	"time"

	"commonweal/belenios"
	"commonweal/belenios/archive"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/policy"
	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/internal/demo/voting"
)

// conductDraft is a draft of the council election as a program sends it.
const conductDraft = `{"code":%q,"title":"Staff council","kind":"constituency","closes":"2027-03-05","rules":{"backers":1,"revote":"last-counts","turnout_at":[0]},
	"contests":[{"code":"nursing","title":"Nursing","class":"staff","constituency":"nursing","seats":2},{"code":"others","title":"Others","class":"staff","constituency":"others","seats":1}]}`

// conduct is what TestAPIEveryOperation asks about the holding of votes, in two
// mutuals of their own: one election up to an empty seat, and one from its notice on.
func (c *caller) conduct() {
	c.t.Helper()
	e := newElecting(c.t)
	as := func(person string) *caller {
		one := e.caller(person)
		one.called = c.called
		return one
	}
	huw, at := as(e.Secretary), "/api/v1/conduct/votes/council-2027"
	huw.posts("/api/v1/conduct/votes", http.StatusUnprocessableEntity, conductDraft, "new")
	huw.posts("/api/v1/conduct/votes", http.StatusCreated, conductDraft, "draft")
	huw.posts("/api/v1/conduct/votes/draft/edit", http.StatusOK, conductDraft, "council-2027")
	huw.posts("/api/v1/conduct/votes", http.StatusCreated, conductDraft, "spare")
	huw.posts("/api/v1/conduct/votes/spare/abandon", http.StatusOK, `{"reason":"One is enough."}`)
	huw.posts(at+"/call", http.StatusConflict, `{}`)
	e.officials(council)
	huw.posts(at+"/call", http.StatusOK, `{}`)
	huw.reads("/api/v1/conduct/tasks")
	huw.reads(at)
	huw.reads(at + "/officials")
	as(e.staff["Amara"]).reads(at + "/notice/missing")
	officer := as(e.Officer)
	officer.posts(at+"/days/declaration", http.StatusOK, `{"day":"2027-03-09","reason":"The hall is free then."}`)
	officer.posts(at+"/close", http.StatusOK, `{"day":"2027-03-08","reason":"A day later."}`)
	huw.posts(at+"/close", http.StatusForbidden, `{"day":"2027-03-09","reason":"Another."}`)

	e.at("2027-01-13")
	officer = as(e.Officer)
	c.nominations(officer, e, at)
	e.at("2027-02-02")
	officer = as(e.Officer)
	officer.posts(at+"/contests/others/uncontested", http.StatusOK, `{}`)
	officer.posts(at+"/rolls", http.StatusOK, `{}`)
	officer.reads(at + "/rolls")
	officer.reads(at + "/contests/nursing/voters?limit=2")
	var nursing, others poll.Contest
	for _, one := range e.poll("council-2027").Contests {
		if one.Code == "nursing" {
			nursing = one
		} else {
			others = one
		}
	}
	claim, err := e.House.Polls.Claim(e.ctx, e.staff["Bryn"], "severn", poll.Claim{Contest: nursing.ID, Person: e.staff["Bryn"], Kind: poll.Objection, About: e.staff["Eira"], Ground: "She left."})
	if err != nil {
		c.t.Fatal(err)
	}
	officer.reads(at + "/claims")
	officer.posts(at+"/claims/"+claim, http.StatusOK, `{"outcome":"upheld","reason":"She did."}`)
	if err := e.House.DeclareResult(e.ctx, e.Officer, "severn", others.ID); err != nil {
		c.t.Fatal(err)
	}
	officer.reads(at + "/petitions")
	var left struct{ Items []struct{ ID string } }
	officer.posts(at+"/vacancies", http.StatusOK, `{"nomination":%q,"reason":"Resigned"}`, others.Standing()[0].ID).into(&left)
	officer.reads(at + "/vacancies")
	officer.posts(at+"/vacancies/"+left.Items[0].ID, http.StatusConflict, `{"take":true}`)
	officer.posts(at+"/vacancies/"+left.Items[0].ID, http.StatusOK, `{"left_because":"The next election is in spring."}`)
	c.holding()
}

func (c *caller) nominations(officer *caller, e *electing, at string) {
	c.t.Helper()
	stand := func(contest, given, backer string) string {
		var made struct{ ID string }
		officer.posts(at+"/nominations", http.StatusCreated, `{"contest":%q,"person":%q,"ballot_name":"%s Pugh","statement":"I listen.","interests":"None."}`, contest, e.staff[given], given).into(&made)
		if backer != "" {
			officer.posts(at+"/nominations/"+made.ID+"/backers", http.StatusOK, `{"person":%q}`, e.staff[backer])
		}
		return made.ID
	}
	for given, backer := range map[string]string{"Amara": "Dai", "Bryn": "Eira", "Cadi": "Amara"} {
		officer.posts(at+"/nominations/"+stand("nursing", given, backer)+"/accept", http.StatusOK, `{}`)
	}
	officer.posts(at+"/nominations/"+stand("others", "Hari", "Gwen")+"/accept", http.StatusOK, `{}`)
	officer.posts(at+"/nominations/"+stand("others", "Ffion", "")+"/refuse", http.StatusOK, `{"reason":"Nobody backs her."}`)
	officer.posts(at+"/nominations/"+stand("nursing", "Dai", "")+"/withdraw", http.StatusOK, `{}`)
	officer.reads(at + "/nominations")
}

// holding is an election from its notice to the opened votes and the lost keyholder.
func (c *caller) holding() {
	c.t.Helper()
	h := newSite(c.t).hold(poll.Constituency, poll.Ask{}, poll.Contest{Code: "everybody", Title: "Everybody", Class: voting.Class, Constituency: voting.Constituency, Seats: 1},
		func(poll.Contest, poll.Entry) []int { return []int{1, 2, 3} })
	officer := func() *caller {
		one := h.caller(h.officials.ReturningOfficer)
		one.called = c.called
		return one
	}
	const at = "/api/v1/conduct/votes/spring"
	h.until("codes")
	officer().posts(at+"/notice", http.StatusOK, `{}`)
	h.until("vote again")
	officer().reads(at + "/contests/everybody/pollbook")
	h.Clock.Set(h.Plan.Poll.Closes.Add(time.Second))
	one := officer()
	one.posts(at+"/contests/everybody/close", http.StatusOK, `{}`)
	h.mix(1)
	one.posts(at+"/contests/everybody/mixes/end", http.StatusConflict, `{}`) // one alone hides nothing from themselves
	h.mix(2)
	one.posts(at+"/contests/everybody/mixes/end", http.StatusOK, `{}`)
	if err := h.Reckon(h.ctx); err != nil {
		c.t.Fatal(err)
	}
	one.reads("/api/v1/votes/spring/everybody/paper")
	h.decrypt(0, 1)
	one.posts(at+"/contests/everybody/open", http.StatusOK, `{}`)
	if err := h.Declare(h.ctx); err != nil {
		c.t.Fatal(err)
	}
	h.Clock.Set(timetable.OpenOn(h.day("2027-04-20")))
	for _, k := range h.officials.Keyholders[:2] {
		if err := h.House.Keys.Destroy(h.ctx, k, "severn", h.ID, "A colleague", "Shredded."); err != nil {
			c.t.Fatal(err)
		}
	}
	officer().posts(at+"/key/absent", http.StatusOK, `{"person":%q,"witness":"The staff side","statement":"Letters came back."}`, h.officials.Keyholders[2])
}

// mix has one keyholder mix the ranked ballots.
func (h *holding) mix(number int) {
	h.t.Helper()
	p, err := h.Now(h.ctx)
	if err != nil {
		h.t.Fatal(err)
	}
	contest := p.Contests[0].ID
	var file bytes.Buffer
	if _, err := h.House.Boxes.Archive(h.ctx, "severn", contest, &file); err != nil {
		h.t.Fatal(err)
	}
	state, _, err := archive.Load(h.ctx, bytes.NewReader(file.Bytes()), int64(file.Len()), archive.Options{})
	if err != nil || state == nil {
		h.t.Fatal("the archive does not verify", err)
	}
	mixed, err := belenios.NewShuffle(rand.Reader, state.Election(), state.Tally().NonHomomorphic())
	if err != nil {
		h.t.Fatal(err)
	}
	if err := h.House.Boxes.AddShuffle(h.ctx, h.officials.Keyholders[number-1], "severn", contest, number, mixed.Bytes()); err != nil {
		h.t.Fatal(err)
	}
}

// Whoever does not hold a vote gets nothing of it by a program either.
func TestConduct_ByProgramRefused(t *testing.T) {
	e := newElecting(t)
	e.called()
	at := "/api/v1/conduct/votes/council-2027"
	for _, path := range []string{"/nominations", "/rolls", "/claims", "/contests/nursing/voters", "/contests/nursing/pollbook"} {
		for who, person := range map[string]string{"a member": e.staff["Amara"], "the secretary": e.Secretary, "a teller": e.Teller} {
			if r := e.program(person).get(at + path); r.Status != http.StatusForbidden {
				t.Errorf("%s gets %s: %d", who, path, r.Status)
			}
		}
	}
	if r := e.program(e.Registrar).get(at + "/claims"); r.Status != http.StatusForbidden {
		t.Errorf("the registrar sees the claims: %d", r.Status)
	}
	// A returning officer of the organisation who is not that of the vote.
	other := e.person("Other", "Officer")
	if _, err := e.House.Identity.Appoint(e.ctx, e.Secretary, identity.Appointment{Org: "severn", Person: other, Role: policy.ReturningOfficer}); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/nominations", "/roll", "/claims", "/pollbook/nursing", "/close", "/key/absent"} {
		e.as(other).get(council + path).want(http.StatusForbidden).says("of this vote may")
	}
	for _, path := range []string{"/roll", "/notice", "/uncontested/nursing", "/result/nursing/close", "/result/nursing/open", "/result/nursing/declare"} {
		e.as(other).post(council + path).want(http.StatusForbidden)
	}
	e.refused(council+"/nominations", council+"/roll", council+"/pollbook/nursing")
}
