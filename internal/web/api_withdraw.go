package web

import "commonweal/law"

type withdrawJSON struct {
	Effective law.Date `json:"effective,omitzero" doc:"The day it ends, today or later; today where it is left out."`
}

func (v *visit) apiWithdraw(_ none, b withdrawJSON) (statusJSON, error) {
	on := v.orToday(b.Effective)
	if on.Before(v.today()) {
		return statusJSON{}, misread("effective", "Send today or a later day.", "Nobody withdraws from a day that is past.")
	}
	status, err := v.house.Members.Withdraw(v.ctx, v.actor.Person, v.org.ID, v.actor.Person, on)
	return statusOf(status), err
}

// apiTakeBack takes an application back. A member does not come here: theirs is
// a withdrawal.
func (v *visit) apiTakeBack(none, none) (statusJSON, error) {
	status, err := v.takeBackApplication()
	return statusOf(status), err
}

// apiWithdrawConsent takes consent back, and with it a membership that rests on
// it. What the law does not want kept is then erased within a month.
func (v *visit) apiWithdrawConsent(none, none) (statusJSON, error) {
	status, err := v.house.Members.WithdrawConsent(v.ctx, v.actor.Person, v.org.ID, v.actor.Person, v.today())
	return statusOf(status), err
}

type optJSON struct {
	Class string `json:"class" max:"60" doc:"The code of a class that takes people in without asking."`
}

func (v *visit) apiOptOut(_ none, b optJSON) (statusJSON, error) {
	return v.apiOpt(v.house.Members.OptOut, b)
}

func (v *visit) apiOptIn(_ none, b optJSON) (statusJSON, error) {
	return v.apiOpt(v.house.Members.OptIn, b)
}

func (v *visit) apiOpt(change optChange, b optJSON) (statusJSON, error) {
	status, err := change(v.ctx, v.actor.Person, v.org.ID, v.actor.Person, b.Class, v.today())
	return statusOf(status), err
}

type wordingJSON struct {
	Version string   `json:"version" doc:"What to send as consent."`
	Text    []string `json:"text" doc:"Its paragraphs. Show them to whoever is to agree."`
}

// apiWording is what a private person agrees to who applies.
func (v *visit) apiWording(none) (wordingJSON, error) {
	w := wordingNow()
	return wordingJSON{w.Version, w.For(v.org.Name)}, nil
}

// checkWording refuses consent to a wording that there never was, and where the
// person agrees here and now, to one that is no longer offered.
func checkWording(version string, now bool) error {
	if version == "" {
		return nil
	}
	if _, known := wordingOf(version); !known || now && version != wordingNow().Version {
		return misread("consent", "Send "+wordingNow().Version+", once the person has agreed to it.", "There is no wording %q to agree to.", clip(version, 40))
	}
	return nil
}
