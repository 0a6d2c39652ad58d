package cli

import (
	"context"
	"errors"
	"flag"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	exhibit "commonweal/internal/demo"
	"commonweal/internal/demo/faces"
	"commonweal/internal/house"
	"commonweal/internal/web"
	"commonweal/internal/web/answer"
	"commonweal/internal/web/page"
)

func serveCommand() command {
	return command{
		name:  "serve",
		about: "Serve the pages and do the work that waits",
		help: `Stop it with Ctrl-C or SIGTERM: it finishes what it is answering first.

Put it behind a proxy that speaks https and say so with --address https://...; without
that, serve to this machine alone.

Surveys are answered on pages of their own, which know nobody. This server has them
too, unless a program of its own serves them on another host: commonweal serve --side
answers, of which --answers-address tells this one.`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			var db database
			db.declare(f)
			db.declareAnswers(f)
			side := f.String("side", "both", "what is served: `both` sides of surveys, or the answers alone")
			answersAt := f.String("answers-address", "", "`url` of the pages of answers, where another program serves them")
			register := f.String("register-address", "", "with --side answers: `url` of the pages that know members")
			listen := f.String("listen", "127.0.0.1:8080", "`address` to listen on")
			address := f.String("address", "", "`url` that people reach it by (default http:// and the listen address)")
			mail := f.String("mail", "", "`where` mail goes: smtp://user@host:587?from=... or dir:PATH (default a folder mail beside the database)")
			org := f.String("org", "", "`code` of the organisation that visitors see (default the only one)")
			proxy := f.Bool("behind-proxy", false, "take who asks from the last X-Forwarded-For, which the proxy in front sets")
			openid := f.String("openid", "", "`file` of outside sign-in providers, in JSON")
			officers := f.String("officers", "passkey", "how officers with power over others sign in: passkey, or `any` way")
			demo := f.Bool("demo", false, "let visitors be the invented people; refuses a real organisation")
			return func(c *call) (err error) {
				if *address == "" {
					*address = "http://" + *listen
				}
				where, err := url.Parse(*address)
				if err != nil || where.Host == "" || where.Scheme != "http" && where.Scheme != "https" {
					return usagef("the address %q is not like https://members.example.org", *address)
				}
				if *officers != "passkey" && *officers != "any" {
					return usagef("--officers is passkey or any, not %q", *officers)
				}
				providers, err := readProviders(*openid, strings.TrimSuffix(*address, "/"))
				if err != nil {
					return err
				}
				log := slog.New(slog.NewTextHandler(c.Err, &slog.HandlerOptions{Level: slog.LevelWarn}))
				db.resolve(c)
				if *side != "both" && *side != answersSide {
					return usagef("--side is both or answers, not %q", *side)
				}
				if *side == answersSide {
					return c.serveAnswers(&db, answer.Options{
						Organisation: *org, Register: strings.TrimSuffix(*register, "/"), HTTPS: where.Scheme == "https", Demo: *demo, Log: log,
					}, *listen)
				}
				if *mail == "" {
					*mail = mailFolder(db.source)
				}
				h, err := db.house(c, false, house.Options{
					Address: strings.TrimSuffix(*address, "/"), Demo: *demo, Mail: *mail, Log: log, OfficersAnyWay: *officers == "any", Identity: identity.Options{OpenID: providers},
				})
				if err != nil {
					return err
				}
				defer leave(h, &err)
				if *demo && *org == "" {
					*org = exhibit.Org
				}
				id, err := c.organisation(h, *org)
				if err != nil {
					return err
				}
				shown, err := h.Identity.Organisation(c.ctx, id)
				if err != nil {
					return err
				}
				if *demo && !shown.Invented {
					return usagef("%s is a real organisation: serve it without --demo", id)
				}
				server, err := web.New(h, web.Options{PublicOrg: id, HTTPS: where.Scheme == "https", BehindProxy: *proxy, Answers: *answersAt, Log: log})
				if err != nil {
					return err
				}
				return c.serve(h, server, *listen)
			}
		},
	}
}

// serve answers and does the work that waits until the context ends.
func (c *call) serve(h *house.House, handler http.Handler, listen string) error {
	return c.listen(handler, listen, func(at string) {
		pf(c.Out, "serving %s on http://%s\n", h.Address, at)
		if h.Demo {
			pf(c.Out, "open %s/demo and be one of its invented people:\n", h.Address)
			for _, face := range faces.All {
				name, _, _ := strings.Cut(face.Email, "@")
				given, family, _ := strings.Cut(name, ".")
				pf(c.Out, "  %-16s %s\n", page.Begin(given)+" "+page.Begin(family), face.About)
			}
		}
	}, h.Work)
}

// listen answers until the context ends, then gives what is under way ten seconds to
// finish. What works beside it may be nil.
func (c *call) listen(handler http.Handler, listen string, started func(at string), beside func(context.Context) error) error {
	l, err := net.Listen("tcp", listen)
	if err != nil {
		return fault.Wrap(fault.Conflict, err, "cannot listen on %s", listen)
	}
	server := &http.Server{
		Handler: handler, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 5 * time.Minute,
		WriteTimeout: 5 * time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 64 << 10,
		BaseContext: func(net.Listener) context.Context { return context.WithoutCancel(c.ctx) },
	}
	work, stop := context.WithCancel(context.WithoutCancel(c.ctx))
	defer stop()
	worked := make(chan error, 1)
	go func() {
		if beside == nil {
			<-work.Done()
			worked <- nil
			return
		}
		worked <- beside(work)
	}()
	served := make(chan error, 1)
	go func() { served <- server.Serve(l) }()
	started(l.Addr().String())
	select {
	case err := <-served:
		return err
	case err := <-worked:
		return errors.Join(err, server.Close())
	case <-c.ctx.Done():
	}
	end, cancel := context.WithTimeout(context.WithoutCancel(c.ctx), 10*time.Second)
	defer cancel()
	err = server.Shutdown(end)
	stop()
	if workErr := <-worked; workErr != nil && !errors.Is(workErr, context.Canceled) {
		err = errors.Join(err, workErr)
	}
	return err
}

// mailFolder is where mail is put when no server for it is named: nothing is
// lost, and nothing reaches anyone.
func mailFolder(source string) string {
	if isPostgres(source) {
		return "dir:var/mail"
	}
	return "dir:" + filepath.Join(filepath.Dir(source), "mail")
}
