package web

import (
	"bytes"
	"net/http"

	"commonweal/internal/base/policy"
	"commonweal/internal/prove/study"
	"commonweal/internal/web/page"
)

func (v *visit) studyStepFrame(s study.Study, heading, sentence string) page.Frame {
	f := v.frame()
	f.Back = page.Link{Text: s.Spec.Title, Href: studyPath(s)}
	f.Kicker, f.Heading, f.Sentence = "A study", heading, sentence
	return f
}

// closedWords says why a step cannot be taken now; nothing where it can.
func closedWords(s study.Study, step study.Stage) string {
	at := s.Stage()
	_, locked := s.Step(study.Locked)
	_, ran := s.Step(study.Ran)
	switch {
	case at == study.Withdrawn:
		return s.Waits()
	case step == study.Locked && locked:
		return "It is locked to its figures already. They cannot be exchanged."
	case step == study.Ran && !locked:
		return "It is not locked to its data yet. Lock it first, and run it then."
	case step == study.Ran && ran:
		return "It was run already, and a study is run once."
	case step == study.Published && !ran:
		return "It has not been run yet. Run it first, and publish it then."
	case step == study.Published && at == study.Published:
		return "It is published already. Everybody sees what it said."
	}
	return ""
}

// showStepClosed says why a step cannot be taken, without a button that would be refused.
func (v *visit) showStepClosed(status int, s study.Study, heading, says string) error {
	return v.sectionsAt(settledStatus(status), v.studyStepFrame(s, heading, says), conductPage{
		Sections: []conductSection{{Links: page.Links{{Text: "To the study", Href: studyPath(s), Note: "where it stands, and what comes next"}}}},
	})
}

func studyPath(s study.Study) string { return "/evidence/studies/" + s.Code }

// nextOf is what may be done with a study now, the one that comes next first.
func (v *visit) nextOf(s study.Study) (next page.Button, more page.Links) {
	if v.can(policy.StudyRun) {
		switch s.Stage() {
		case study.Registered:
			next = page.Button{Text: "Lock it to its figures", Href: studyPath(s) + "/lock"}
		case study.Locked:
			next = page.Button{Text: "Run it", Href: studyPath(s) + "/run"}
		case study.Ran:
			next = page.Button{Text: "Publish it", Href: studyPath(s) + "/publish"}
		}
	}
	if v.can(policy.StudyRegister) && s.Stage() != study.Withdrawn {
		more = page.Links{{Text: "Withdraw it", Href: studyPath(s) + "/withdraw", Note: "with a reason that everybody sees"}}
	}
	return next, more
}

var lockEffects = []string{
	"The columns that the study names are kept, and no other. Rows are put in one order.",
	"The fingerprint of the figures goes on record today. Nothing but these figures can be run.",
	"If they were loaded here before the study was registered, the study says so.",
	"Once the study is published everybody can download them. Lock it only to figures that may be shown.",
}

// studyLock asks for the data.
func (s *Server) studyLock(v *visit) error {
	one, err := v.study()
	if err != nil {
		return err
	}
	return v.showStudyLock(http.StatusOK, one, "")
}

func (v *visit) showStudyLock(status int, one study.Study, wrong string) error {
	if says := closedWords(one, study.Locked); says != "" {
		return v.showStepClosed(status, one, "Lock it to its figures", says)
	}
	f := v.studyStepFrame(one, "Lock it to its figures", "From here on the question and the figures are both fixed.")
	if one.Spec.Data.Library {
		return v.showAct(status, f, conductAct{
			Action: studyPath(one) + "/lock", Effects: lockEffects, Button: page.Button{Text: "Lock it to the figures as they stand"}, Cancel: page.Link{Text: "Cancel", Href: studyPath(one)},
			Facts: page.Defs{{Term: "Figures", Fact: one.Spec.Data.Source}},
		}, wrong)
	}
	p := filePage{
		Action: studyPath(one) + "/lock", Cancel: studyPath(one), Button: "Lock it to this file", Effects: lockEffects,
		File: page.Upload{Name: "file", Label: "The figures", Hint: "CSV with headings in its first row, 32 MB at most.", Accept: ".csv,.txt", Error: wrong},
	}
	f.Errors = page.Problems(p.File)
	f.Data = p
	return v.show(status, "study_file", f)
}

// studyLockDo ties the study to them.
func (s *Server) studyLockDo(v *visit) error {
	one, err := v.study()
	if err != nil {
		return err
	}
	if one.Spec.Data.Library {
		_, err = v.house.Studies.LockToLibrary(v.ctx, v.actor.Person, v.org.ID, one.Code)
	} else {
		var file sentFile
		if file, _, err = v.sent(); err == nil {
			_, err = v.house.Studies.Lock(v.ctx, v.actor.Person, v.org.ID, one.Code, bytes.NewReader(file.content))
		}
	}
	if refusable(err) {
		return v.showStudyLock(http.StatusUnprocessableEntity, one, page.Begin(v.refusalWords(err)))
	}
	if err != nil {
		return err
	}
	return v.redirect(studyPath(one) + "?done=locked")
}

// studyAct is a step that needs no more than to be done.
type studyAct struct {
	step                            study.Stage
	path, heading, sentence, button string
	effects                         []string
	do                              func(v *visit, code string) error
}

var studyRun = studyAct{
	step: study.Ran, path: "run", heading: "Run it", sentence: "Every way of asking that was registered is run, on everything that is tested.", button: "Run it now",
	effects: []string{"What comes out is kept, whatever it says. Its fingerprint goes on record.", "It is run once. Nobody can run it again in another way.", "You see the result first. Everybody sees that it was run."},
	do: func(v *visit, code string) error {
		_, _, err := v.house.Studies.Run(v.ctx, v.actor.Person, v.org.ID, code)
		return err
	},
}

var studyPublish = studyAct{
	step: study.Published, path: "publish", heading: "Publish it", sentence: "Everybody sees what it said, whatever that is.", button: "Publish it now",
	effects: []string{"The answer, every way of asking, and the sheet of assumptions are open to everybody.", "So is the bundle: the figures with all that is needed to run the study again.", "It stays. If it is withdrawn later it is still shown, with the reason."},
	do: func(v *visit, code string) error {
		_, err := v.house.Studies.Publish(v.ctx, v.actor.Person, v.org.ID, code)
		return err
	},
}

// ask is the page of such a step, and took takes it.
func (a studyAct) ask(v *visit) error {
	one, err := v.study()
	if err != nil {
		return err
	}
	return a.show(v, http.StatusOK, one, "")
}

func (a studyAct) show(v *visit, status int, one study.Study, wrong string) error {
	if says := closedWords(one, a.step); says != "" {
		return v.showStepClosed(status, one, a.heading, says)
	}
	act := conductAct{
		Action: studyPath(one) + "/" + a.path, Effects: a.effects, Button: page.Button{Text: a.button}, Cancel: page.Link{Text: "Cancel", Href: studyPath(one)},
	}
	if one.Stage() == study.Ran {
		out, err := v.house.Studies.Output(v.ctx, one)
		if err != nil {
			return err
		}
		act.Sections = []conductSection{{Heading: "What it said", Text: append(plainAnswers(one.Spec, out), out.Warnings...)}}
	}
	return v.showAct(status, v.studyStepFrame(one, a.heading, a.sentence), act, wrong)
}

func (a studyAct) took(v *visit) error {
	one, err := v.study()
	if err != nil {
		return err
	}
	err = a.do(v, one.Code)
	if refusable(err) {
		return a.show(v, http.StatusUnprocessableEntity, one, page.Begin(v.refusalWords(err)))
	}
	if err != nil {
		return err
	}
	return v.redirect(studyPath(one) + "?done=" + a.path)
}

// plainAnswers is what a run said of each outcome, in plain words.
func plainAnswers(s study.Spec, out *study.Output) []string {
	var list []string
	for i := range s.Outcomes {
		list = append(list, s.Plain(out, i))
	}
	return list
}

// studyWithdraw asks why.
func (s *Server) studyWithdraw(v *visit) error {
	one, err := v.study()
	if err != nil {
		return err
	}
	return v.showStudyWithdraw(http.StatusOK, one, whyField(nil, "Everybody reads this."), "")
}

func (v *visit) showStudyWithdraw(status int, one study.Study, why *page.TextArea, wrong string) error {
	if says := closedWords(one, study.Withdrawn); says != "" {
		return v.showStepClosed(status, one, "Withdraw it", says)
	}
	f := v.studyStepFrame(one, "Withdraw it", "It stays where everybody sees it, with the day and the reason.")
	effects := []string{"It cannot be taken up again. Register another under a new code.", "Its code stays taken."}
	if _, ran := one.Step(study.Ran); ran {
		effects = append(effects, "It has been run. What it said is shown beside the reason: withdrawing hides nothing.")
	}
	return v.showAct(status, f, conductAct{
		Action: studyPath(one) + "/withdraw", Groups: ask(why), Effects: effects, Button: page.Button{Text: "Withdraw it", Kind: page.Warning}, Cancel: page.Link{Text: "Cancel", Href: studyPath(one)},
	}, wrong)
}

// studyWithdrawDo withdraws it.
func (s *Server) studyWithdrawDo(v *visit) error {
	values, err := v.form()
	if err != nil {
		return err
	}
	one, err := v.study()
	if err != nil {
		return err
	}
	why := whyField(values, "Everybody reads this.")
	if why.Error != "" {
		return v.showStudyWithdraw(http.StatusUnprocessableEntity, one, why, "")
	}
	_, err = v.house.Studies.Withdraw(v.ctx, v.actor.Person, v.org.ID, one.Code, why.Value)
	if refusable(err) {
		wrong := ""
		v.refusedAt(err, &wrong, map[string]*string{"reason": &why.Error})
		return v.showStudyWithdraw(http.StatusUnprocessableEntity, one, why, wrong)
	}
	if err != nil {
		return err
	}
	return v.redirect(studyPath(one) + "?done=withdrawn")
}
