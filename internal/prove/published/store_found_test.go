package published_test

import (
	"strings"
	"testing"

	"commonweal/internal/prove/published"
	"commonweal/internal/schema/schematest"
)

func textFile(name, content string) published.File {
	return published.File{Name: name, Content: strings.NewReader(content), Size: int64(len(content))}
}

const friendsTop = "Period,Org code,Org name,Setting,1 Very Good SUM,2 Good SUM,3 Neither Good nor Poor SUM,4 Poor SUM,5 Very Poor SUM,6 Dont Know SUM,Total Responses\n"

// The friends-and-family test comes as a file for each setting: that of one takes nothing
// back of another's month, and a corrected file of the same setting does.
func TestStore_FilesOfPartsOfAMonth(t *testing.T) {
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		s := store(b)
		importFile(t, s, textFile("inpatient.csv", friendsTop+"Aug-25,RZA,Alder,inpatient,80,12,4,1,1,2,100\n"))
		if out := importFile(t, s, textFile("ae.csv", friendsTop+"Aug-25,RZA,Alder,ae,70,20,4,2,2,2,100\nAug-25,RZB,Birch,ae,60,30,4,2,2,2,100\n")); len(out.Replaced) != 0 {
			t.Errorf("replaced %+v", out.Replaced)
		}
		out := importFile(t, s, textFile("ae2.csv", friendsTop+"Aug-25,RZA,Alder,ae,71,19,4,2,2,2,100\n"))
		if len(out.Replaced) != 1 || out.Replaced[0].Source.FileName != "ae.csv" || out.Replaced[0].InForce() || out.Revised != 2 {
			t.Errorf("replaced %+v, %d revised", out.Replaced, out.Revised)
		}
		for measure, want := range map[string]float64{"fft.inpatient.1": 80, "fft.ae.1": 71} {
			series, err := s.Series(t.Context(), measure)
			if err != nil || len(series) != 1 || series[0].Value != want {
				t.Errorf("%s: %v, %v", measure, series, err)
			}
		}
		schematest.Verify(t, b.Journal)
	})
}

// The same figure with fewer digits is no revision; another one is.
func TestStore_DigitsAreNoRevision(t *testing.T) {
	top := "quarter,region,icb,org_code,org,care_setting,responses,headcount,engagement,advocacy,involvement,motivation\n"
	schematest.Each(t, func(t *testing.T, b *schematest.Base) {
		s := store(b)
		importFile(t, s, textFile("a.csv", top+"202122Q4,North,Q,RZA,Alder,Community,48,100,5.2546296296296298,4.947916666666667,4.791666666666667,6.0243055555555562\n"))
		out := importFile(t, s, textFile("b.csv", top+"202122Q4,North,Q,RZA,Alder,Community,48,100,5.25462962962963,4.94791666666667,4.79166666666667,6.1\n"))
		if out.Revised != 1 {
			t.Errorf("%d figures say something else", out.Revised)
		}
		list, err := s.Revisions(t.Context(), "RZA", "nqps.engagement", "nqps.motivation")
		if err != nil || len(list) != 1 || list[0].Measure != "nqps.motivation" {
			t.Errorf("%+v, %v", list, err)
		}
	})
}
