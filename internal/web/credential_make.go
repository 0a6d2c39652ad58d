package web

import (
	"net/http"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/policy"
	"commonweal/internal/decide/code"
)

// codeScript tells the page's own program (web/credential) what to fetch, and where to
// send what it makes.
type codeScript struct {
	Work, Names, Send, Done string
	File                    string // what the saved file of codes is called
}

// credentialMake is the page in which codes are made.
func (s *Server) credentialMake(i *issue) error {
	work := i.todo()
	if i.none() || work.Empty() {
		return i.redirect(i.path(""))
	}
	f := i.frame("Make the codes", count(work.Count(), "code is", "codes are")+" to be made: "+number(len(work.Voters))+" for members and "+number(work.Count()-len(work.Voters))+
		" spares. They are made on this device and stay here.")
	f.Modules = i.modules("codes.js")
	f.Data = codeScript{Work: i.path("/to-make.json"), Names: i.path("/to-make-with-names.json"), Send: i.path(""), Done: i.path(""), File: work.UUID}
	return i.visit.show(http.StatusOK, "credential_make", f)
}

// credentialWork is the file that says which codes are to be made: numbers alone.
func (s *Server) credentialWork(i *issue) error { return i.sendWork("to-make", false) }

// credentialWorkNames is the same with names and addresses.
func (s *Server) credentialWorkNames(i *issue) error { return i.sendWork("to-make-with-names", true) }

type withNames bool

func (i *issue) sendWork(name string, names withNames) error {
	work, err := i.workFile(names)
	if err != nil {
		return err
	}
	text, err := work.Text()
	if err != nil {
		return err
	}
	h := i.w.Header()
	h.Set("Content-Type", "application/json; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="`+name+`-`+i.poll.Code+`-`+i.contest.Code+`.json"`)
	i.w.WriteHeader(http.StatusOK)
	_, _ = i.w.Write(text) // the reader has gone away if this fails
	return nil
}

func (i *issue) workFile(names withNames) (code.ToDo, error) {
	switch {
	case i.none():
		return code.ToDo{}, fault.Errorf(fault.Conflict, "%s", i.noneWords())
	case i.published:
		return code.ToDo{}, fault.Errorf(fault.Conflict, "notice of poll is given, so no codes are made any more. Codes that are lost are replaced from the spares")
	}
	work := i.todo()
	if !names {
		return work, nil
	}
	if err := i.may(policy.RollView, i.inside()); err != nil {
		return code.ToDo{}, err
	}
	person := map[int]string{}
	var ids []string
	for _, e := range i.voters {
		person[e.Number] = e.Person
		ids = append(ids, e.Person)
	}
	people, err := i.house.Identity.People(i.ctx, i.org.ID, ids)
	if err != nil {
		return code.ToDo{}, err
	}
	for at, v := range work.Voters {
		p := people[person[v.Number]]
		work.Voters[at].Name, work.Voters[at].Email = p.Name(), p.Email
	}
	return work, nil
}
