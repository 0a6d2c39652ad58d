package web

import (
	"slices"

	"commonweal/internal/base/fault"
	"commonweal/internal/own/share"
	"commonweal/law"
)

type stakeJSON struct {
	ID          uuid            `json:"id"`
	Member      uuid            `json:"member" doc:"The id of the membership."`
	Holder      string          `json:"holder,omitempty" doc:"The name; left out where the details are erased."`
	HolderNo    int             `json:"holder_number,omitempty" doc:"In the register."`
	Kind        share.StakeKind `json:"kind"`
	Title       string          `json:"title"`
	Basis       string          `json:"basis,omitempty" doc:"Where the rules give it."`
	Granted     law.Date        `json:"granted"`
	Ends        law.Date        `json:"ends,omitzero" doc:"The first day on which it is held no more."`
	EndedReason string          `json:"ended_reason,omitempty"`
	Uses        []useJSON       `json:"uses" doc:"When it was used, and what for."`
}

type useJSON struct {
	Used law.Date `json:"used"`
	What string   `json:"what"`
}

type stakesParams struct {
	pageParams
	Member uuid     `query:"member" doc:"Only those of this membership."`
	On     law.Date `query:"on" doc:"Only those held on this day; all, past and present, where it is left out."`
}

func (v *visit) apiStakes(p stakesParams) (list[stakeJSON], error) {
	return v.stakes(p.pageParams, string(p.Member), p.On)
}

func (v *visit) apiMyStakes(p pageParams) (list[stakeJSON], error) {
	me, err := v.myMember()
	if err != nil || me == "" {
		return list[stakeJSON]{}, err
	}
	return v.stakes(p, me, law.Date{})
}

// stakes are those of one member, or of all when member is "".
func (v *visit) stakes(p pageParams, member string, on law.Date) (list[stakeJSON], error) {
	all, err := v.house.Shares.Stakes(v.ctx, v.org.ID, member)
	if err != nil {
		return list[stakeJSON]{}, err
	}
	uses, err := v.house.Shares.Uses(v.ctx, v.org.ID, member)
	if err != nil {
		return list[stakeJSON]{}, err
	}
	holders, err := v.holders()
	if err != nil {
		return list[stakeJSON]{}, err
	}
	used := map[string][]useJSON{}
	for _, u := range uses {
		used[u.Stake] = append(used[u.Stake], useJSON{u.Used, u.What})
	}
	var out []stakeJSON
	for _, k := range all {
		if on.IsZero() || k.Held(on) {
			who := holders[k.Member]
			out = append(out, stakeJSON{uuid(k.ID), uuid(k.Member), who.Name, who.Number, k.Kind, k.Title, k.Basis, k.Granted, k.Ends, k.EndedReason, used[k.ID]})
		}
	}
	return pageOf(p, "stakes", out, func(k stakeJSON) string { return k.Granted.String() + " " + string(k.ID) })
}

type grantJSON struct {
	Member  uuid            `json:"member" doc:"The id of the membership."`
	Kind    share.StakeKind `json:"kind" doc:"A right is something the member may do, a role something the member is."`
	Title   string          `json:"title" max:"200"`
	Basis   string          `json:"basis,omitempty" max:"200" doc:"Where the rules give it: rule 22."`
	Granted law.Date        `json:"granted,omitzero" doc:"The first day; today where it is left out."`
}

func (v *visit) apiGrant(_ none, b grantJSON) (stakeJSON, error) {
	id, err := v.house.Shares.Grant(v.ctx, v.actor.Person, v.org.ID, share.Stake{
		Member: string(b.Member), Kind: b.Kind, Title: b.Title, Basis: b.Basis, Granted: v.orToday(b.Granted),
	})
	if err != nil {
		return stakeJSON{}, err
	}
	return v.stake(id)
}

// stake finds one stake after a change of it.
func (v *visit) stake(id string) (stakeJSON, error) {
	all, err := v.stakes(pageParams{Limit: 1 << 30}, "", law.Date{})
	if err != nil {
		return stakeJSON{}, err
	}
	i := slices.IndexFunc(all.Items, func(k stakeJSON) bool { return string(k.ID) == id })
	if i < 0 {
		return stakeJSON{}, fault.Errorf(fault.NotFound, "there is no stake %s", id)
	}
	return all.Items[i], nil
}

type stakeParams struct {
	Stake uuid `path:"stake" doc:"The id of the stake."`
}

type endStakeJSON struct {
	Ends   law.Date `json:"ends,omitzero" doc:"The first day on which it is held no more; today where it is left out."`
	Reason string   `json:"reason" max:"1000"`
}

func (v *visit) apiEndStake(p stakeParams, b endStakeJSON) (stakeJSON, error) {
	if err := v.house.Shares.EndStake(v.ctx, v.actor.Person, v.org.ID, string(p.Stake), v.orToday(b.Ends), b.Reason); err != nil {
		return stakeJSON{}, err
	}
	return v.stake(string(p.Stake))
}

type useStakeJSON struct {
	Used law.Date `json:"used,omitzero" doc:"The day; today where it is left out."`
	What string   `json:"what" max:"500" doc:"What for, without names."`
}

func (v *visit) apiUseStake(p stakeParams, b useStakeJSON) (stakeJSON, error) {
	if err := v.house.Shares.UseStake(v.ctx, v.actor.Person, v.org.ID, string(p.Stake), v.orToday(b.Used), b.What); err != nil {
		return stakeJSON{}, err
	}
	return v.stake(string(p.Stake))
}
