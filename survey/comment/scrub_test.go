package comment_test

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"commonweal/survey/comment"
)

var known = comment.Known{
	Names:  []string{"Siân O'Neill", "Karen Whitfield", "David Okafor", "Anne-Marie Dubois", "Mark Long", "Will Price", "Zoë van der Berg", "Priya Ramaswamy", "Jo Ng", "Edward Bright"},
	Places: []string{"Nightingale Ward", "St Bride's", "Community Nursing North", "Harbour House", "The Cedars", "Kingfisher"},
	Jobs:   []string{"Lead Stoma Nurse", "tissue viability lead"},
}

// What a comment says, what may be read, and what is left to a person.
func TestScrub(t *testing.T) {
	cases := []struct {
		name, text, want string
		doubts           []string
	}{
		{"a given name", "karen shouts at us", "[name] shouts at us", nil},
		{"with an s", "Karen's rota is unfair", "[name]'s rota is unfair", nil},
		{"with a curly s", "Karen’s rota is unfair", "[name]’s rota is unfair", nil},
		{"both names are one", "Ask Karen Whitfield about it", "Ask [name] about it", nil},
		{"a short form", "Dave never answers", "[name] never answers", nil},
		{"without the accent", "sian and zoe are great", "[name] and [name] are great", nil},
		{"half of a double name", "Thanks to marie", "Thanks to [name]", nil},
		{"the whole double name", "ANNE-MARIE is kind", "[name] is kind", nil},
		{"an apostrophe that is curly", "Mrs O’Neill said no", "[name] said no", nil},
		{"a mark that cannot be seen", "Ka\u200bren shouts", "[name] shouts", nil},
		{"letters with loose accents", "Sia\u0302n shouts", "[name] shouts", nil},
		{"a name that is a word", "I will mark the long queue", "I will mark the long queue", nil},
		{"the same as a name", "We asked Mark about it", "We asked [name] about it", nil},
		{"the same where a sentence begins", "Will there be an answer?", "Will there be an answer?", []string{"Will"}},
		{"two letters", "ask Jo, so jo will know", "ask [name], so jo will know", nil},
		{"a title", "Dr Smith and dr patel never listen", "[name] and [name] never listen", nil},
		{"a title with a stop", "Mr. B. Jones-Hughes is rude", "[name] is rude", nil},
		{"a title that is a job", "The nurse manager and Sister Agnes Mulcahy", "The nurse manager and [name]", nil},
		{"a title alone", "The doctor was late. Nurse staffing is poor", "The doctor was late. Nurse staffing is poor", nil},
		{"introduced", "my manager Nadezhda is kind", "my manager [name] is kind", nil},
		{"introduced with a comma", "my manager, Nadezhda, is kind", "my manager, [name], is kind", nil},
		{"initials", "J. Bloggs and K Achebe shout", "[name] and [name] shout", nil},
		{"a capital that English does not ask for", "we all know what Gethin thinks", "we all know what Gethin thinks", []string{"Gethin"}},
		{"capitals that it does ask for", "On Monday the NHS Trust and HR met in English", "On Monday the NHS Trust and HR met in English", nil},
		{"shouting is no proof", "THEY NEVER LISTEN TO US ON NIGHTS", "THEY NEVER LISTEN TO US ON NIGHTS", nil},
		{"shouting a name", "KAREN NEVER LISTENS TO ANYBODY", "[name] NEVER LISTENS TO ANYBODY", nil},
		{"a place of the list", "nightingale ward is cold, so is the cedars", "[place] is cold, so is [place]", nil},
		{"a longer place first", "Community Nursing North is short", "[place] is short", nil},
		{"a place with an s", "St Bride’s car park", "[place] car park", nil},
		{"a ward by number", "Ward 7b and room 2.14 and bay C", "[place] and [place] and [place]", nil},
		{"a ward by name", "Life on Magnolia Ward is hard", "Life on [place] is hard", nil},
		{"wards in general", "Every ward is short. The Ward manager knows", "Every ward is short. The Ward manager knows", nil},
		{"a job that few have", "the Tissue Viability Lead is leaving", "the [job] is leaving", nil},
		{"an address", "mail k.whitfield@example.org or see https://example.org/x?y=1", "mail [contact] or see [contact]", nil},
		{"a telephone", "ring 01482 555 0123, +44 7700 900123, ext 4512 or bleep 221", "ring [contact], [contact], [contact] or [contact]", nil},
		{"numbers of people", "my number 20481234, NHS 943 476 5919, QQ 12 34 56 C, datix W4412", "my number [number], NHS [number], [number], datix [number]", nil},
		{"sums and counts", "£25000 for 37 beds and 120 staff in 2024", "£25000 for 37 beds and 120 staff in 2024", nil},
		{"a postcode", "patients in HU1 2AB", "patients in [place]", nil},
		{"dates", "on 12/3/2024, 3rd of June, December 24th and 2024-03-12", "on [date], [date], [date] and [date]", nil},
		{"a month", "In May we may march", "In May we may march", nil},
		{"a day by number", "what happened on the 14th", "what happened on the 14th", []string{"14th"}},
		{"who I am", "I am the only man on nights. I am pregnant.", "I am the only man on nights. I am pregnant.", []string{"I am the only man on nights", "I am pregnant"}},
		{"an age", "at 57 years old I am tired", "at 57 years old I am tired", []string{"57 years old"}},
		{"what was taken out before", "Dr [name] of [place] ward", "Dr [name] of [place] ward", nil},
		{"two capitals", "The ED is full and Ed is off", "The ED is full and [name] is off", []string{"ED"}},
		{"a family name that is a word", "the bright side of Mr Bright", "the bright side of [name]", nil},
		{"brackets of one's own", "[Karen] and [see dr patel", "[[name]] and [see [name]", nil},
		{"without the apostrophe", "oneill said no", "[name] said no", nil},
		{"nothing", "", "", nil},
		{"bytes that are no text", "Karen\xff shouts", "[name]\uFFFD shouts", nil},
	}
	s := comment.NewScrubber(known)
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got := s.Scrub(c.text)
			if got.Text != c.want {
				t.Errorf("%q\n gave %q\n want %q", c.text, got.Text, c.want)
			}
			var doubts []string
			for _, sp := range got.Spans {
				if sp.Doubtful {
					doubts = append(doubts, c.text[sp.Start:sp.End])
				}
			}
			if !slices.Equal(doubts, c.doubts) || got.Doubts() != len(c.doubts) {
				t.Errorf("%q: doubts %q, want %q", c.text, doubts, c.doubts)
			}
		})
	}
}

// Whoever decides may add spans, and drop or decide doubtful ones.
func TestApply(t *testing.T) {
	const text = "Gethin is the one with the Welsh accent"
	end := strings.Index(text, " is")
	got, err := comment.Apply(text, []comment.Span{{Start: 0, End: end, Kind: comment.Name, Rule: comment.ByPerson}})
	if err != nil || got != "[name] is the one with the Welsh accent" {
		t.Errorf("%q, %v", got, err)
	}
	for name, spans := range map[string][]comment.Span{
		"beyond the end":   {{Start: 3, End: 400}},
		"turned round":     {{Start: 5, End: 5}},
		"overlapping":      {{Start: 0, End: 6}, {Start: 5, End: 9}},
		"before the start": {{Start: -1, End: 3}},
	} {
		if _, err := comment.Apply(text, spans); err == nil {
			t.Errorf("took spans %s", name)
		}
	}
	if _, err := comment.Apply("Zoë", []comment.Span{{Start: 0, End: 3}}); err == nil {
		t.Error("cut a letter in two")
	}
}

// Whatever is written: spans are in order and within the text, the text is what
// Apply makes of them, and no name that can only be a name is left in it.
func FuzzScrub(f *testing.F) {
	for _, seed := range []string{"karen and Mark met Dr Smith at ward 7", "Ka\u200bren's [name] Anne-Marie-Karen", "0 01482 555 0123 karen@x.org", "J. K. Whitfield ’s", "\xff\xfe[", "St Bride’s's", "ext 12345678901"} {
		f.Add(seed)
	}
	s := comment.NewScrubber(known)
	f.Fuzz(func(t *testing.T, text string) {
		got := s.Scrub(text)
		valid := strings.ToValidUTF8(text, "\uFFFD")
		end := 0
		for _, sp := range got.Spans {
			if sp.Start < end || sp.End <= sp.Start || sp.End > len(valid) {
				t.Fatalf("%q: span %+v after %d", text, sp, end)
			}
			end = sp.End
		}
		again, err := comment.Apply(text, got.Spans)
		if err != nil || again != got.Text || !utf8.ValidString(got.Text) {
			t.Fatalf("%q: %q, applied %q, %v", text, got.Text, again, err)
		}
		for _, sp := range s.Scrub(got.Text).Spans {
			if w := strings.ToLower(got.Text[sp.Start:sp.End]); sp.Rule == comment.ByList && !sp.Doubtful && (w == "karen" || w == "whitfield" || w == "okafor") {
				t.Fatalf("%q: %q is left in %q", text, w, got.Text)
			}
		}
	})
}
