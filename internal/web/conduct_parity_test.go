package web

import "commonweal/internal/base/policy"

// Who names an official, and ends an office, depends on the office.
func init() {
	askedInside["POST "+conductRoot+"/{poll}/officials/new"] = policy.OfficialName
	askedInside["POST "+conductRoot+"/{poll}/officials/{official}/end"] = policy.OfficialName
}
