package web

import (
	"net/http"

	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/timetable"
	"commonweal/internal/web/page"
)

type voteCandidatesPage struct {
	List  []candidate
	Empty *page.Panel
	Order string
}

// candidate is one who stands, as voters see them.
type candidate struct {
	ID, Name  string
	Photo     string // address
	Statement []string
	Interests []string
	Erased    bool
}

func candidateOf(n poll.Nomination) candidate {
	c := candidate{ID: n.ID, Name: n.BallotName, Statement: paragraphs(n.Statement), Interests: paragraphs(n.Interests), Erased: n.Erased != ""}
	if n.Photo != "" {
		c.Photo = "/photos/" + n.Photo
	}
	return c
}

// voteCandidates are the candidates of a contest with what they say.
func (s *Server) voteCandidates(v *visit) error {
	c, err := v.voteAsked()
	if err != nil {
		return err
	}
	var p voteCandidatesPage
	for _, n := range c.Contest.Nominations {
		p.List = append(p.List, candidateOf(n))
	}
	f := v.frame()
	f.Back = c.back()
	f.Kicker, f.Heading = c.title(), "Candidates"
	n := len(p.List)
	switch {
	case n > 0:
		f.Sentence = phrase(n, "person stands", "people stand") + " for " + few(c.Contest.Seats, "seat", "seats") + "."
		f.Files = []page.Files{{What: "the candidates", CSV: c.path() + "/candidates.csv", JSON: c.path() + "/candidates.json"}}
		p.Order = orderOf(c)
	case !c.Kind.Elects():
		panel := page.Empty("Nobody stands in this vote", "It asks a question.", page.Link{Text: "See the question", Href: c.path()})
		p.Empty = &panel
	case c.stage.Rank() <= poll.Nominating.Rank():
		panel := page.Empty("It is not published yet who stands", "Candidates are shown here once nominations are closed, after "+v.closesOn(c, timetable.NominationsClose)+".", page.Link{Text: "About this vote", Href: c.path()})
		p.Empty = &panel
	default:
		panel := page.Empty("Nobody stands", "Nobody was nominated, or everybody withdrew. The seats stay empty until they are filled as the rules say.", page.Link{Text: "The rules", Href: c.seen.path()})
		p.Empty = &panel
	}
	f.Data = p
	return v.show(http.StatusOK, "vote_candidates", f)
}

// orderOf says in which order candidates are listed.
func orderOf(c vote) string {
	switch {
	case c.Announced.IsZero():
		return "The order of the ballot is settled when notice of poll is given. Here they stand in the order in which they were nominated."
	case c.Rules.Order == poll.Drawn:
		return "In the order of the ballot, which was drawn by lot."
	}
	return "In the order of the ballot, by family name."
}

// candidateLine is a candidate in a file.
type candidateLine struct {
	Position  int    `json:"position,omitempty"`
	Name      string `json:"name"`
	Statement string `json:"statement"`
	Interests string `json:"interests"`
	Photo     string `json:"photo_sha256,omitempty"`
	ID        string `json:"nomination"`
}

func (l candidateLine) cells() []string {
	position := ""
	if l.Position > 0 {
		position = number(l.Position)
	}
	return []string{position, l.Name, l.Statement, l.Interests, l.Photo, l.ID}
}

// voteCandidatesFile is the same list as a file.
func (s *Server) voteCandidatesFile(v *visit) error {
	c, err := v.voteAsked()
	if err != nil {
		return err
	}
	heads := []string{"Place on the ballot", "Name", "Statement", "Interests", "Photograph (SHA-256)", "Nomination"}
	return sendLines(v, heads, func(yield func(candidateLine)) (string, error) {
		for _, n := range c.Contest.Nominations {
			yield(candidateLine{n.Position, n.BallotName, n.Statement, n.Interests, n.Photo, n.ID})
		}
		return "candidates-" + c.Code + "-" + c.Contest.Code, nil
	})
}
