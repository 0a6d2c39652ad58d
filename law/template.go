package law

import (
	"fmt"
	"regexp"
	"strings"
)

// placeholder is a name in braces inside a text of a pack.
var placeholder = regexp.MustCompile(`\{([^{}]*)\}`)

// checkTemplate refuses a brace without its pair and a name that is neither a
// fact nor a param of the rule.
func (r *Rule) checkTemplate(text string, facts bool) error {
	for _, match := range placeholder.FindAllStringSubmatch(text, -1) {
		name := match[1]
		if _, ok := r.Param(name); ok {
			continue
		}
		if _, ok := r.Fact(name); ok && facts {
			continue
		}
		return fmt.Errorf("{%s} names no param%s of the rule", clip(name), orFact(facts))
	}
	if strings.ContainsAny(placeholder.ReplaceAllString(text, ""), "{}") {
		return fmt.Errorf("a brace has no pair")
	}
	return nil
}

func orFact(facts bool) string {
	if facts {
		return " or fact"
	}
	return ""
}

// fill puts facts and params into a text.
func (r *Rule) fill(text string, facts Facts) string {
	return placeholder.ReplaceAllStringFunc(text, func(found string) string {
		name := found[1 : len(found)-1]
		if value, ok := r.Param(name); ok {
			return value.Words()
		}
		if value, ok := facts[name]; ok {
			return value.Words()
		}
		return "(not known)"
	})
}
