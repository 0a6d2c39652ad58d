// Package cli is the command line: flags in, one call of a wing, words out.
//
// What people read goes by these rules. Results go to standard output, so that
// they can be piped; progress, warnings and errors go to standard error. An
// error is one line, "commonweal: ...", in lower case without a full stop, and
// says what to do. The exit code is 0 when all went well, 1 when it did not or
// a check found something, 2 when the command was called wrongly. Nothing is
// asked on the terminal: a command that needs a yes takes --yes.
package cli

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"sort"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/world"
)

// Environment is what a command gets from outside.
type Environment struct {
	Args     []string
	In       io.Reader
	Out, Err io.Writer
	Getenv   func(string) string
	World    *world.World
	Terminal bool // standard error is a terminal: show progress
}

const (
	exitOK    = 0
	exitFail  = 1
	exitUsage = 2
)

// errFound ends a command whose check found something: it has said so itself.
var errFound = errors.New("the check found something")

// command is one command. Its name may have three words.
type command struct {
	name  string
	args  string // the positional arguments, for the usage line
	about string // one line
	help  string // what else to know; may be empty
	// prepare declares the flags and returns what runs once they are parsed.
	prepare func(f *flag.FlagSet) func(c *call) error
}

// call is one run of a command.
type call struct {
	Environment
	ctx  context.Context
	args []string
}

// commands are all commands, by the order they are listed in.
func commands() []command {
	return []command{
		serveCommand(), demoCommand(),
		organisationCreateCommand(), organisationListCommand(),
		staffImportCommand(), registerExportCommand(), registerOfficersCommand(),
		recordExportCommand(), verifyCommand("verify"), verifyCommand("record verify"), fsckCommand(),
		backupCommand(), restoreCommand(),
		publishedImportCommand(), publishedListCommand(),
		indicatorsImportCommand(), indicatorsListCommand(),
		lawListCommand(), lawExplainCommand(), lawFormsCommand(),
		electionDraftCommand(), electionKeygenCommand(), electionCredentialsCommand(), electionCreateCommand(),
		electionBallotCommand(), electionAddCommand(), electionTrackersCommand(), electionCloseCommand(),
		electionShuffleCommand(), electionDecryptCommand(), electionWordsCommand(), electionResultCommand(),
		electionRankingsCommand(), electionVerifyCommand(), electionMirrorCommand(), electionBoothCommand(), electionDemoCommand(),
		countCommand(),
		spcCommand(), funnelCommand(), panelCommand(), powerCommand(), claimsCommand(), studyRegisterCommand(), studyRunCommand(), studyPublishCommand(), studyWithdrawCommand(), studyVerifyCommand(),
		surveyWavePlanCommand(), surveyWaveOpenCommand(), surveyWaveCloseCommand(), surveyWaveReleaseCommand(), surveyWaveExportCommand(),
		surveyWaveImportCommand(), surveyWaveListCommand(), surveyVerifyCommand(),
		surveyInstrumentsCommand(), surveyScoreCommand(), surveyAuditCommand(),
		friendsImportCommand(),
	}
}

// Run runs one command and returns the exit code.
func Run(ctx context.Context, env Environment) int {
	list := commands()
	if len(env.Args) == 0 || env.Args[0] == "help" || env.Args[0] == "--help" || env.Args[0] == "-h" {
		if len(env.Args) > 1 {
			return runCommand(ctx, env, list, append(append([]string{}, env.Args[1:]...), "--help"))
		}
		overview(env.Out, list)
		return exitOK
	}
	return runCommand(ctx, env, list, env.Args)
}

func runCommand(ctx context.Context, env Environment, list []command, args []string) int {
	cmd, rest, ok := find(list, args)
	if words, of := groupOf(list, args); !ok && len(of) > 0 {
		switch flag, bare := asksHelp(words, args); {
		case flag:
			groupUsage(env.Out, words, of)
			return exitOK
		case bare:
			groupUsage(env.Err, words, of)
			return exitUsage
		}
	}
	if !ok {
		say(env.Err, "there is no command %q; `commonweal help` lists them", strings.Join(args[:min(2, len(args))], " "))
		return exitUsage
	}
	flags := flag.NewFlagSet(cmd.name, flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	run := cmd.prepare(flags)
	positional, err := parse(flags, rest)
	if errors.Is(err, flag.ErrHelp) {
		usage(env.Out, cmd, flags)
		return exitOK
	}
	if err == nil {
		err = checkCount(cmd, positional)
	}
	if err != nil {
		say(env.Err, "%v; `commonweal help %s` shows how it is used", err, cmd.name)
		return exitUsage
	}
	err = run(&call{Environment: env, ctx: ctx, args: positional})
	switch {
	case err == nil:
		return exitOK
	case errors.Is(err, errFound):
		return exitFail
	default:
		say(env.Err, "%v", err)
		var wrong usageError
		if errors.As(err, &wrong) {
			return exitUsage
		}
		return exitFail
	}
}

// usageError is a mistake in how the command was called.
type usageError struct{ error }

func usagef(format string, args ...any) error {
	return usageError{fault.Errorf(fault.Invalid, format, args...)}
}

func find(list []command, args []string) (command, []string, bool) {
	for n := min(3, len(args)); n > 0; n-- {
		name := strings.Join(args[:n], " ")
		for _, c := range list {
			if c.name == name {
				return c, args[n:], true
			}
		}
	}
	return command{}, nil, false
}

// parse reads flags before, between and after the positional arguments.
func parse(flags *flag.FlagSet, args []string) ([]string, error) {
	var positional []string
	for {
		if err := flags.Parse(args); err != nil {
			return nil, err
		}
		rest := flags.Args()
		if len(rest) == 0 {
			return positional, nil
		}
		if len(args) > len(rest) && args[len(args)-len(rest)-1] == "--" {
			return append(positional, rest...), nil
		}
		positional = append(positional, rest[0])
		args = rest[1:]
	}
}

func checkCount(cmd command, positional []string) error {
	least, most := 0, 0
	for _, word := range strings.Fields(cmd.args) {
		switch {
		case strings.HasSuffix(word, "..."):
			least, most = least+1, 1<<30
		case strings.HasPrefix(word, "["):
			most++
		default:
			least, most = least+1, most+1
		}
	}
	if len(positional) < least {
		return fmt.Errorf("%s needs %s", cmd.name, cmd.args)
	}
	if len(positional) > most {
		return fmt.Errorf("%s does not take %q", cmd.name, positional[most])
	}
	return nil
}

func overview(w io.Writer, list []command) {
	pf(w, "Commonweal runs a staff-led mutual.\n\nUsage: commonweal COMMAND [ARGUMENTS]\n\nCommands:\n")
	width := 0
	for _, c := range list {
		width = max(width, len(c.name))
	}
	for _, c := range list {
		pf(w, "  %-*s  %s\n", width, c.name, c.about)
	}
	pf(w, "\n`commonweal help COMMAND` says more.\n")
}

func usage(w io.Writer, cmd command, flags *flag.FlagSet) {
	line := "commonweal " + cmd.name
	if cmd.args != "" {
		line += " " + cmd.args
	}
	pf(w, "Usage: %s [flags]\n\n%s\n", line, cmd.about)
	if cmd.help != "" {
		pf(w, "\n%s\n", strings.TrimSpace(cmd.help))
	}
	var list []*flag.Flag
	flags.VisitAll(func(f *flag.Flag) { list = append(list, f) })
	if len(list) == 0 {
		return
	}
	sort.Slice(list, func(i, j int) bool { return list[i].Name < list[j].Name })
	pf(w, "\nFlags:\n")
	for _, f := range list {
		value, text := flag.UnquoteUsage(f)
		name := "--" + f.Name
		if value != "" {
			name += " " + strings.ToUpper(value)
		}
		pf(w, "  %-22s %s", name, text)
		if f.DefValue != "" && f.DefValue != "false" {
			pf(w, " (default %s)", f.DefValue)
		}
		pf(w, "\n")
	}
}

func say(w io.Writer, format string, args ...any) {
	pf(w, "commonweal: "+format+"\n", args...)
}

// pf prints; that a terminal or a pipe went away is nobody's news.
func pf(w io.Writer, format string, args ...any) { _, _ = fmt.Fprintf(w, format, args...) }
