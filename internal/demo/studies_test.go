package demo

import (
	"regexp"
	"testing"
	"time"

	"commonweal/internal/prove/study"
	"commonweal/law"
)

// What a study says of its data names every outcome that it tests, and no other.
func TestStudies_NameTheirData(t *testing.T) {
	words := map[string]*regexp.Regexp{
		"absence":  regexp.MustCompile(`(?i)absence|days lost`),
		"turnover": regexp.MustCompile(`(?i)turnover|leavers`),
	}
	first := law.NewDate(2024, time.November, 22)
	for _, s := range []study.Spec{rotaStudy(first), lettersStudy(first)} {
		tested := map[string]bool{}
		for _, o := range s.Outcomes {
			tested[o.Column] = true
		}
		for _, said := range []string{s.Data.Source, s.Stated.Measurement} {
			for column, word := range words {
				if word.MatchString(said) != tested[column] {
					t.Errorf("%s tests %v, and says %q", s.Code, tested, said)
				}
			}
		}
	}
}
