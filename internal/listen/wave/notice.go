package wave

import (
	"encoding/base64"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
)

// NoticeFormat names what a notice says, and how.
const NoticeFormat = "commonweal-survey-notice/1"

// notice writes everything that bears on an answer as canonical JSON. Its hash is in the
// record and in the message to those who are asked. It is public: of units it has the
// hash alone, for how many work where is for those who belong here.
func (w Wave) notice() ([]byte, error) {
	tree, err := journal.CanonicalOf(map[string]any{"units": w.Units, "groups": w.Groups})
	if err != nil {
		return nil, err
	}
	days := make([]string, len(w.RemindOn))
	for i, d := range w.RemindOn {
		days[i] = d.String()
	}
	return journal.CanonicalOf(map[string]any{
		"format": NoticeFormat, "organisation": w.Org, "wave": w.ID, "code": w.Code, "title": w.Title, "kind": w.Kind, "about": w.About,
		"instrument": map[string]any{"id": w.Instrument.ID, "version": w.Instrument.Version, "sha256": w.InstrumentHash},
		"census":     map[string]any{"day": w.Census, "whom": w.Whom, "eligible": w.Eligible, "sha256": w.CensusHash},
		"units":      hashOf(tree), "opens": w.Opens, "closes": w.Closes, "paper": w.Paper, "paper_until": w.PaperUntil, "minimum": w.Minimum,
		"comments": w.Comments, "comment_minimum": w.CommentMinimum, "languages": w.Languages, "weighting": w.Weighting, "remind_on": days,
		"keep_months": w.KeepMonths, "key": base64.StdEncoding.EncodeToString(w.Key), "key_sha256": w.KeyHash, "called": w.Called,
	})
}

// checkCalled refuses what needs a wave that is called and was ours to hold.
func (w Wave) checkCalled() error {
	switch {
	case w.BroughtIn():
		return fault.Errorf(fault.Conflict, "survey %s was held by %s: there are no passes", w.Code, w.Source)
	case w.Called.IsZero():
		return fault.Errorf(fault.Conflict, "survey %s is a draft", w.Code)
	}
	return nil
}
