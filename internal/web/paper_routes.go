package web

import (
	"net/http"
	"strings"

	"commonweal/internal/base/policy"
	"commonweal/internal/decide/paper"
)

const paperRoot = "/votes/{poll}/{contest}/paper"

// paperRoutes are how votes on paper and by telephone are received, keyed and reckoned.
func (s *Server) paperRoutes() []route {
	teller := func(pattern string, do func(v *papers) error) route {
		method, path, _ := strings.Cut(pattern, " ")
		return route{pattern: method + " " + paperRoot + path, action: policy.PaperEnter, serve: s.onPaper(paper.Teller, do)}
	}
	officer := func(pattern string, do func(v *papers) error) route {
		method, path, _ := strings.Cut(pattern, " ")
		return route{pattern: method + " " + paperRoot + path, action: policy.PaperRule, serve: s.onPaper(paper.ReturningOfficer, do)}
	}
	return []route{
		{pattern: "GET /votes/{poll}/{contest}/by-paper", action: policy.PollView, serve: s.paperHow},

		teller("GET ", s.paperShow),
		teller("POST /find", s.paperFind),
		teller("GET /received", s.paperReceived),
		teller("GET /received.csv", s.paperReceivedFile),
		teller("GET /received.json", s.paperReceivedFile),
		teller("GET /voters/{voter}", s.paperVoter),
		teller("POST /voters/{voter}", s.paperReceive),
		teller("GET /voters/{voter}/spoilt", s.paperSpoiltShow),
		teller("POST /voters/{voter}/spoilt", s.paperSpoilt),
		teller("GET /voters/{voter}/call", s.paperCallShow),
		teller("POST /voters/{voter}/call", s.paperCall),
		teller("GET /batches", s.paperBatchNew),
		teller("POST /batches", s.paperBatchMake),
		teller("GET /batches/{batch}", s.paperBatch),
		teller("GET /batches/{batch}/size", s.paperSizeShow),
		teller("POST /batches/{batch}/size", s.paperSize),
		teller("GET /batches/{batch}/{paper}", s.paperKeyShow),
		teller("POST /batches/{batch}/{paper}", s.paperKey),
		{pattern: "GET " + paperRoot + "/batches/{batch}/lines", action: policy.RankingsView, serve: s.paperLines},

		officer("GET /reckoning", s.paperReckoning),
		officer("GET /reckoning/received", s.paperReceivedReckoned),
		officer("GET /reckoning/received.csv", s.paperReceivedFile),
		officer("GET /reckoning/received.json", s.paperReceivedFile),
		officer("GET /ballot", s.paperBallot),
		officer("GET /voters/{voter}/back", s.paperBackShow),
		officer("POST /voters/{voter}/back", s.paperBack),
		officer("GET /rulings/{batch}/{paper}", s.paperRuleShow),
		officer("POST /rulings/{batch}/{paper}", s.paperRule),
		officer("POST /calls", s.paperCallsEnd),
		officer("GET /sign/{channel}", s.paperSignShow),
		officer("POST /sign/{channel}", s.paperSign),
	}
}

// paperOperations are the same for programs.
func paperOperations() []operation {
	return group("Votes on paper",
		reads("/votes/{poll}/{contest}/paper", policy.PollView, "getPaperSummary", "The reckoning of votes on paper and by telephone, with the batches and their hashes", (*visit).apiPaperSummary).
			note("Before the reckoning is signed it tells no number."),
	)
}

// What tellers and the returning officer do about papers they do themselves.
func init() {
	for _, r := range (&Server{}).paperRoutes() {
		if strings.HasPrefix(r.pattern, http.MethodPost+" ") {
			pagesAlone[r.pattern] = inPerson
		}
	}
	pagesAlone["POST "+paperRoot+"/find"] = onlyLooks
}
