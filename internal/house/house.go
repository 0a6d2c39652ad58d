// Package house is every room of one installation under one roof: opened in
// order, given to each other where one needs another, and closed together.
//
// Rooms know nothing of it. The adapters in this package are the only places
// where one room's words are turned into another's.
package house

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/url"
	"sync"

	"commonweal/internal/base/identity"
	"commonweal/internal/base/jobs"
	"commonweal/internal/base/journal"
	"commonweal/internal/base/notice"
	"commonweal/internal/base/once"
	"commonweal/internal/base/world"
	"commonweal/internal/decide/box"
	"commonweal/internal/decide/keys"
	"commonweal/internal/decide/paper"
	"commonweal/internal/decide/poll"
	"commonweal/internal/listen/action"
	"commonweal/internal/listen/answers"
	"commonweal/internal/listen/friends"
	"commonweal/internal/listen/wave"
	"commonweal/internal/own/member"
	"commonweal/internal/own/register"
	"commonweal/internal/own/share"
	"commonweal/internal/own/staff"
	"commonweal/internal/own/venture"
	"commonweal/internal/prove/indicator"
	"commonweal/internal/prove/pack"
	"commonweal/internal/prove/published"
	"commonweal/internal/prove/study"
	"commonweal/internal/schema"
	"commonweal/law"
)

// Options is how an installation is set up. The zero value of every field but
// Database and KeyFile is usable.
type Options struct {
	Database string // a SQLite file or postgres://...
	KeyFile  string // of the record
	Address  string // where people reach it: https://members.example.org
	Demo     bool   // the people are invented
	// OfficersAnyWay lets offices of weight act however their holders signed in.
	// Without it they need a passkey, but for a demonstration and where the address
	// allows none.
	OfficersAnyWay bool
	Mail           string // see notice.OpenTransport; empty: no mail goes out and none is taken for sent
	Identity       identity.Options
	Log            *slog.Logger // nil: nowhere
	// Answers is the database of the answer side, a SQLite file or postgres://...; ""
	// is NAME.answers.db beside a SQLite database, and none beside PostgreSQL: then no
	// survey can be held here. AnswersKey is its key file, "" for the one beside it.
	Answers, AnswersKey string
	Booth               string // SHA-256 of the page on which people vote; "" where none is served
}

// House is one installation, open.
type House struct {
	Journal   *journal.Journal
	World     *world.World
	Law       *law.Library
	Identity  *identity.Service
	Jobs      *jobs.Queue
	Notices   *notice.Office
	Staff     *staff.Service
	Members   *member.Service
	Shares    *share.Service
	Ventures  *venture.Service
	Register  *register.Service
	Polls     *poll.Service
	Boxes     *box.Service
	Keys      *keys.Service
	Papers    *paper.Service
	Waves     *wave.Service
	Answers   *answers.Service // nil where there is no answer side here
	Actions   *action.Service
	Friends   *friends.Service
	Published *published.Store
	Studies   *study.Service
	// Indicators are an organisation's own measures and those read from other rooms; Packs
	// are those that a board looks at.
	Indicators *indicator.Service
	Packs      *pack.Service
	Requests   *once.Book // those of programs that may come twice
	Demo       bool
	Passkeys   bool // people can sign in with a passkey here
	Address    string

	atOnce   int // see the constant
	outcomes outcomes
	slips    sync.Mutex // one stack of paper slips is made at a time
}

// Open opens the database, migrates it and opens every room.
func Open(ctx context.Context, w *world.World, o Options) (*House, error) {
	secrets, err := journal.LoadKeys(o.KeyFile, w)
	if err != nil {
		return nil, err
	}
	lib, err := law.Load()
	if err != nil {
		return nil, err
	}
	j, err := schema.Open(ctx, o.Database, w, secrets)
	if err != nil {
		return nil, err
	}
	if o.Address == "" {
		o.Address = "http://localhost"
	}
	h := &House{Journal: j, World: w, Law: lib, Demo: o.Demo, Address: o.Address, Published: published.New(j), Studies: study.New(j, program()), atOnce: atOnce}
	err = h.openBase(secrets, o)
	if err == nil {
		err = h.openOwn()
	}
	if err == nil {
		err = h.openRegister()
	}
	if err == nil {
		h.openDecide(secrets)
		h.Polls.UseBooth(o.Booth)
		err = h.openListen(ctx, secrets, o)
	}
	if err == nil {
		err = errors.Join(h.openActions(secrets), h.openFriends())
	}
	if err == nil {
		h.openProve()
		err = h.catchUp(ctx)
	}
	if err != nil {
		return nil, errors.Join(err, h.closeAnswers(), j.DB().Close())
	}
	return h, nil
}

// openBase opens the rooms that every wing stands on.
func (h *House) openBase(secrets *journal.Keys, o Options) error {
	h.Jobs = jobs.New(h.Journal.DB(), h.World, jobs.Options{Log: o.Log})
	var transport notice.Transport = nobody{}
	var err error
	if o.Mail != "" {
		if transport, err = notice.OpenTransport(o.Mail); err != nil {
			return err
		}
	}
	h.Notices, err = notice.New(notice.Options{
		Journal: h.Journal, Keys: secrets, Queue: h.Jobs, Directory: directory{}, Transport: transport,
		BaseURL: h.Address, Kinds: kinds,
	})
	if err != nil {
		return err
	}
	h.Notices.MailCheckpoints(h.watchers)
	o.Identity.Demo, o.Identity.Log, o.Identity.Membership = o.Demo, o.Log, roles{h}
	if o.Mail != "" {
		o.Identity.Mailer = h.Notices
	}
	if o.Identity.Passkeys.Host == "" {
		o.Identity.Passkeys = passkeysAt(h.Address)
	}
	h.Passkeys = o.Identity.Passkeys.Host != ""
	o.Identity.OfficersNeedPasskey = h.Passkeys && !o.Demo && !o.OfficersAnyWay
	o.Identity.PasskeyAdded, o.Identity.PasskeyRemoved, o.Identity.EmailsLost = h.tellPasskey, h.tellPasskeyGone, h.tellEmailsLost
	if h.Identity, err = identity.New(h.Journal, secrets, o.Identity); err != nil {
		return err
	}
	h.Jobs.Handle("record.sign", func(ctx context.Context, _ jobs.Job) error { return h.signHeads(ctx) })
	h.Jobs.Every("record.sign", jobs.Hourly())
	h.Jobs.Handle("identity.sweep", func(ctx context.Context, _ jobs.Job) error { return h.Identity.Sweep(ctx) })
	h.Jobs.Every("identity.sweep", jobs.Hourly())
	h.Requests = once.New(h.Journal.DB(), h.World)
	h.Jobs.Handle("once.sweep", func(ctx context.Context, _ jobs.Job) error { return h.Requests.Sweep(ctx) })
	h.Jobs.Every("once.sweep", jobs.Hourly())
	return nil
}

// passkeysAt are the settings of passkeys for the address that people reach
// the pages by. A passkey is tied to a name: at an address in figures there are
// none, and over plain http only on one's own machine.
func passkeysAt(address string) identity.PasskeyConfig {
	u, err := url.Parse(address)
	if err != nil || net.ParseIP(u.Hostname()) != nil || u.Scheme != "https" && u.Hostname() != "localhost" {
		return identity.PasskeyConfig{}
	}
	return identity.PasskeyConfig{Host: u.Hostname(), Name: "Commonweal", Origins: []string{address}}
}

// Work does the jobs that wait until the context ends.
func (h *House) Work(ctx context.Context) error {
	if err := h.CarryFigures(ctx); err != nil {
		return err
	}
	if err := h.signHeads(ctx); err != nil {
		return err
	}
	return h.Jobs.Run(ctx)
}

// Close waits for what is under way and closes the databases.
func (h *House) Close() error {
	h.Identity.Wait()
	return errors.Join(h.closeAnswers(), h.Journal.DB().Close())
}
