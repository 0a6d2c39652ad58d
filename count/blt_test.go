package count

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

// What a file may look like: the forms in use in published files, and each reading.
func TestReadBLT_Forms(t *testing.T) {
	const plain = "3 2\n4 1 2 0\n2 3 1 0\n0\n\"Ann\"\n\"Bea\"\n\"Cat\"\n\"Council\"\n"
	want := "3 2\n4 1 2 0\n2 3 1 0\n0\n\"Ann\"\n\"Bea\"\n\"Cat\"\n\"Council\"\n"
	same := map[string]string{
		"plain":                         plain,
		"CR LF":                         strings.ReplaceAll(plain, "\n", "\r\n"),
		"byte order mark":               "\xef\xbb\xbf" + plain,
		"comments and empty lines":      "# papers\n\n3 2 # three, two\n4 1 2 0 # four\n\n# between\n2 3 1 0\n0 # end\n# names\n\"Ann\" # first\n\"Bea\"\n\"Cat\"\n\"Council\"\n",
		"no closing noughts":            "3 2\n4 1 2\n2 3 1\n0\n\"Ann\"\n\"Bea\"\n\"Cat\"\n\"Council\"\n",
		"no nought after the papers":    "3 2\n4 1 2 0\n2 3 1 0\n\"Ann\"\n\"Bea\"\n\"Cat\"\n\"Council\"\n",
		"no newline at the end":         strings.TrimSuffix(plain, "\n"),
		"spaces and tabs":               "  3\t2 \n\t4  1 2 0 \n 2 3\t1 0\n 0 \n  \"Ann\"\n\"Bea\" \n\"Cat\"\n\"Council\"\n",
		"all names on one line":         "3 2\n4 1 2 0\n2 3 1 0\n0\n\"Ann\" \"Bea\" \"Cat\" \"Council\"\n",
		"short names":                   "3 2\n[nick a b c]\n4 a b 0\n2 c a 0\n0\n\"Ann\"\n\"Bea\"\n\"Cat\"\n\"Council\"\n",
		"short names and numbers":       "3 2\n[nick a b c]\n4 1 b 0\n2 c 1 0\n0\n\"Ann\"\n\"Bea\"\n\"Cat\"\n\"Council\"\n",
		"equal rankings apart":          "3 2\n1 1 2 0\n2 3 1 0\n3 1 2 0\n0\n\"Ann\"\n\"Bea\"\n\"Cat\"\n\"Council\"\n",
		"in another order":              "3 2\n2 3 1 0\n4 1 2 0\n0\n\"Ann\"\n\"Bea\"\n\"Cat\"\n\"Council\"\n",
		"places left out at the end":    "3 2\n4 1 2 - 0\n2 3 1 - - 0\n0\n\"Ann\"\n\"Bea\"\n\"Cat\"\n\"Council\"\n",
		"leading noughts in the number": "3 2\n04 1 2 0\n002 3 1 0\n0\n\"Ann\"\n\"Bea\"\n\"Cat\"\n\"Council\"\n",
	}
	for name, text := range same {
		t.Run(name, func(t *testing.T) {
			b, err := ParseBLT([]byte(text))
			if err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			if err := b.WriteBLT(&out); err != nil {
				t.Fatal(err)
			}
			if out.String() != want {
				t.Errorf("%s", out.String())
			}
		})
	}
}

// What is written is what was read, with everything a file can hold.
func TestReadBLT_Everything(t *testing.T) {
	const text = "4 2\n-3\n[tie 4 3 2 1]\n7 1=2 4 0\n1 2 - 1 0\n5 4 0\n3 0\n0\n\"Ann \\\"Annie\\\" Baker\"\n\"C:\\\\Bea\"\n\"Cåt\"\n\"Dan\"\n\"Staff council\"\n"
	b, err := ParseBLT([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if b.Papers() != 16 || b.Rankings() != 3 || b.Name(1) != `Ann "Annie" Baker` || b.Name(2) != `C:\Bea` || !b.Candidates[2].Withdrawn || !slices.Equal(b.Order, []int{4, 3, 2, 1}) || b.Title != "Staff council" {
		t.Errorf("%d papers, %d rankings, %+v, %v, %q", b.Papers(), b.Rankings(), b.Candidates, b.Order, b.Title)
	}
	n, ranking := b.Ranking(1)
	if n != 1 || fmt.Sprint(ranking) != "[[2] [] [1]]" {
		t.Errorf("%d papers with %v", n, ranking)
	}
	var out bytes.Buffer
	if err := b.WriteBLT(&out); err != nil {
		t.Fatal(err)
	}
	again, err := ParseBLT(out.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	var twice bytes.Buffer
	if err := again.WriteBLT(&twice); err != nil {
		t.Fatal(err)
	}
	if out.String() != twice.String() {
		t.Errorf("%s\n%s", out.String(), twice.String())
	}
}

// Old files carry a source and a comment after the title, and then a remark of any
// kind; nothing of it is read as papers.
func TestReadBLT_TextsAfterTheTitle(t *testing.T) {
	b, err := ParseBLT([]byte("2 1\n3 1 0\n0\n\"Ann\"\n\"Bea\"\n\"Title\"\n\"a source\"\n\"a comment\"\nFirst prefs\n 3 0\n"))
	if err != nil {
		t.Fatal(err)
	}
	if b.Title != "Title" || fmt.Sprint(b.Remarks) != "[a source a comment First prefs 3 0]" {
		t.Errorf("%q %q", b.Title, b.Remarks)
	}
}

// A file without names gives the candidates their numbers.
func TestReadBLT_NoNames(t *testing.T) {
	for _, text := range []string{"2 1\n3 1 0\n0\n", "2 1\n3 1 0\n", "2 1\n3 1"} {
		b, err := ParseBLT([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if b.Name(2) != "Candidate 2" || b.Papers() != 3 {
			t.Errorf("%q: %s, %d papers", text, b.Name(2), b.Papers())
		}
	}
}

// What is not a file of papers is refused with the line and what to do.
func TestReadBLT_Refuses(t *testing.T) {
	cases := map[string]struct{ text, where, what string }{
		"empty":                        {"", "line 1: ", "the file is empty"},
		"only comments":                {"# nothing\n", "line 2: ", "the file is empty"},
		"one number":                   {"3\n", "line 1: ", "the first line has 1 words"},
		"no candidates":                {"0 1\n", "line 1: ", `the number of candidates is "0"`},
		"too many candidates":          {"1001 1\n", "line 1: ", "the number of candidates"},
		"no seats":                     {"3 0\n", "line 1: ", `the number of seats is "0"`},
		"seats that are no number":     {"3 two\n", "line 1: ", `the number of seats is "two"`},
		"candidate who is not there":   {"3 1\n# c\n4 1 4 0\n0\n", "line 3: ", "there is no candidate 4: the first line says that there are 3"},
		"candidate twice":              {"3 1\n4 1 2 1 0\n0\n", "line 2: ", "candidate 1 stands twice in one ranking"},
		"candidate twice among equals": {"3 1\n4 1=1 0\n0\n", "line 2: ", "candidate 1 stands twice"},
		"two papers on a line":         {"3 1\n4 1 0 2 3 0\n0\n", "line 2: ", `after the closing 0 there is "2": put every paper on a line of its own`},
		"no papers on a line":          {"3 1\n0 1 2 0\n", "line 2: ", "the line stands for no papers but ranks candidates"},
		"a word for a number":          {"3 1\nfour 1 2 0\n", "line 2: ", `"four" is not a whole number`},
		"half a paper":                 {"3 1\n1.5 1 2 0\n", "line 2: ", `"1.5" is not a whole number`},
		"minus":                        {"3 1\n4 1 0\n-2\n0\n", "line 3: ", "withdrawn candidates and options stand before the first paper"},
		"numbered papers":              {"3 1\n(7) 4 1 0\n0\n", "line 2: ", "take the numbers of papers in brackets out"},
		"a word for a candidate":       {"3 1\n4 1 bea 0\n", "line 2: ", `"bea" is not a whole number`},
		"an unknown short name":        {"2 1\n[nick a b]\n4 c 0\n", "line 3: ", `"c" is neither a number nor one of the short names`},
		"too many papers":              {"2 1\n1000000000 1 0\n1 2 0\n0\n", "line 2: ", "more than a thousand million papers"},
		"more papers than a count":     {"2 1\n10000000000 1 0\n", "line 2: ", "is more than 1000000000"},
		"nobody withdrawn":             {"3 1\n-4\n", "line 2: ", `"-4" is no withdrawn candidate`},
		"option not closed":            {"3 1\n[tie 1 2 3\n", "line 2: ", "an option is not closed"},
		"unknown option":               {"3 1\n[droop 1]\n", "line 2: ", "there is no option [droop]"},
		"empty option":                 {"3 1\n[]\n", "line 2: ", "an option is empty"},
		"tie without everyone":         {"3 1\n[tie 1 2]\n", "line 2: ", "[tie] names 2 of 3 candidates"},
		"tie twice":                    {"3 1\n[tie 1 2 2]\n", "line 2: ", "[tie] names candidate 2 twice"},
		"too few short names":          {"3 1\n[nick a b]\n", "line 2: ", "[nick] has 2 short names for 3 candidates"},
		"a short name for two":         {"2 1\n[nick a a]\n", "line 2: ", `the short name "a" stands for two`},
		"a number as a short name":     {"2 1\n[nick a 1]\n", "line 2: ", `the short name "1" could be taken for something else`},
		"too few names":                {"3 1\n1 1 0\n0\n\"Ann\"\n\"Bea\"\n", "line 6: ", "there are 2 names for 3 candidates"},
		"too many texts":               {"1 1\n1 1 0\n0\n\"A\"\n\"T\"\n\"s\"\n\"c\"\n\"x\"\n", "line 8: ", "there are more texts"},
		"name without quotes":          {"2 1\n1 1 0\n0\nAnn Baker\n", "line 4: ", `"Ann" is not a name in quotes`},
		"name not closed":              {"1 1\n1 1 0\n0\n\"Ann\n", "line 4: ", "a name is not closed"},
		"papers after the end":         {"2 1\n1 1 0\n0\n1 2 0\n", "line 4: ", `after the papers there is "1": a 0 alone ends the papers`},
		"something after the title":    {"1 1\n1 1 0\n0\n\"Ann\"\n\"Title\"\nend\n", "line 6: ", `after the names there is "end"`},
		"another encoding":             {"1 1\n1 1 0\n0\n\"Andr\xe9\"\n", "line 4: ", "the line is not UTF-8 text: save the file as UTF-8"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			_, err := ParseBLT([]byte(c.text))
			var syntax *SyntaxError
			if !errors.As(err, &syntax) || !strings.HasPrefix(err.Error(), c.where) || !strings.Contains(err.Error(), c.what) {
				t.Errorf("%v\nwant %s%s", err, c.where, c.what)
			}
		})
	}
}

// large is a file of several blocks, with a line of another kind every now and then.
func large(lines int) (text []byte, total int64) {
	var out bytes.Buffer
	out.WriteString("30 3\n")
	for i := range lines {
		switch {
		case i%1000 == 17:
			fmt.Fprintf(&out, "2 %d=%d 30 0 # a comment\n", 1+i%10, 11+i%10)
			total += 2
		default:
			fmt.Fprintf(&out, "%d %d %d %d 0\n", 1+i%3, 1+i%10, 11+i%10, 21+i%9)
			total += int64(1 + i%3)
		}
	}
	out.WriteString("0\n")
	for c := range 30 {
		fmt.Fprintf(&out, "\"Candidate number %d\"\n", c+1)
	}
	out.WriteString("\"Large\"\n")
	return out.Bytes(), total
}

// A file that is read in blocks is the same however the bytes arrive, and its faults
// have the right line.
func TestReadBLT_Blocks(t *testing.T) {
	text, total := large(400_000)
	if len(text) < 4*blockSize {
		t.Fatalf("only %d bytes", len(text))
	}
	readers := map[string]func() io.Reader{
		"from memory":     func() io.Reader { return bytes.NewReader(text) },
		"of unknown size": func() io.Reader { return io.MultiReader(bytes.NewReader(text)) },
		"in halves":       func() io.Reader { return iotest.HalfReader(bytes.NewReader(text)) },
		"end with data":   func() io.Reader { return iotest.DataErrReader(bytes.NewReader(text)) },
		"few at a time":   func() io.Reader { return &slowReader{bytes.NewReader(text), 4097} },
		"names in between": func() io.Reader {
			return io.MultiReader(bytes.NewReader(text[:len(text)-300]), bytes.NewReader(text[len(text)-300:]))
		},
	}
	want, err := ParseBLT(text)
	if err != nil {
		t.Fatal(err)
	}
	for name, open := range readers {
		b, err := ReadBLT(open())
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if b.Papers() != total || b.Title != "Large" || b.Name(30) != "Candidate number 30" || !slices.Equal(b.prefs, want.prefs) || !slices.Equal(b.start, want.start) || !slices.Equal(b.papers, want.papers) {
			t.Errorf("%s: %d papers, %q", name, b.Papers(), b.Title)
		}
	}
	// The same fault in the last block, the first and the middle.
	for _, line := range []int{2, 150_000, 399_999} {
		lines := bytes.SplitAfter(text, []byte("\n"))
		lines[line-1] = []byte("1 2 3 31 0\n")
		_, err := ParseBLT(bytes.Join(lines, nil))
		if want := fmt.Sprintf("line %d: there is no candidate 31", line); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%v, want %s", err, want)
		}
	}
	// A fault among the names counts the lines of all blocks before it.
	_, err = ParseBLT(append(bytes.Clone(text), "more\n"...))
	if want := fmt.Sprintf("line %d: ", bytes.Count(text, []byte("\n"))+1); err == nil || !strings.HasPrefix(err.Error(), want) {
		t.Errorf("%v, want %s", err, want)
	}
}

// The end of the papers may fall anywhere in a block, and what follows fill more
// than one.
func TestReadBLT_MoreNamesThanABlock(t *testing.T) {
	var out bytes.Buffer
	const n = 1_000
	fmt.Fprintf(&out, "%d 1\n", n)
	for i := range 120_000 {
		fmt.Fprintf(&out, "1 %d %d 0\n", 1+i%n, 1+(i+1)%n)
	}
	out.WriteString("0\n")
	for c := range n {
		fmt.Fprintf(&out, "\"Candidate number %d %s\"\n", c+1, strings.Repeat("with a long name ", 200))
	}
	b, err := ReadBLT(io.MultiReader(&out))
	if err != nil {
		t.Fatal(err)
	}
	if b.Papers() != 120_000 || !strings.HasPrefix(b.Name(n), "Candidate number 1000 ") {
		t.Errorf("%d papers, %q", b.Papers(), b.Name(n))
	}
}

type slowReader struct {
	r io.Reader
	n int
}

func (s *slowReader) Read(p []byte) (int, error) { return s.r.Read(p[:min(len(p), s.n)]) }

// A reader that fails is not taken for the end of the file.
func TestReadBLT_ReaderFails(t *testing.T) {
	text, _ := large(200_000)
	broken := errors.New("the disk is gone")
	for _, at := range []int{3, 100, blockSize + 5, len(text) - 10} {
		_, err := ReadBLT(io.MultiReader(bytes.NewReader(text[:at]), iotest.ErrReader(broken)))
		if !errors.Is(err, broken) {
			t.Errorf("after %d bytes: %v", at, err)
		}
	}
}

// A line without an end is refused before it fills the memory.
func TestReadBLT_EndlessLine(t *testing.T) {
	_, err := ReadBLT(io.MultiReader(strings.NewReader("3 1\n"), &endless{}))
	if err == nil || !strings.Contains(err.Error(), "longer than a million characters") {
		t.Error(err)
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = '1'
	}
	return len(p), nil
}

// Papers made in a program are checked as those of a file are.
func TestBallots_Add_Refuses(t *testing.T) {
	b, err := NewBallots(1, "Ann", "Bea")
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range []error{b.AddOrder(1, 3), b.AddOrder(1, 0), b.AddOrder(1, 1, 1), b.AddOrder(0, 1), b.AddOrder(MaxPapers+1, 1), b.Add(1, Rank{1, 2}, Rank{2})} {
		if bad == nil {
			t.Error("a wrong paper was taken")
		}
	}
	if b.Papers() != 0 || b.Rankings() != 0 || len(b.prefs) != 0 {
		t.Errorf("%d papers stayed", b.Papers())
	}
	if _, err := NewBallots(0, "Ann"); err == nil {
		t.Error("an election without seats was made")
	}
	if _, err := NewBallots(1); err == nil {
		t.Error("an election without candidates was made")
	}
}

// No bytes make the reader crash, and what it takes it writes and reads back alike.
func FuzzReadBLT(f *testing.F) {
	for _, seed := range []string{
		"3 2\n4 1 2 0\n2 3 1 0\n0\n\"Ann\"\n\"Bea\"\n\"Cat\"\n\"Council\"\n",
		"4 2\n-3\n[nick a b c d]\n[tie 4 3 2 1]\n[withdrawn a]\n7 a=b d 0\n1 2 - 1 0\n3 0\n0\n\"A \\\" \\\\ \"\"x\"\n",
		"\xef\xbb\xbf2 1\r\n1 1 0\r\n0\r\n", "2 1\n1 2 # x\n\"a\" \"b\" \"c\" \"d\" \"e\"\nfree text\n", "1 1\n99999999999 1 0\n", "1000 1\n1 1000 999=1 0\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := ParseBLT(data)
		if err != nil {
			var syntax *SyntaxError
			if !errors.As(err, &syntax) || syntax.Line < 1 || syntax.Problem == "" {
				t.Fatalf("%v", err)
			}
			return
		}
		var once, twice bytes.Buffer
		if err := b.WriteBLT(&once); err != nil {
			t.Fatal(err)
		}
		again, err := ParseBLT(once.Bytes())
		if err != nil {
			t.Fatalf("%v in\n%s", err, once.Bytes())
		}
		if err := again.WriteBLT(&twice); err != nil {
			t.Fatal(err)
		}
		if once.String() != twice.String() || again.Papers() != b.Papers() {
			t.Fatalf("%s\n%s", once.Bytes(), twice.Bytes())
		}
	})
}

// No file makes a count crash or hang, or lose a vote.
func FuzzCount(f *testing.F) {
	f.Add([]byte("3 2\n4 1 2 0\n2 3 1 0\n0\n"), uint8(0))
	f.Add([]byte("5 3\n-2\n4 1=3 2 0\n2 - 1 0\n7 4 5 0\n"), uint8(5))
	f.Fuzz(func(t *testing.T, data []byte, which uint8) {
		b, err := ParseBLT(data)
		if err != nil || len(b.Candidates) > 30 || len(data) > 2000 {
			return
		}
		rules := Rules()
		rule := rules[int(which)%len(rules)]
		r, err := Count(b, rule, Options{Lots: inNumber(b)})
		if err != nil {
			return
		}
		for _, s := range r.Stages {
			sum := s.NonTransferable.Units
			for _, a := range s.Totals {
				sum += a.Units
			}
			if rule.Ranked && sum != r.Valid*unit(rule.Decimals) {
				t.Fatalf("%s stage %d: %d units of %d papers", rule.ID, s.Number, sum, r.Valid)
			}
		}
	})
}
