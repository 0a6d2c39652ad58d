package archive

import (
	"context"
	"fmt"

	"commonweal/belenios"
)

// prove checks what has to be computed, each part only if what it rests on is
// in order.
func (v *verification) prove(ctx context.Context) error {
	for _, part := range []func(context.Context) error{
		v.proveSetup, v.proveBallots, v.proveTally, v.proveShuffles, v.proveDecryptions, v.proveResult,
	} {
		if err := part(ctx); err != nil {
			return err
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if !v.report.OK() {
			return nil
		}
	}
	v.report.NotChecked = v.limits()
	return nil
}

// proveSetup checks the election, its trustees and its voters.
func (v *verification) proveSetup(context.Context) error {
	for _, check := range []func() error{
		v.election.CheckMembership,
		v.trustees.Verify,
		func() error { return v.trustees.CheckElection(v.election) },
		func() error { return v.credentials.Check(v.election) },
		v.credentials.CheckMembership,
		func() (err error) {
			v.verifier, err = belenios.NewVerifier(v.election, v.credentials)
			return err
		},
	} {
		if err := check(); err != nil {
			v.report.find(string(Setup), "%v", err)
			return nil
		}
	}
	trustees, voters := v.trustees.Count(), v.credentials.Len()
	v.report.checked(trustees, "%s, each with a proof that somebody holds it, and the election's key, which is made of them", count(trustees, "trustee's key", "trustees' keys"))
	v.report.checked(voters, "%s, all different, of weight %d together", count(voters, "public credential", "public credentials"), v.credentials.TotalWeight())
	return nil
}

// proveBallots checks every ballot, also those that a later one replaced, and
// combines those that count.
func (v *verification) proveBallots(ctx context.Context) error {
	from := v.proven()
	tally, faults, err := v.eachBallot(ctx, from, v.stage >= Tallied, v.verifier.Ballot)
	if err != nil {
		return err
	}
	for i, fault := range faults {
		if fault != nil {
			v.report.find(fmt.Sprintf("event %d", v.ballots[i].height), "%v", fault)
		}
	}
	v.initial, v.current = tally, tally
	if from > 0 {
		v.report.checked(from, "%s up to event %d that were verified before: not again", count(from, "ballot", "ballots"), v.options.Known.Height)
	}
	n := len(v.ballots) - from
	v.report.checked(n, "%s for this election, signed by a credential on the list; every number a member of the group, every proof", count(n, "ballot", "ballots"))
	return nil
}

// proven is how many ballots the caller knows to be in order.
func (v *verification) proven() int {
	n := 0
	if known := v.options.Known; known != nil {
		for n < len(v.ballots) && v.ballots[n].height <= known.Height {
			n++
		}
	}
	return n
}

// proveTally compares the tally of the archive with the one that the ballots
// give.
func (v *verification) proveTally(context.Context) error {
	if v.stage < Tallied {
		return nil
	}
	const where = string(EncryptedTally)
	counted := v.report.Ballots
	if v.sized.NumTallied != counted.Counted {
		v.report.find(where, "it says that %d ballots were counted and %d count", v.sized.NumTallied, counted.Counted)
	}
	if v.sized.TotalWeight != counted.TotalWeight {
		v.report.find(where, "it says that the ballots weigh %d together and they weigh %d", v.sized.TotalWeight, counted.TotalWeight)
	}
	if v.initial.Hash() != v.tally.hash {
		v.report.find(where, "it is not what the ballots give, which has the hash %s", v.initial.Hash())
	}
	v.report.checked(counted.Counted, "the encrypted tally, made again of the %s that count", count(counted.Counted, "ballot", "ballots"))
	return nil
}

// proveShuffles checks each shuffle against what came before it.
func (v *verification) proveShuffles(ctx context.Context) error {
	for _, o := range v.shuffles {
		body, err := o.load(v.in)
		if err != nil {
			return err
		}
		if err := v.shuffle(body); err != nil {
			v.report.find(fmt.Sprintf("event %d: shuffle of trustee %d", o.height, o.owner), "%v", err)
			return nil
		}
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	if n := len(v.shuffles); n > 0 {
		v.report.checked(n, "%s by different trustees, each a rearrangement of what came before and nothing else", count(n, "shuffle", "shuffles"))
	}
	return nil
}

// proveDecryptions checks the partial decryptions.
func (v *verification) proveDecryptions(context.Context) error {
	for _, o := range v.decryptions {
		body, err := o.load(v.in)
		if err != nil {
			return err
		}
		d, err := belenios.ParsePartialDecryption(v.election, body)
		if err == nil {
			err = v.binds(d)
		}
		if err != nil {
			v.report.find(fmt.Sprintf("event %d: partial decryption of trustee %d", o.height, o.owner), "%v", err)
			return nil
		}
		v.partial = append(v.partial, belenios.OwnedDecryption{Owner: o.owner, Decryption: d})
	}
	n := len(v.partial)
	if n == 0 {
		return nil
	}
	if err := belenios.VerifyDecryptions(v.election, v.trustees, v.current, v.partial); err != nil {
		v.report.find(string(PartialDecryption), "%v", err)
	}
	v.report.checked(n, "%s by different trustees, each made with the trustee's own key", count(n, "partial decryption", "partial decryptions"))
	return nil
}

// proveResult makes the result again.
func (v *verification) proveResult(context.Context) error {
	if v.stage < Finished {
		return nil
	}
	again, err := v.opened()
	if err != nil {
		v.report.find(string(Result), "%v", err)
		return nil
	}
	if again.Hash() != v.result.hash {
		v.report.find(string(Result), "it is not what the tally and the decryptions give, which is %.300s", again.Bytes())
		return nil
	}
	v.report.checked(1, "the result, made again of the tally and the partial decryptions")
	v.report.Questions = v.answers(again)
	return nil
}
