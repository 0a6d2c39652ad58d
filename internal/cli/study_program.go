package cli

import (
	"io"
	"runtime/debug"

	"commonweal/internal/prove/study"
)

// sayProgram says when another version of the program made a bundle than runs it now.
func sayProgram(w io.Writer, b *study.Bundle) {
	made, now := b.Manifest.Program, builtAs()
	switch {
	case made == now && made != devel:
		say(w, "version %q of the program made the bundle, and runs it now", made)
	case made == now:
		say(w, "the bundle was made by a program that does not know its version, as this one: whether they are the same cannot be told")
	default:
		say(w, "version %q of the program made the bundle, and version %q runs it now", made, now)
	}
}

// devel is the version of a program that was built from files in hand.
const devel = "(devel)"

// builtAs is the version of this program, as far as its build says: the release, or the
// revision that it was built from.
func builtAs() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	version := info.Main.Version
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 && version == devel {
			version = s.Value[:12]
		}
	}
	return version
}
