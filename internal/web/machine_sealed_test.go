package web_test

import (
	"net/http"
	"path/filepath"
	"testing"

	"commonweal/internal/base/db"
)

// Answers that no key of the key file opens stand on the machine's page, with what to do
// about it while the survey can still be saved; whose they are it cannot say.
func TestMachine_AnswersThatNothingOpens(t *testing.T) {
	l := newListening(t)
	l.everybody(3)
	pat, _ := l.administrator()
	pat.get("/machine").want(http.StatusOK).lacks("cannot be opened")

	side, err := db.Open(l.ctx, filepath.Join(filepath.Dir(l.KeyFile), "test.answers.db"))
	l.ok(err)
	defer func() { l.ok(side.Close()) }()
	l.ok(side.Write(l.ctx, func(tx *db.Tx) error {
		_, err := tx.Exec(l.ctx, "UPDATE waiting SET generation = generation + 100") // as with the key file of another machine
		return err
	}))
	pat.get("/machine").want(http.StatusOK).says("Answers to a survey cannot be opened.",
		"3 answers to the survey "+surveyCode+" of", "the key file of the answers is not the one that they were sealed with", "Put it back before the survey closes.").lacks("Ada00")
}
