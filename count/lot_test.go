package count

import (
	"encoding/hex"
	"errors"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const (
	seedVector       = "000102030405060708090a0b0c0d0e0f"
	commitmentVector = "6ee35c1806f8d83fe6b2232ea0c58fcf7b1faf0629e2d5938081dd37df0b39df"
)

// The recipe of the lot, with the hashes that sha256sum gives for it. Anyone who
// implements it again should come to these.
func TestSeed_Vectors(t *testing.T) {
	seed, err := ParseSeed(seedVector)
	if err != nil {
		t.Fatal(err)
	}
	if got := seed.Commitment(); got != commitmentVector {
		t.Errorf("commitment %s", got)
	}
	tie := Tie{Purpose: ToExclude, Stage: 4, Candidates: []int{2, 7, 11}}
	tickets := map[int]string{
		2:  "bfb4a1d9463ec451acce7e80bccf1ef995e2018e2b806010b8a69ea60b53749b",
		7:  "c374ab210f6736ef6a912553095aa8f4bfa84e36e43e59e5fcef92888c8a6174",
		11: "1d98dbee84021ac6e37746ffe7f3f12c878e5833e39f0bbd6eec84558b351103",
	}
	for c, want := range tickets {
		ticket := seed.Ticket(tie, c)
		if got := hex.EncodeToString(ticket[:]); got != want {
			t.Errorf("ticket of %d: %s", c, got)
		}
	}
	if chosen, manner, err := seed.Draw(tie); chosen != 11 || manner != "seed" || err != nil {
		t.Errorf("the lot falls on %d by %s, %v", chosen, manner, err)
	}
	if got := MixSeed(seed, []byte("the head of the closed ballot box"), []byte("a public draw")).String(); got != "7861c88d0ede38827ba28a30c0fdb400aae4d82d78b18df37c974c87d0bc9edf" {
		t.Errorf("mixed seed %s", got)
	}
}

// What the documentation says to type gives the ticket.
func TestSeed_Ticket_ByShell(t *testing.T) {
	if _, err := exec.LookPath("sha256sum"); err != nil {
		t.Skip("the program sha256sum is not installed")
	}
	out, err := exec.Command("sh", "-c", `printf 'commonweal count lot v1\n%s\n%s\n%s\n%s\n%s\nend\n' `+seedVector+` exclude 4 '2 7 11' 2 | sha256sum`).Output()
	if err != nil {
		t.Fatal(err)
	}
	seed, err := ParseSeed(seedVector)
	if err != nil {
		t.Fatal(err)
	}
	ticket := seed.Ticket(Tie{ToExclude, 4, []int{2, 7, 11}}, 2)
	if got := strings.Fields(string(out))[0]; got != hex.EncodeToString(ticket[:]) {
		t.Errorf("%s", got)
	}
}

// Each candidate is chosen about equally often over many seeds, and the draw does
// not lean to a number.
func TestSeed_Draw_Even(t *testing.T) {
	const draws = 9_000
	var times [4]int
	for i := range draws {
		seed := MixSeed(Seed("sixteen bytes of"), []byte{byte(i), byte(i >> 8)})
		c, _, err := seed.Draw(Tie{ToElect, 1, []int{1, 2, 3}})
		if err != nil {
			t.Fatal(err)
		}
		times[c]++
	}
	for c := 1; c <= 3; c++ {
		if times[c] < draws/3-250 || times[c] > draws/3+250 {
			t.Errorf("candidate %d is drawn %d times of %d", c, times[c], draws)
		}
	}
}

func TestParseSeed_Refuses(t *testing.T) {
	for text, why := range map[string]string{
		"":                       "has 0 bytes",
		"0011":                   "has 2 bytes",
		"xyz":                    "is not hexadecimal",
		strings.Repeat("00", 65): "has 65 bytes",
	} {
		if _, err := ParseSeed(text); err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// An order decides among those it names; a tie of others is for somebody else.
func TestOrder_Draw(t *testing.T) {
	if c, _, err := (Order{5, 3, 1}).Draw(Tie{ToElect, 1, []int{1, 3}}); c != 3 || err != nil {
		t.Errorf("%d, %v", c, err)
	}
	var tie *TieError
	if _, _, err := (Order{5}).Draw(Tie{ToElect, 1, []int{1, 3}}); !errors.As(err, &tie) {
		t.Errorf("%v", err)
	}
}

// ERS97 5.6.3: in a recount an earlier lot between the same candidates stands, even
// where the stage has another number; a lot between others is drawn anew.
func TestEarlier_LotStands(t *testing.T) {
	first := papers(t, 3, 1, "5 1", "5 2", "9 3 1")
	r := mustCount(t, first, "ers97", Options{Lots: Order{2, 1, 3}})
	if len(r.Lots) != 1 || r.Lots[0].Chosen != 2 {
		t.Fatalf("lots %+v", r.Lots)
	}
	data, err := r.MarshalJSON()
	if err != nil {
		t.Fatal(err)
	}
	lots, err := ReadLots(data)
	if err != nil {
		t.Fatal(err)
	}
	recount := mustCount(t, first, "ers97", Options{Lots: Earlier{Lots: lots, Then: Order{1, 2, 3}}})
	if recount.Lots[0].Chosen != 2 || recount.Lots[0].Manner != "earlier" {
		t.Errorf("lots %+v", recount.Lots)
	}
	e := Earlier{Lots: lots}
	if c, _, err := e.Draw(Tie{ToExclude, 9, []int{1, 2}}); c != 2 || err != nil {
		t.Errorf("another stage: %d, %v", c, err)
	}
	var tie *TieError
	if _, _, err := e.Draw(Tie{ToTransfer, 2, []int{1, 2}}); !errors.As(err, &tie) {
		t.Errorf("another purpose: %v", err)
	}
	if _, _, err := e.Draw(Tie{ToExclude, 2, []int{1, 2, 3}}); !errors.As(err, &tie) || !slices.Equal(tie.Candidates, []int{1, 2, 3}) {
		t.Errorf("other candidates: %v", err)
	}
}
