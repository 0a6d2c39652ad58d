package count

import "encoding/json"

// The transcript as data. Votes are decimal text with all decimals of the rule.
type resultData struct {
	Rules       string          `json:"rules"`
	Seats       int             `json:"seats"`
	Quota       string          `json:"quota"`
	Elected     []int           `json:"elected"`
	Stages      []stageData     `json:"stages"`
	Title       string          `json:"title"`
	Candidates  []candidateData `json:"candidates"`
	Valid       int64           `json:"valid"`
	Invalid     int64           `json:"invalid"`
	Lots        []lotData       `json:"lots"`
	Version     int             `json:"rules_version"`
	Fingerprint string          `json:"rules_sha256"`
	Sources     []Source        `json:"sources"`
	Readings    []Reading       `json:"readings"`
}

type candidateData struct {
	Number    int    `json:"number"`
	Name      string `json:"name"`
	Withdrawn bool   `json:"withdrawn,omitempty"`
}

type stageData struct {
	Action          string         `json:"action"`
	Totals          []Amount       `json:"totals"`
	NonTransferable Amount         `json:"non_transferable"`
	Elected         []int          `json:"elected"`
	Excluded        []int          `json:"excluded"`
	Quota           string         `json:"quota"`
	Transfers       []transferData `json:"transfers"`
	Remarks         []string       `json:"remarks"`
}

type transferData struct {
	Value           Amount      `json:"value"`
	Papers          int64       `json:"papers"`
	To              []shareData `json:"to"`
	NonTransferable Amount      `json:"non_transferable"`
	Elected         []int       `json:"elected"`
}

type shareData struct {
	Candidate int    `json:"candidate"`
	Papers    int64  `json:"papers"`
	Votes     Amount `json:"votes"`
}

type lotData struct {
	Purpose    Purpose `json:"purpose"`
	Stage      int     `json:"stage"`
	Candidates []int   `json:"candidates"`
	Chosen     int     `json:"chosen"`
	Manner     string  `json:"manner"`
}

// MarshalJSON writes the transcript as data. Its form is described in the manual
// page of the command; fields may be added to it, none is taken away.
func (r *Result) MarshalJSON() ([]byte, error) {
	out := resultData{
		Rules: r.Rule.ID, Version: r.Rule.Version, Fingerprint: r.Rule.Fingerprint(), Sources: r.Rule.Sources, Readings: r.Rule.Readings, Seats: r.Seats, Quota: r.quotaText(r.Quota), Elected: some(r.Elected), Title: r.Title,
		Valid: r.Valid, Invalid: r.Invalid, Stages: []stageData{}, Candidates: []candidateData{}, Lots: []lotData{},
	}
	for i, c := range r.Candidates {
		out.Candidates = append(out.Candidates, candidateData{i + 1, c.Name, c.Withdrawn})
	}
	for _, s := range r.Stages {
		d := stageData{
			Action: s.Action(), Totals: s.Totals, NonTransferable: s.NonTransferable, Elected: some(s.Elected), Excluded: some(s.Excluded), Quota: r.quotaText(s.Quota),
			Transfers: []transferData{}, Remarks: []string{},
		}
		for _, m := range s.Transfers {
			td := transferData{Value: m.Value, Papers: m.Papers, NonTransferable: m.LostVote, To: []shareData{}, Elected: some(m.Elected)}
			for _, share := range m.Shares {
				td.To = append(td.To, shareData(share))
			}
			d.Transfers = append(d.Transfers, td)
		}
		for _, m := range s.Remarks {
			d.Remarks = append(d.Remarks, r.remark(m))
		}
		out.Stages = append(out.Stages, d)
	}
	for _, l := range r.Lots {
		out.Lots = append(out.Lots, lotData{l.Purpose, l.Stage, l.Candidates, l.Chosen, l.Manner})
	}
	return json.Marshal(out)
}

// quotaText is the quota, or nothing where the method has none.
func (r *Result) quotaText(a Amount) string {
	if r.Rule.Method == Highest {
		return ""
	}
	return a.String()
}

// ReadLots takes the lots out of a transcript that [Result.MarshalJSON] wrote, so
// that a recount can let them stand; see [Earlier].
func ReadLots(transcript []byte) ([]Lot, error) {
	var in struct {
		Lots []lotData `json:"lots"`
	}
	if err := json.Unmarshal(transcript, &in); err != nil {
		return nil, err
	}
	var out []Lot
	for _, l := range in.Lots {
		out = append(out, Lot{Tie{l.Purpose, l.Stage, l.Candidates}, l.Chosen, l.Manner})
	}
	return out, nil
}

// some is the list, never null in the data.
func some(list []int) []int {
	if list == nil {
		return []int{}
	}
	return list
}
