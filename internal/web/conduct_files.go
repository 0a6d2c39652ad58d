package web

import (
	"net/http"
	"strings"

	"commonweal/internal/web/page"
)

// conductParams name a vote.
type conductParams struct {
	Poll string `path:"poll" max:"60" doc:"The code of the vote."`
}

type conductListParams struct {
	conductParams
	pageParams
}

// heldContestParams name a contest of a vote.
type heldContestParams struct {
	conductParams
	Contest string `path:"contest" max:"60" doc:"The code of the contest."`
}

type heldContestListParams struct {
	heldContestParams
	pageParams
}

// conductFiles are the lists of one vote that can be had as files, by the address
// below the vote, with the operation that each holds.
var conductFiles = map[string]string{
	"/officials": "listOfficials", "/nominations": "listNominations", "/roll/{contest}/voters": "listVoters", "/claims": "listClaims",
	"/pollbook/{contest}/marks": "listPollbook", "/petitions": "listPetitions", "/vacancies": "listVacancies",
}

// conductFileRoutes are the routes of those files.
func (s *Server) conductFileRoutes() (out []route) {
	for _, o := range conductOperations() {
		for path, id := range conductFiles {
			if id != o.id {
				continue
			}
			for _, ending := range []string{".csv", ".json"} {
				serve := func(v *visit) error {
					return v.sendList(strings.TrimPrefix(strings.TrimSuffix(v.r.URL.Path, ending), "/"), o)
				}
				out = append(out, route{pattern: http.MethodGet + " " + conductRoot + "/{poll}" + path + ending, action: o.action, serve: serve})
			}
		}
	}
	return out
}

// filesOf are the addresses of a list's files.
func (c *conduct) filesOf(what string, parts ...string) page.Files {
	at := c.at(parts...)
	return page.Files{What: what, CSV: at + ".csv", JSON: at + ".json"}
}
