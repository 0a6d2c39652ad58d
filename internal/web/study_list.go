package web

import (
	"net/http"

	"commonweal/internal/base/policy"
	"commonweal/internal/prove/study"
	"commonweal/internal/web/page"
)

type studyListPage struct {
	Empty   *page.Panel
	Studies *page.Table
	Power   page.Links
	Begin   page.Button
}

// stageWords say how far a study has come.
var stageWords = map[study.Stage]string{
	study.Registered: "Registered; no data looked at yet", study.Locked: "Locked to its data; not run yet",
	study.Ran: "Run; not published yet", study.Published: "Published", study.Withdrawn: "Withdrawn",
}

// studyList lists the studies of the organisation.
func (s *Server) studyList(v *visit) error {
	list, err := v.house.Studies.All(v.ctx, v.org.ID)
	if err != nil {
		return err
	}
	outputs, err := v.house.Studies.Outputs(v.ctx, v.org.ID, list)
	if err != nil {
		return err
	}
	f := v.frame()
	f.Back = evidenceBack
	f.Kicker = "Open to everyone"
	f.Heading = "Studies"
	f.Sentence = "Each question was written down, with the day, before its data were looked at. What came of it is shown, whatever it says."
	p := studyListPage{Power: page.Links{{Text: "What so many sites can show", Href: "/evidence/power", Note: "before a study begins"}}}
	if v.can(policy.StudyRegister) {
		p.Begin = page.Button{Text: "Register a study", Href: studyNewPath}
	}
	if len(list) == 0 {
		empty := page.Empty("No study is registered", "A study asks one question of figures. It is registered before they are looked at, by the secretary, the engagement lead, a director or a representative of staff.", page.Link{})
		p.Empty = &empty
	} else {
		t := page.Table{Caption: "Studies, the newest first", Columns: []page.Column{{Head: "Study"}, {Head: "Registered"}, {Head: "Where it is"}, {Head: "What it showed", Wide: true}}}
		for _, one := range list {
			row := page.Cells(one.Spec.Title, one.Registered.Words(), stageWords[one.Stage()], showedWords(one, outputs[one.Code]))
			row[0].Href = "/evidence/studies/" + one.Code
			t.Rows = append(t.Rows, row)
		}
		p.Studies = &t
	}
	f.Data = p
	return v.show(http.StatusOK, "study_list", f)
}

// showedWords say in a sentence what a study showed, or what it waits for. out is nil
// where nobody but those who ran it may see that.
func showedWords(s study.Study, out *study.Output) string {
	switch at := s.Stage(); {
	case out == nil && at == study.Registered:
		return "Nothing yet. It waits to be locked to its figures."
	case out == nil && at == study.Locked:
		return "Nothing yet. It waits to be run."
	case out == nil && at == study.Ran:
		return "Nothing is open yet. It waits to be published."
	case out == nil:
		return "Nothing. It was withdrawn before it was run."
	case at == study.Withdrawn:
		return s.Spec.First(out) + " It was withdrawn later; its page says why."
	}
	return s.Spec.First(out)
}
