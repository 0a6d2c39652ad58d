package cli

import (
	"io"
	"slices"
	"strings"
)

// groupOf are the commands whose names begin with the words: "survey wave". Words with a
// flag after them count as far as the flag.
func groupOf(list []command, args []string) (words []string, of []command) {
	for _, a := range args {
		if strings.HasPrefix(a, "-") {
			break
		}
		words = append(words, a)
	}
	prefix := strings.Join(words, " ") + " "
	for _, c := range list {
		if len(words) > 0 && strings.HasPrefix(c.name, prefix) {
			of = append(of, c)
		}
	}
	return words, of
}

// asksHelp reports whether a group is asked what it holds: by a flag, or by nothing more
// than its name.
func asksHelp(words, args []string) (flag, bare bool) {
	flag = slices.ContainsFunc(args, func(a string) bool { return a == "--help" || a == "-help" || a == "-h" })
	return flag, len(words) == len(args)
}

// groupUsage lists the commands of a group.
func groupUsage(w io.Writer, words []string, list []command) {
	pf(w, "Usage: commonweal %s COMMAND [ARGUMENTS]\n\nCommands:\n", strings.Join(words, " "))
	width := 0
	for _, c := range list {
		width = max(width, len(c.name))
	}
	for _, c := range list {
		pf(w, "  %-*s  %s\n", width, c.name, c.about)
	}
	pf(w, "\n`commonweal help COMMAND` says more.\n")
}
