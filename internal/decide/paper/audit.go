package paper

import (
	"context"
	"fmt"
	"strings"

	"commonweal/internal/base/db"
)

// Audit works out again what is stored of a contest and says what does not fit, in
// words; nothing where all is well. Fsck finds a table that is not what the record
// says; this finds a record that somebody with the server in hand wrote without sense:
// a batch that is not what its hash says, a paper that one teller read twice, a ruling
// on what nobody read differently, a reckoning that the pollbook does not bear out.
func (s *Service) Audit(ctx context.Context, org, contest string) (wrong []string, err error) {
	err = s.read(ctx, func(tx *db.Tx) error {
		wrong = nil
		c, err := s.polls.Contest(ctx, tx, org, contest)
		if err != nil {
			return err
		}
		list, err := batchesOf(ctx, tx, org, contest)
		if err != nil {
			return err
		}
		for _, b := range list {
			found, err := s.auditBatch(ctx, tx, org, c, b)
			if err != nil {
				return err
			}
			wrong = append(wrong, found...)
		}
		for _, by := range []Channel{Paper, Telephone} {
			found, err := s.auditSigned(ctx, tx, org, c, by)
			if err != nil {
				return err
			}
			wrong = append(wrong, found...)
		}
		return nil
	})
	return wrong, err
}

func (s *Service) auditBatch(ctx context.Context, tx *db.Tx, org string, c Contest, b Batch) (wrong []string, err error) {
	say := func(format string, args ...any) {
		wrong = append(wrong, fmt.Sprintf("batch %s: ", b.Code)+fmt.Sprintf(format, args...))
	}
	if !c.Has(b.Channel) {
		say("in contest %s nobody votes %s", c.Code, b.Channel.Title())
	}
	list, err := keyedOf(ctx, tx, org, b.ID)
	if err != nil {
		return nil, err
	}
	for i, k := range list {
		if _, err := s.open(org, c, k.Sealed, place(b.ID, k.Paper, k.Teller)); err != nil {
			say("what was keyed of paper %d: %v", k.Paper, err)
		}
		if i > 0 && list[i-1].Paper == k.Paper && list[i-1].Teller == k.Teller {
			say("one teller has keyed paper %d twice", k.Paper)
		}
	}
	if b.Settled == "" || len(wrong) > 0 {
		return wrong, nil
	}
	papers, err := s.papers(ctx, tx, org, c, b)
	if err != nil {
		say("%v", err)
		return wrong, nil
	}
	if len(papers) != b.Papers {
		say("%d papers are settled and there are %d", b.Papers, len(papers))
	}
	for _, p := range papers {
		switch _, ok := p.Ballot(); {
		case !ok:
			say("paper %d is read differently and not ruled on", p.Paper)
		case p.Ruling == nil:
		case !p.Differs():
			say("paper %d is ruled on and was not read differently", p.Paper)
		case p.Ruling.Ruled != p.sort(p.Ruling.Ballot):
			say("the ruling on paper %d says %s and is %s", p.Paper, p.Ruling.Ruled, p.sort(p.Ruling.Ballot))
		case p.Ruling.By == p.Read[0].Teller || p.Ruling.By == p.Read[1].Teller:
			say("paper %d was ruled on by one who has keyed it", p.Paper)
		case strings.TrimSpace(p.Ruling.Reason) == "":
			say("paper %d was ruled on without a reason", p.Paper)
		}
	}
	if hash := hashOf(c, b, papers); hash != b.SHA256 {
		say("its lines have the hash %s and %s was published", hash, b.SHA256)
	}
	return wrong, nil
}

func (s *Service) auditSigned(ctx context.Context, tx *db.Tx, org string, c Contest, by Channel) ([]string, error) {
	f, err := signedOf(ctx, tx, org, c.ID, by)
	if err != nil || f == nil {
		return nil, err
	}
	if !c.Has(by) {
		return []string{fmt.Sprintf("a reckoning of votes %s is signed, and in contest %s nobody votes so", by.Title(), c.Code)}, nil
	}
	t, err := s.tallyOf(ctx, tx, org, c, by)
	if err != nil {
		return []string{err.Error()}, nil
	}
	wrong := t.wrong(c, by)
	if text := f.Wrong(); text != "" {
		wrong = append(wrong, text)
	}
	for _, one := range []struct {
		what          string
		signed, found int
	}{{"returned", f.Returned, t.returned}, {"disqualified", f.Disqualified, t.disqualified}} {
		if one.signed != one.found {
			wrong = append(wrong, fmt.Sprintf("%d %s votes %s are signed for and there are %d", one.signed, one.what, by.Title(), one.found))
		}
	}
	if f.Spoilt < t.spoilt {
		wrong = append(wrong, fmt.Sprintf("%d spoilt votes %s are signed for and there are %d", f.Spoilt, by.Title(), t.spoilt))
	}
	return wrong, nil
}
