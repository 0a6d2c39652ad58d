package web

import (
	"net/http"

	"commonweal/internal/listen/wave"
	"commonweal/internal/web/page"
)

type surveyReceiptPage struct {
	Known page.Defs
	Not   []string
	Check string
}

// surveyReceipt is all that is known of the visitor about one survey.
func (s *Server) surveyReceipt(v *visit) error {
	a, st, err := v.ownSurvey()
	if err != nil {
		return err
	}
	if a.BroughtIn() {
		return v.stopSurvey(a, "What is known of you", stopped{"Nothing", v.surveyStands(a), "What those who held it know of you, they have to say."})
	}
	p := surveyReceiptPage{Check: a.path() + "/check"}
	asked := "No"
	if st.Eligible {
		asked = "Yes"
	}
	p.Known = page.Defs{{Term: "You are asked", Fact: asked}, {Term: "You have a pass", Fact: passInWords(st)}}
	p.Not = []string{
		"Whether you have answered.",
		"What you answered, if you did.",
		"Which pass is yours: we stamped it without seeing it.",
		"At what time of day you fetched it. The record has the day, and puts everybody of that day in one list by chance.",
	}
	f := v.frame()
	f.Back = a.back()
	f.Kicker, f.Heading = a.Title, "What is known of you"
	f.Sentence = st.Reason
	f.Data = p
	return v.show(http.StatusOK, "survey_receipt", f)
}

func passInWords(st wave.Standing) string {
	switch {
	case st.Slip:
		return "Yes, a paper slip; not which"
	case st.Drawn:
		return "Yes; not which"
	}
	return "No"
}
