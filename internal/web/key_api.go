package web

import (
	"time"

	"commonweal/internal/base/fault"
	"commonweal/internal/decide/keys"
	"commonweal/law"
)

type keyJSON struct {
	ID        uuid      `json:"id"`
	Poll      string    `json:"poll" doc:"The code of the vote."`
	State     string    `json:"state" enum:"under way,made,given up,lost"`
	Rehearsal bool      `json:"rehearsal" doc:"The key is thrown away and nobody votes with it."`
	Step      string    `json:"step,omitempty" enum:"cert,polynomial,voutput,check" doc:"The message that is due."`
	Group     string    `json:"group" doc:"The group of numbers in which it is made."`
	Keyholder int       `json:"keyholders" doc:"How many there are."`
	Threshold int       `json:"threshold" doc:"How many open votes together."`
	Waiting   []int     `json:"waiting" doc:"The numbers of those who have to send the message that is due."`
	Begun     time.Time `json:"begun"`
	Made      time.Time `json:"made,omitzero"`
	SHA256    string    `json:"sha256,omitempty" doc:"Of the finished key, as it stands in the archive."`
	GivenUp   time.Time `json:"given_up,omitzero"`
	Reason    string    `json:"reason,omitempty" doc:"Why it was given up."`
	Destroyed []int     `json:"destroyed" doc:"The numbers of those who have destroyed their part."`
}

func keyToJSON(k *keySetup) keyJSON {
	out := keyJSON{
		ID: uuid(k.ID), Poll: k.of.Code, State: string(k.State()), Rehearsal: k.Rehearsal, Step: string(k.Step()), Group: k.Group,
		Keyholder: len(k.Holders), Threshold: k.Threshold, Waiting: numbersOf(k.Waiting()), Begun: k.Begun, Made: k.Done, SHA256: k.Hash,
		GivenUp: k.GivenUp, Reason: k.Reason, Destroyed: numbersOf(k.Destroyed()),
	}
	return out
}

func numbersOf(list []keys.Holder) []int {
	out := []int{}
	for _, h := range list {
		out = append(out, h.Number)
	}
	return out
}

func (v *visit) apiKeys(p pageParams) (list[keyJSON], error) {
	all, _, err := v.keySetups()
	if err != nil {
		return list[keyJSON]{}, err
	}
	var out []keyJSON
	for _, k := range all {
		out = append(out, keyToJSON(k))
	}
	return pageOf(p, "keys", out, func(k keyJSON) string { return k.Begun.UTC().Format("2006-01-02T15:04:05.000000000") + string(k.ID) })
}

type keyParams struct {
	Key uuid `path:"key" doc:"The id of the key."`
}

type keyMessageJSON struct {
	Keyholder int       `json:"keyholder" doc:"The number of who sent it."`
	Step      string    `json:"step" enum:"cert,polynomial,voutput,check"`
	Body      string    `json:"body"`
	Sent      time.Time `json:"sent"`
}

type keyDestroyedJSON struct {
	Keyholder int      `json:"keyholder"`
	Day       law.Date `json:"day"`
	Witness   string   `json:"witness"`
	Statement string   `json:"statement"`
}

type keyWholeJSON struct {
	Key       keyJSON            `json:"key"`
	Words     []string           `json:"words" doc:"By which keyholders compare a finished key."`
	Messages  []keyMessageJSON   `json:"messages"`
	Destroyed []keyDestroyedJSON `json:"destroyed"`
}

func (v *visit) keyOf(id uuid) (*keySetup, error) {
	v.r.SetPathValue("setup", string(id))
	return v.keyAsked()
}

func (v *visit) apiKey(p keyParams) (keyWholeJSON, error) {
	k, err := v.keyOf(p.Key)
	if err != nil {
		return keyWholeJSON{}, err
	}
	messages, err := v.house.Keys.Messages(v.ctx, v.org.ID, k.ID)
	if err != nil {
		return keyWholeJSON{}, err
	}
	out := keyWholeJSON{Key: keyToJSON(k), Words: k.Words()}
	for _, m := range messages {
		out.Messages = append(out.Messages, keyMessageJSON{m.Number, string(m.Step), m.Body, m.Entered})
	}
	for _, h := range k.Destroyed() {
		out.Destroyed = append(out.Destroyed, keyDestroyedJSON{h.Number, h.Destroyed, h.Witness, h.Statement})
	}
	return out, nil
}

type keyBeginJSON struct {
	Poll      string `json:"poll" max:"60" doc:"The code of the vote."`
	Rehearsal bool   `json:"rehearsal"`
}

func (v *visit) apiBeginKey(_ none, b keyBeginJSON) (keyJSON, error) {
	p, err := v.keyPoll(b.Poll)
	if err != nil {
		return keyJSON{}, err
	}
	id, err := v.house.Keys.Begin(v.ctx, v.actor.Person, v.org.ID, p.ID, b.Rehearsal)
	if err != nil {
		return keyJSON{}, err
	}
	k, err := v.keyOf(uuid(id))
	if err != nil {
		return keyJSON{}, err
	}
	return keyToJSON(k), nil
}

type keyGiveUpJSON struct {
	Reason string `json:"reason" max:"2000"`
}

func (v *visit) apiGiveUpKey(p keyParams, b keyGiveUpJSON) (keyJSON, error) {
	k, err := v.keyOf(p.Key)
	if err != nil {
		return keyJSON{}, err
	}
	if !k.conducts() {
		return keyJSON{}, fault.Errorf(fault.Forbidden, "only the returning officer of this vote may give its key up")
	}
	if err := v.house.Keys.GiveUp(v.ctx, v.actor.Person, v.org.ID, k.ID, b.Reason); err != nil {
		return keyJSON{}, err
	}
	if k, err = v.keyOf(p.Key); err != nil {
		return keyJSON{}, err
	}
	return keyToJSON(k), nil
}
