package web_test

import (
	"cmp"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"commonweal/internal/decide/poll"
	"commonweal/internal/demo/voting"
	"commonweal/internal/own/register"
	"commonweal/internal/own/share"
	"commonweal/internal/prove/pack"
	"commonweal/internal/web"
	"commonweal/law"
)

// visited is a mutual in which every page with an id in its address has something
// to show. The ids are by the beginning of the route, the longest that fits first.
func visited(t *testing.T) (*town, map[string]string) {
	w := newTown(t)
	w.share(w.Amara)
	huw := w.as(w.Secretary)
	lists, err := w.House.Staff.Imports(w.ctx, "severn", "", 1)
	if err != nil {
		t.Fatal(err)
	}
	applied := lists[0].ID
	waiting := huw.upload("/staff/imports", "staff.csv", staffFile(team(5)...), listDay...).leads("/staff/uploads/")
	unknown := huw.upload("/staff/imports", "odd.csv", []byte("Who,Which\r\nAnn,1\r\n"), listDay...).leads("/staff/uploads/")
	amara := w.memberID(w.Amara)
	stake, err := w.House.Shares.Grant(w.ctx, w.Secretary, "severn", share.Stake{Member: amara, Kind: share.Role, Title: "Staff governor", Basis: "rule 22", Granted: w.day("2026-01-01")})
	if err != nil {
		t.Fatal(err)
	}
	request, err := w.House.Register.Ask(w.ctx, "severn", register.Ask{Audience: law.Interested, Name: "Petra Vance", Email: "petra@example.org"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.House.Register.HandOut(w.ctx, w.Secretary, "severn", register.HandingOut{Request: request.ID, Means: register.Shown}); err != nil {
		t.Fatal(err)
	}
	open, err := w.House.Register.Ask(w.ctx, "severn", register.Ask{Audience: law.Interested, Name: "Petra Vance", Email: "petra@example.org"})
	if err != nil {
		t.Fatal(err)
	}
	ledger, err := w.House.Shares.Ledger(w.ctx, "severn")
	if err != nil {
		t.Fatal(err)
	}
	offices, err := w.House.Identity.Appointments(w.ctx, "severn")
	if err != nil {
		t.Fatal(err)
	}
	file, err := w.House.Members.File(w.ctx, "severn", w.Amara)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := w.House.Journal.Sign(w.ctx, "severn"); err != nil {
		t.Fatal(err)
	}
	published, err := w.House.Published.ImportCarried(w.ctx, w.Secretary, "severn")
	if err != nil {
		t.Fatal(err)
	}
	candidate := w.hustings()
	w.evidence()
	last := func(path string) string {
		path, _, _ = strings.Cut(strings.TrimSuffix(path, "/mapping"), "?")
		return path[strings.LastIndex(path, "/")+1:]
	}
	class := ledger.Certificates("")[0].Class
	return w, map[string]string{
		"/evidence/studies/{code}": "rota", "/evidence/studies/{code}/bundle.zip": "done", "/evidence/claims/{claim}": "mortality", "/evidence/pack/{measure}": "absence",
		"/evidence/indicators/{code}": "absence", "/api/v1/studies/{study}": "rota", "/api/v1/indicators/{indicator}": "absence",
		"/record/proof/{seq}": "1", "/evidence/organisations/{ods}": "NQL", "/evidence/imports/{id}": published.Import.ID, "/staff/{id}": w.Amara, "/staff/imports/{id}": applied,
		"/staff/uploads/{id}": last(waiting), "/staff/uploads/{id}/mapping": last(unknown), "/officers/{id}": offices[0].ID, "/membership/receipt/{seq}": "3",
		"/register/members/{id}": amara, "/register/people/{person}": w.Edie, "/register/people/{person}/expel": w.Amara, "/register/people/{person}/void": w.Amara, "/register/people/{person}/apply": w.Edie, "/register/people/{person}/admit": w.Dora,
		"/register/people/{person}/refuse": w.Dora, "/register/people/{person}/details": w.Dora, "/classes/{code}": "staff", "/law/{id}": "society.members.minimum", "/inspection/requests/{id}": request.ID,
		"/inspections/{id}": request.ID, "/inspections/{id}/{act}": open.ID, "/shares/entries/{id}": ledger.Entries()[0].ID, "/shares/classes/{id}": class,
		"/shares/certificates/{id}": ledger.Certificates("")[0].ID, "/membership/certificates/{id}": ledger.Certificates("")[0].ID, "/stakes/{id}": stake,
		"/shares/issue/{member}": amara, "/shares/transfer/{member}": amara, "/shares/convert/{member}": amara, "/shares/redeem/{member}": amara, "/shares/cancel/{member}": amara,
		"/api/v1/members/{person}": w.Amara, "/api/v1/inspection/{request}": request.ID, "/api/v1/inspections/{request}": request.ID, "/api/v1/staff/people/{person}": w.Amara,
		"/api/v1/staff/imports/{import}": applied, "/api/v1/staff/uploads/{upload}": last(waiting), "/api/v1/published/organisations/{ods}": "NQL",
		"/api/v1/published/measures/{measure}": "nss.E", "/api/v1/record/proof/{seq}": "1", "/api/v1/law/rules/{rule}": "society.members.minimum",
		"{poll}": "chair", "{contest}": "all", "{nomination}": candidate.ID, "{sum}": candidate.Photo, "{step}": "declaration",
		"{fact}": file.Facts[0].ID, "{part}": "joiners", "{act}": "answer", "{to}": w.memberID(w.Dora),
	}
}

// evidence is a measure in the board's pack, a study that waits for its data, and one that
// is published.
func (s *site) evidence() {
	s.t.Helper()
	ok := func(err error) {
		s.t.Helper()
		if err != nil {
			s.t.Fatal(err)
		}
	}
	s.measured("absence", wardFigures(), "month", "absence", "ward")
	_, err := s.House.Packs.Put(s.ctx, s.Secretary, "severn", pack.Measure{Indicator: "absence"})
	ok(err)
	_, err = s.House.Studies.Register(s.ctx, s.Secretary, "severn", inquiry())
	ok(err)
	done := inquiry()
	done.Code = "done"
	_, err = s.House.Studies.Register(s.ctx, s.Secretary, "severn", done)
	ok(err)
	_, err = s.House.Studies.Lock(s.ctx, s.Secretary, "severn", done.Code, strings.NewReader(wardFigures()))
	ok(err)
	_, _, err = s.House.Studies.Run(s.ctx, s.Secretary, "severn", done.Code)
	ok(err)
	_, err = s.House.Studies.Publish(s.ctx, s.Secretary, "severn", done.Code)
	ok(err)
}

// ofVotes are addresses that show something while people vote.
var ofVotes = regexp.MustCompile(`^(/board|/keys|/photos|/votes/\{poll\}/\{contest\}/(open|credentials|paper|by-paper|key|carry|entry)|/api/v1/(boards|keys|votes/\{poll\}/\{contest\}|me/votes))`)

// votedIn is a vote that is open, with everybody who has a part in it.
func votedIn(t *testing.T) (*holding, map[string]string, map[string]*browser) {
	h := newSite(t).hold(poll.Proposal, poll.Ask{}, poll.Contest{Code: "all", Title: "All staff", Class: voting.Class, Question: "Should we?"},
		func(_ poll.Contest, v poll.Entry) []int {
			if v.Number == 1 {
				return nil
			}
			return []int{0, 1, 0}
		})
	h.until("vote again")
	now, err := h.Now(h.ctx)
	if err != nil {
		t.Fatal(err)
	}
	o := h.officials
	return h, map[string]string{
		"{poll}": "spring", "{contest}": "all", "{uuid}": now.Contests[0].UUID, "{setup}": h.Setup, "{key}": h.Setup, "{voter}": "1", "{channel}": "paper",
	}, map[string]*browser{
		"a returning officer": h.as(o.ReturningOfficer), "a registrar": h.as(o.Registrar), "a keyholder": h.as(o.Keyholders[0]), "a teller": h.as(o.Tellers[0]),
		"a voter": h.as(h.members[0]), "the public": h.as(""),
	}
}

// fill puts ids into the address of a route.
func fill(route web.Route, ids map[string]string) string {
	path, fits := strings.TrimSuffix(route.Path, "{$}"), ""
	for prefix := range ids {
		if strings.HasPrefix(prefix, "/") && strings.HasPrefix(route.Path, prefix) && len(prefix) > len(fits) {
			fits = prefix
		}
	}
	first := true
	return placeholder.ReplaceAllStringFunc(path, func(name string) string {
		if first && fits != "" {
			first = false
			return ids[fits]
		}
		return cmp.Or(ids[name], "nowhere")
	})
}

// asksForPeople are the forms that may put what is typed into an address: it is
// about organisations, or about people who are invented.
var asksForPeople = map[string]string{
	"/evidence/organisations": "organisations have names that are public",
	"/evidence/power":         "it asks for a month and for numbers",
	"/demo":                   "its people are invented",
	"/law/{id}":               "it asks for facts about an organisation",
}

var (
	getForm = regexp.MustCompile(`(?s)<form[^>]*method="get".*?</form>`)
	textBox = regexp.MustCompile(`<input[^>]*type="(text|search|email)"[^>]*>|<textarea`)
	dateBox = regexp.MustCompile(`name="[a-z_]+-(day|month|year)"`)
)

// Whatever is fetched changes nothing, also where there is something to fetch; and
// no page offers to put what somebody types about people into an address.
func TestFetchingChangesNothing(t *testing.T) {
	w, ids := visited(t)
	server, ok := w.pages.(*web.Server)
	if !ok {
		t.Fatal("the pages are no server")
	}
	readers := map[string]*browser{"the secretary": w.as(w.Secretary), "a member": w.as(w.Amara), "the public": w.as(""), "a returning officer": w.as(w.officerOf("chair"))}
	held, heldIDs, holders := votedIn(t)
	scenes := append([]scene{{ofVotes, held.site, heldIDs, holders}}, surveyScenes(t)...)
	asked, shown := 0, 0
	for _, route := range server.Routes() {
		if route.Method != http.MethodGet {
			continue
		}
		w, ids, readers := w, ids, readers
		for _, scene := range scenes {
			if scene.of.MatchString(route.Path) {
				w, ids, readers = &town{site: scene.site}, scene.ids, scene.readers
				break
			}
		}
		for end, name := range map[string]string{"files/{name}": "draft.json", "mine/{name}": "dkey.txt", "open/{name}": "part.json"} {
			if strings.HasSuffix(route.Path, end) && w.site == held.site {
				ids["{name}"] = name
			}
		}
		path := fill(route, ids)
		before := w.everything()
		found := false
		for who, b := range readers {
			for _, method := range []string{http.MethodGet, http.MethodHead} {
				a := b.do(httptest.NewRequest(method, path, nil))
				found = found || a.Status == http.StatusOK
				if after := w.everything(); after != before {
					t.Fatalf("%s %s by %s: the record grew from %d to %d", method, path, who, before, after)
				}
				for _, form := range getForm.FindAllString(a.Body, -1) {
					for _, box := range textBox.FindAllString(form, -1) {
						if !dateBox.MatchString(box) && asksForPeople[route.Path] == "" {
							t.Errorf("%s: what is typed comes into the address: %s", path, box)
						}
					}
				}
			}
		}
		if asked++; found {
			shown++
		} else {
			t.Logf("%s shows nothing to any of them", path)
		}
	}
	// The rest are later steps of a form, of a venture, of the machine.
	if shown*100 < asked*85 {
		t.Errorf("of %d addresses only %d show something: the others prove little", asked, shown)
	}
}
