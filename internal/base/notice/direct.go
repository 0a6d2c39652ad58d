package notice

import (
	"context"
	"encoding/hex"
	"fmt"
	"strconv"
	"time"

	"commonweal/internal/base/db"
	"commonweal/internal/base/fault"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/words"
	"commonweal/law"
)

// codeLife is how long a code to sign in is worth delivering. The room that
// made the code decides how long it may be used.
const codeLife = 15 * time.Minute

// SendCode mails a code to sign in. It is transactional: nothing is recorded,
// and code and address are deleted when it is delivered or too late. Somebody
// waits for it, so it is delivered before SendCode returns, past whatever else
// waits; only where that fails is it left to a job. org is the organisation's id,
// or "" before one is known.
func (o *Office) SendCode(ctx context.Context, to, name, code, org string) error {
	return o.sendCode(ctx, to, name, code, org, page{
		Subject: "Your code to sign in",
		Items: []item{{Body: []string{
			"Type this code on the page where you asked for it. It works once, for a few minutes.",
			"Nobody will ever ring or write to ask you for it.",
		}}},
		Reason: reasonStart + "somebody asked to sign in with this address. If it was not you, do nothing: without the code nobody gets in.",
	})
}

// SendAddressCode is [Office.SendCode] for a code that shows that somebody reads
// what comes to an address which they want to have from now on.
func (o *Office) SendAddressCode(ctx context.Context, to, name, code, org string) error {
	return o.sendCode(ctx, to, name, code, org, page{
		Subject: "Your code to use this address",
		Items: []item{{Body: []string{
			"Type this code on the page where you gave this address. From then on our messages and codes to sign in come here.",
			"Nobody will ever ring or write to ask you for it.",
		}}},
		Reason: reasonStart + "somebody who is signed in with us gave this address as theirs. If it was not you, do nothing: without the code it is not used.",
	})
}

func (o *Office) sendCode(ctx context.Context, to, name, code, org string, p page) error {
	address, err := ParseAddress(to)
	if err != nil {
		return err
	}
	if code == "" || !plainText(code) {
		return fault.Errorf(fault.Invalid, "the code is empty or not text")
	}
	p.Items[0].Emphasis = code
	row := outboxRow{
		id: o.world.ID(), org: org, to: Person{Name: headerText(name), Email: address}, kind: kindCode, state: stateQueued,
		expires: o.world.Now().Add(codeLife),
	}
	err = o.db.Write(ctx, func(tx *db.Tx) error {
		sender, err := o.sender(ctx, tx, org)
		if err != nil {
			return err
		}
		p.Organisation = sender.Name
		l := letter{Subject: p.Subject, FromName: sender.Name, ReplyTo: sender.ReplyTo}
		if l.Text, l.HTML, err = p.render(); err != nil {
			return err
		}
		_, err = o.insert(ctx, tx, row, l)
		return err
	})
	if err != nil {
		return err
	}
	if err := o.deliverOne(ctx, row.id); err == nil {
		return nil
	}
	return o.db.Write(ctx, func(tx *db.Tx) error { return o.queueDelivery(ctx, tx, row.id) })
}

// SendCheckpoint mails a signed head of an organisation's record to those who
// watch over it. The more people hold heads that the server cannot take back,
// the less anybody can alter unseen. It makes no entry in the record, which
// would grow by every mail about its growth. Each recipient gets one head at
// most once a day however often it is called.
func (o *Office) SendCheckpoint(ctx context.Context, org string, head journal.Head, recipients []Person) error {
	if head.Org != org {
		return fmt.Errorf("a head of organisation %s for the watchers of %s", head.Org, org)
	}
	today := law.Today(o.world.Now()).String()
	return o.db.Write(ctx, func(tx *db.Tx) error {
		sender, err := o.directory.Sender(ctx, tx, org)
		if err != nil {
			return err
		}
		l, err := checkpointLetter(sender, head)
		if err != nil {
			return err
		}
		for _, to := range recipients {
			to, err := o.recipient(ctx, tx, org, to)
			if err != nil {
				return err
			}
			if to.Email == "" {
				continue // a head is of use on a screen only; the record page shows it
			}
			err = o.put(ctx, tx, outboxRow{
				org: org, to: to, kind: kindCheckpoint, state: stateQueued, keep: true,
				once: fmt.Sprintf("head/%s/%d/%s/%s", org, head.Size, today, o.who(to)),
			}, l)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func checkpointLetter(sender Sender, head journal.Head) (letter, error) {
	signed, err := time.Parse(time.RFC3339, head.At)
	if err != nil {
		return letter{}, fmt.Errorf("checkpoint %d of %s: %w", head.Size, head.Org, err)
	}
	size := strconv.FormatInt(head.Size, 10)
	p := page{
		Organisation: sender.Name, Subject: "The record of " + sender.Name + ": " + size + " entries",
		Items: []item{{
			Body: []string{
				"This is the signed head of our record. It stands for every entry up to this one, and it cannot be made again to fit other entries.",
				"Keep this mail. Should anybody change, add or take away an earlier entry, with it you can show it: save the attached text, and check any copy of the record against it with this command.",
				"commonweal verify COPY --checkpoint FILE",
				"Compare the four words with those on our record page, and with what others got. They must be the same.",
			},
			Emphasis: words.Text(head.Root[:]),
			Facts: []Fact{
				{"Entries", size},
				{"Signed", law.Today(signed).Words() + ", " + signed.In(law.London()).Format("3.04pm")},
				{"Head", hex.EncodeToString(head.Root[:])},
			},
		}},
		Reason: reasonStart + "you watch over this record.",
		Law:    true,
	}
	l := letter{
		Subject: p.Subject, FromName: sender.Name, ReplyTo: sender.ReplyTo,
		AttachName: "checkpoint-" + size + ".txt", Note: head.Note,
	}
	l.Text, l.HTML, err = p.render()
	return l, err
}

// Watch is who gets the heads of one organisation's record.
type Watch struct {
	Org     string
	Persons []Person
}
