package count

// Kind is what was done in a stage.
type Kind string

// The kinds of stage.
const (
	First     Kind = "first"     // first preferences, or all marks
	Surplus   Kind = "surplus"   // one candidate's surplus was transferred
	Surpluses Kind = "surpluses" // surpluses were shared out again (Meek)
	Exclusion Kind = "exclude"   // candidates were excluded
)

// Result is a finished count: who is elected and how it came to that. Equal
// papers, rules and options give an equal result, whatever the order of the
// papers.
type Result struct {
	Rule       Rule
	Title      string
	Seats      int
	Candidates []Candidate // with a name each
	Valid      int64       // papers
	Invalid    int64
	// Quota is the number of votes that elects, at the end of the count. It has
	// no meaning where the method has no quota.
	Quota   Amount
	Elected []int // candidate numbers, in the order of election
	Stages  []Stage
	Lots    []Lot
}

// Stage is one step of the count and how things stood after it.
type Stage struct {
	Number     int
	Kind       Kind
	Candidates []int    // whose surplus, or who was excluded, lowest first
	Totals     []Amount // by candidate, the first is candidate 1
	// NonTransferable is the value of papers that show no further preference, and
	// of what rounding lost.
	NonTransferable Amount
	Quota           Amount
	Elected         []int // deemed elected in this stage, in order
	Excluded        []int
	Transfers       []Transfer
	Remarks         []Remark
}

// Transfer is one parcel, or all parcels of one value, that moved.
type Transfer struct {
	Value    Amount // of each paper now
	Papers   int64
	Shares   []Share
	Lost     int64  // papers without a further preference
	LostVote Amount // their value
	Elected  []int  // deemed elected after this parcel
}

// Share is what one candidate received in a transfer.
type Share struct {
	Candidate int
	Papers    int64
	Votes     Amount
}

// Topic says what a remark is about.
type Topic string

// The topics of remarks.
const (
	Deferred   Topic = "deferred"    // a surplus was not transferred now
	TieHistory Topic = "tie-history" // a tie was settled by an earlier stage
	TieLot     Topic = "tie-lot"     // a tie was settled by lot
	TieNone    Topic = "tie-none"    // level candidates were left as they are (ERS97 5.6.2)
	NewQuota   Topic = "new-quota"   // the quota was worked out anew
	Threshold  Topic = "threshold"   // elected below the quota by the active vote (ERS97)
	Majority   Topic = "majority"    // outvotes all others together (NI rule 52(2))
	Settled    Topic = "settled"     // the shares stand still (Meek)
	Unreached  Topic = "unreached"   // papers that stay since all places are filled
)

// Remark explains a decision of a stage.
type Remark struct {
	Topic      Topic
	Candidates []int   // whom it concerns
	Chosen     int     // of them, where one was chosen
	Stage      int     // that settled it
	For        Purpose // what the tie was about
	Amount     Amount
	Against    Amount
	Places     int
}
