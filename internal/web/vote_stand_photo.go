package web

import (
	"errors"
	"net/http"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/poll"
	"commonweal/internal/decide/portrait"
	"commonweal/internal/web/page"
)

const photoUpload = portrait.MaxBytes + 64<<10 // with the rest of its form

type votePhotoPage struct {
	Action string
	Photo  string // the one that is there
	File   page.Upload
	Back   string
}

func (v *visit) photoPage(status int, c vote, n poll.Nomination, wrong string) error {
	p := votePhotoPage{Action: c.path() + "/stand/photo", Back: c.path() + "/stand", File: page.Upload{
		Name: "file", Label: "A photograph of you", Accept: "image/jpeg,image/png", Error: wrong,
		Hint: "JPEG or PNG, at most 8 megabytes. We make it smaller, and keep nothing of where and when it was taken.",
	}}
	if n.Photo != "" {
		p.Photo = "/photos/" + n.Photo
	}
	f := v.frame()
	f.Back = page.Link{Text: "Your nomination", Href: p.Back}
	f.Kicker, f.Heading = c.title(), "Your photograph"
	f.Sentence = "It stands beside your statement. You may leave it out."
	f.Errors = page.Problems(p.File)
	f.Data = p
	return v.show(status, "vote_stand_photo", f)
}

// noPhotographs says that the rules have none.
func noPhotographs() error {
	return fault.Errorf(fault.NotFound, "the rules of this vote have no photographs")
}

// voteStandPhoto asks for a photograph.
func (s *Server) voteStandPhoto(v *visit) error {
	return v.standingAt("Photographs could be added", func(c vote, n poll.Nomination) error {
		if !c.Rules.Photographs {
			return noPhotographs()
		}
		return v.photoPage(http.StatusOK, c, n, "")
	})
}

// voteStandPhotoKeep keeps the photograph that was sent.
func (s *Server) voteStandPhotoKeep(v *visit) error {
	return v.standingAt("Photographs could be added", func(c vote, n poll.Nomination) error {
		if !c.Rules.Photographs {
			return noPhotographs()
		}
		file, _, err := v.sent()
		switch {
		case errors.Is(err, errTooLarge):
			return v.photoPage(http.StatusUnprocessableEntity, c, n, "The file is larger than 8 megabytes. Choose a smaller one.")
		case err == nil && len(file.content) == 0, errors.Is(err, errNoFile):
			return v.photoPage(http.StatusUnprocessableEntity, c, n, "Choose a file first.")
		case err != nil:
			return err
		}
		err = v.house.Polls.SetPhoto(v.ctx, v.actor.Person, v.org.ID, c.Contest.ID, n.ID, file.content)
		if fault.Is(err, fault.Invalid) {
			return v.photoPage(http.StatusUnprocessableEntity, c, n, v.refusalWords(err))
		}
		if err != nil {
			return v.refusedIn(c, "Your nomination", err, nil)
		}
		return v.redirect(c.path() + "/stand?done=photo")
	})
}

// voteStandPhotoDrop takes it away.
func (s *Server) voteStandPhotoDrop(v *visit) error {
	return v.standingAt("Photographs could be added", func(c vote, n poll.Nomination) error {
		if err := v.house.Polls.SetPhoto(v.ctx, v.actor.Person, v.org.ID, c.Contest.ID, n.ID, nil); err != nil {
			return v.refusedIn(c, "Your nomination", err, nil)
		}
		return v.redirect(c.path() + "/stand?done=no-photo")
	})
}
