package house

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/notice"
	"commonweal/internal/base/policy"
	"commonweal/law"
)

// directory tells the notice room who people and organisations are, in
// identity's words.
type directory struct{}

// People implements notice.Directory.
func (directory) People(ctx context.Context, tx *db.Tx, org string, ids []string) (map[string]notice.Person, error) {
	found, err := identity.PeopleByID(ctx, tx, org, ids)
	out := make(map[string]notice.Person, len(found))
	for id, p := range found {
		out[id] = notice.Person{ID: id, Name: p.Name(), Email: p.Email, Postal: p.PostalAddress}
	}
	return out, err
}

// Sender implements notice.Directory.
func (directory) Sender(ctx context.Context, tx *db.Tx, org string) (notice.Sender, error) {
	o, err := identity.OrganisationByID(ctx, tx, org)
	return notice.Sender{Name: o.Name}, err
}

// watchers are the scrutineers of every organisation: they get each day's head.
func (h *House) watchers(ctx context.Context) ([]notice.Watch, error) {
	list, err := h.Identity.Organisations(ctx)
	if err != nil {
		return nil, err
	}
	var out []notice.Watch
	for _, o := range list {
		people, err := h.Identity.Holders(ctx, o.ID, policy.Scrutineer, law.Today(h.World.Now()))
		if err != nil {
			return nil, err
		}
		w := notice.Watch{Org: o.ID}
		for _, p := range people {
			if p.Email != "" {
				w.Persons = append(w.Persons, notice.Person{Name: p.Name(), Email: p.Email})
			}
		}
		out = append(out, w)
	}
	return out, nil
}

// signHeads signs the newest head of every record, so that the strip on the
// pages is never far behind.
func (h *House) signHeads(ctx context.Context) error {
	list, err := h.Identity.Organisations(ctx)
	if err != nil {
		return err
	}
	var all []error
	for _, o := range list {
		if _, err := h.Journal.Sign(ctx, o.ID); err != nil && !fault.Is(err, fault.NotFound) {
			all = append(all, fmt.Errorf("sign the head of %s: %w", o.ID, err))
		}
	}
	return errors.Join(all...)
}

// nobody is the transport of a house without mail: it refuses, so that nothing
// is taken for sent.
type nobody struct{}

// Deliver implements notice.Transport.
func (nobody) Deliver(context.Context, notice.Mail) error {
	return &notice.DeliveryError{Code: "mail-not-set-up"}
}

// From implements notice.Transport.
func (nobody) From() string { return "nobody@localhost" }

// tellPasskey tells somebody that a passkey was added to their account: if it
// was not them, they have to know at once.
func (h *House) tellPasskey(ctx context.Context, tx *journal.Tx, person string) error {
	_, err := h.Notices.Send(ctx, tx, notice.Message{
		Kind: kindPasskey, To: notice.Person{ID: person}, About: person, Statutory: true,
		Subject: "A passkey was added to your account",
		Body: []string{
			"Whoever has the device with this passkey can sign in as you.",
			"If you did not add it, remove it on your account page and tell the secretary.",
		},
		Action: notice.Link{Text: "See your account", Path: "/account"},
		Reason: "You get this because somebody who was signed in as you added a passkey.",
	})
	return err
}

// tellPasskeyGone tells somebody that a passkey of theirs no longer signs in.
func (h *House) tellPasskeyGone(ctx context.Context, tx *journal.Tx, person string) error {
	_, err := h.Notices.Send(ctx, tx, notice.Message{
		Kind: kindUnpasskey, To: notice.Person{ID: person}, About: person, Statutory: true,
		Subject: "A passkey was removed from your account",
		Body: []string{
			"The device with this passkey can no longer sign in as you.",
			"If you did not remove it, look on your account page where you are signed in, end what is not you, and tell the secretary.",
		},
		Action: notice.Link{Text: "See your account", Path: "/account"},
		Reason: "You get this because somebody who was signed in as you removed a passkey.",
	})
	return err
}

// tellEmailsLost tells the old addresses of people that they are theirs no more:
// whoever takes over an account that way is found out by its owner. An address
// that no mail can go to is left out.
func (h *House) tellEmailsLost(ctx context.Context, tx *journal.Tx, list []identity.PersonChange) error {
	org, err := identity.OrganisationByID(ctx, tx.Tx, tx.Org())
	if err != nil {
		return err
	}
	for part := range slices.Chunk(list, perChange) { // a list may change everybody's
		var out []notice.Message
		for _, c := range part {
			if _, err := notice.ParseAddress(c.LostEmail()); err != nil {
				continue
			}
			out = append(out, notice.Message{
				Kind: kindEmailLost, To: notice.Person{Name: c.Was.Name(), Email: c.LostEmail()}, About: c.Is.ID, Statutory: true,
				Subject: "Your e-mail address at " + clipped(org.Name) + " was changed",
				Body: []string{
					"Our messages and the codes to sign in go to another address from now on. Nobody can sign in with this one any more, and wherever you were signed in that has ended.",
					"If you changed it, or your employer gave you a new address, there is nothing to do. If not, tell the secretary at once.",
				},
				Reason: "You get this because this was your address in our register until now.",
			})
		}
		if _, err := h.Notices.SendAll(ctx, tx, out); err != nil {
			return err
		}
	}
	return nil
}

// clipped keeps a name within what a subject may have.
func clipped(name string) string {
	if r := []rune(name); len(r) > 80 {
		return string(r[:80])
	}
	return name
}
