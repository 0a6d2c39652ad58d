package web

import (
	"encoding/base64"
	"encoding/hex"
	"net/http"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/listen/wave"
	"commonweal/internal/web/page"
)

type surveyTokenPage struct {
	// For the script.
	Wave, Key, KeyHash, NoticeHash string
	Me                             string // who draws, for as long as the drawing takes
	Drawn                          bool
	Action, Notice, Answers        string
	File                           string
	Elsewhere                      bool // answers are given on another host
	// Said without it.
	Paper   string
	Check   string
	Minimum int
}

// surveyToken is the visitor's one-time pass: made in the browser, signed by us without
// our seeing it, and kept on the device.
func (s *Server) surveyToken(v *visit) error {
	a, st, err := v.ownSurvey()
	if err != nil {
		return err
	}
	const heading = "Your one-time pass"
	if why := v.whyNoPass(a, st); why != nil {
		return v.stopSurvey(a, heading, *why)
	}
	f := v.frame()
	f.Back = a.back()
	f.Kicker, f.Heading = a.Title, heading
	f.Sentence = "It lets you answer once, and has no name on it."
	f.Modules = v.modules("draw.js")
	f.Data = surveyTokenPage{
		Wave: a.ID, Key: base64.StdEncoding.EncodeToString(a.Key), KeyHash: a.KeyHash, NoticeHash: a.NoticeHash, Me: v.actor.Person, Drawn: st.Drawn,
		Action: a.path() + "/token", Notice: a.path() + "/files/notice.json", Answers: v.answersAddress(a), File: "survey-pass-" + a.Code + ".txt",
		Elsewhere: v.answersAt != "", Paper: paperRoute(a, st), Check: a.path() + "/check", Minimum: a.Minimum,
	}
	return v.show(http.StatusOK, "survey_token", f)
}

// ownSurvey is the survey that the address names, with how the visitor stands to it.
func (v *visit) ownSurvey() (survey, wave.Standing, error) {
	a, err := v.surveyAsked()
	if err != nil {
		return a, wave.Standing{}, err
	}
	st, err := v.standsTo(a)
	return a, st, err
}

// whyNoPass says why there is no pass to fetch or to find, nil where there is.
func (v *visit) whyNoPass(a survey, st wave.Standing) *stopped {
	switch {
	case a.BroughtIn():
		return &stopped{"This survey had no passes", v.surveyStands(a), ""}
	case a.stage == wave.Abandoned:
		return &stopped{"The survey was abandoned", v.surveyStands(a) + " " + a.Reason, "A pass that you have is of no use any more."}
	case a.stage == wave.Called:
		return &stopped{"It is too early", "Passes are given while the survey is open. " + v.surveyStands(a), ""}
	case a.stage != wave.Open:
		return &stopped{"The survey is closed", v.surveyStands(a), "A pass that was not used is of no use any more. Nobody can tell whose that was."}
	case !st.Eligible:
		return &stopped{"You are not asked in this survey", st.Reason, "If that is wrong, tell the engagement lead. Who is asked was fixed with the call, and stays as it is for this survey."}
	case st.Slip:
		return &stopped{"You were given a paper slip", "One pass is given to each person, and yours is the number on the slip.", "Answer with it at " + v.house.Address + v.answersAddress(a) + "."}
	}
	return nil
}

// paperRoute is what somebody does whose browser runs no scripts.
func paperRoute(a survey, st wave.Standing) string {
	switch {
	case st.Drawn:
		return "Your pass was made by a script, in the browser in which you fetched it. Use that browser, or the file that you saved there."
	case a.Paper:
		return "Ask the engagement lead or the secretary for a paper slip. The number on it lets you answer once, in any browser or on paper, and which slip is whose is written down nowhere."
	}
	return "This survey has no paper slips. Use another browser, on any device of yours."
}

// passSigned is the answer to the browser that asked for a signature.
type passSigned struct {
	Signature string `json:"signature"`
}

// surveyTokenDraw signs what the visitor's browser has blinded. Asked again with the same
// it gives the same.
func (s *Server) surveyTokenDraw(v *visit) error {
	form, err := v.form()
	if err != nil {
		return err
	}
	a, st, err := v.ownSurvey()
	if err != nil {
		return err
	}
	text := form.Get("blinded")
	if text == "" {
		if why := v.whyNoPass(a, st); why != nil {
			return v.stopSurvey(a, "Your one-time pass", *why)
		}
		return v.stopSurvey(a, "Your one-time pass", stopped{"Your browser runs no scripts", "A pass is made by the script of this page, so that we cannot see it.", paperRoute(a, st)})
	}
	blinded, err := hex.DecodeString(strings.TrimSpace(text))
	if err != nil {
		return fault.Fieldf("blinded", "this is not a blinded pass")
	}
	signature, err := v.house.Waves.Draw(v.ctx, v.org.ID, a.ID, v.actor.Person, blinded)
	if err != nil {
		return passRefused(st, err)
	}
	v.writeJSON(http.StatusOK, passSigned{hex.EncodeToString(signature)})
	return nil
}

// passRefused puts a refusal into words for the person.
func passRefused(st wave.Standing, err error) error {
	switch {
	case fault.Is(err, fault.Forbidden):
		return fault.Wrap(fault.Forbidden, err, "%s", strings.TrimSuffix(st.Reason, "."))
	case fault.Is(err, fault.Conflict) && st.Slip:
		return fault.Wrap(fault.Conflict, err, "you were given a paper slip, and one pass is given to each person")
	case fault.Is(err, fault.Conflict) && st.Drawn:
		return fault.Wrap(fault.Conflict, err, "you have fetched your pass already, in this browser or another, and one is given to each person")
	case fault.Is(err, fault.Conflict):
		return fault.Wrap(fault.Conflict, err, "passes are given while the survey is open")
	case fault.Is(err, fault.Invalid):
		return fault.Wrap(fault.Invalid, err, "this is not a blinded pass of this survey")
	}
	return err
}

// stopSurvey shows why there is nothing to do about a survey.
func (v *visit) stopSurvey(a survey, heading string, why stopped) error {
	status := http.StatusOK
	if !v.reading {
		status = http.StatusConflict
	}
	f := v.frame()
	f.Back = a.back()
	f.Kicker, f.Heading = a.Title, heading
	f.Data = voteStopPage{page.Refused(why.Title, why.Rule, why.Object, page.Link{})}
	return v.show(status, "vote_stop", f)
}
