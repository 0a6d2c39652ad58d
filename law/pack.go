package law

import (
	"fmt"
	"regexp"

	"go.yaml.in/yaml/v4"
)

// pack is what one file says, before it is joined with the others.
type pack struct {
	file       string
	sources    map[string]Provenance
	facts      map[string]Fact
	rules      []*Rule
	forms      []*formVersion
	retentions []Retention
	calendar   *Calendar
	// pending are references to sources, settled when every file is read.
	pending []reference
}

// reference is a place that names a source. from and to narrow the dates of the
// source for the one item.
type reference struct {
	at       place
	node     *yaml.Node
	source   string
	from, to Date
	into     *Provenance
}

// packLimit is the largest file read.
const packLimit = 1 << 20

// name is what ids of sources, facts and params look like.
var (
	idPattern   = regexp.MustCompile(`^[a-z0-9]+([.-][a-z0-9]+)*$`)
	namePattern = regexp.MustCompile(`^[a-z][a-z0-9]*(_[a-z0-9]+)*$`)
)

// readPack reads one file. It refuses anything it does not know.
func readPack(file string, data []byte) (*pack, error) {
	p := place{file: file}
	if len(data) > packLimit {
		return nil, p.fail(nil, "is larger than %d bytes", packLimit)
	}
	var document yaml.Node
	if err := yaml.Load(data, &document); err != nil {
		return nil, p.wrap(nil, err)
	}
	if document.Kind != yaml.DocumentNode || len(document.Content) != 1 {
		return nil, p.fail(&document, "is not one document")
	}
	if alias := findAlias(&document); alias != nil {
		return nil, p.fail(alias, "an alias is used; write the value out or name a source")
	}
	out := &pack{file: file, sources: map[string]Provenance{}, facts: map[string]Fact{}}
	var title string
	err := p.mapping(document.Content[0], []string{"pack"}, map[string]reader{
		"pack":      text(&title),
		"sources":   out.readSources,
		"facts":     out.readFacts,
		"rules":     out.readRules,
		"forms":     out.readForms,
		"retention": out.readRetentions,
		"calendar":  out.readCalendar,
	})
	if err != nil {
		return nil, err
	}
	return out, nil
}

func findAlias(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode || n.Anchor != "" {
		return n
	}
	for _, child := range n.Content {
		if found := findAlias(child); found != nil {
			return found
		}
	}
	return nil
}

// readSources reads the sources other items refer to by name.
func (k *pack) readSources(p place, n *yaml.Node) error {
	return p.sequence(n, func(p place, n *yaml.Node) error {
		var id string
		var source Provenance
		p = p.named(n, "source")
		err := p.mapping(n, []string{"id", "citation", "checked", "from"}, map[string]reader{
			"id":       identifier(&id, idPattern),
			"citation": text(&source.Citation),
			"url":      text(&source.URL),
			"checked":  parsed(&source.Checked),
			"source":   text(&source.Source),
			"from":     parsed(&source.From),
			"to":       parsed(&source.To),
		})
		if err != nil {
			return err
		}
		if _, twice := k.sources[id]; twice {
			return p.fail(n, "is there twice")
		}
		if err := source.fault(); err != nil {
			return p.wrap(n, err)
		}
		k.sources[id] = source
		return nil
	})
}

// named makes messages name the item, when it has an id to be named by.
func (p place) named(n *yaml.Node, kind string) place {
	out := place{file: p.file, item: kind}
	if n.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(n.Content); i += 2 {
			if key := n.Content[i].Value; key == "id" || key == "name" {
				out.item = kind + " " + clip(n.Content[i+1].Value)
				return out
			}
		}
	}
	return out
}

func identifier(into *string, pattern *regexp.Regexp) reader {
	return func(p place, n *yaml.Node) error {
		if err := text(into)(p, n); err != nil {
			return err
		}
		if !pattern.MatchString(*into) || len(*into) > 80 {
			return p.fail(n, "%q is not a name of small letters and digits", clip(*into))
		}
		return nil
	}
}

// law reads the name of a source, or a mapping that narrows its dates.
func (k *pack) law(into *Provenance) reader {
	return func(p place, n *yaml.Node) error {
		ref := reference{at: p, node: n, into: into}
		if n.Kind == yaml.ScalarNode {
			if err := text(&ref.source)(p, n); err != nil {
				return err
			}
		} else {
			err := p.mapping(n, []string{"source"}, map[string]reader{
				"source": text(&ref.source),
				"from":   parsed(&ref.from),
				"to":     parsed(&ref.to),
			})
			if err != nil {
				return err
			}
		}
		k.pending = append(k.pending, ref)
		return nil
	}
}

// settle replaces the names of sources by what the sources say.
func (k *pack) settle(sources map[string]Provenance) error {
	for _, ref := range k.pending {
		source, ok := sources[ref.source]
		if !ok {
			return ref.at.fail(ref.node, "source %q is not known", clip(ref.source))
		}
		narrowed := source
		if !ref.from.IsZero() {
			narrowed.From = ref.from
		}
		if !ref.to.IsZero() {
			narrowed.To = ref.to
		}
		if narrowed.From.Before(source.From) || (!source.To.IsZero() && (narrowed.To.IsZero() || narrowed.To.After(source.To))) {
			return ref.at.fail(ref.node, "dates lie outside those of source %s", ref.source)
		}
		if err := narrowed.fault(); err != nil {
			return ref.at.wrap(ref.node, err)
		}
		*ref.into = narrowed
	}
	return nil
}

// readFacts reads the facts the rules of this pack may ask for.
func (k *pack) readFacts(p place, n *yaml.Node) error {
	return p.sequence(n, func(p place, n *yaml.Node) error {
		var f Fact
		p = p.named(n, "fact")
		err := p.mapping(n, []string{"name", "type", "question"}, map[string]reader{
			"name":     identifier(&f.Name, namePattern),
			"type":     parsed(&f.Type),
			"question": text(&f.Question),
			"choices":  words(&f.Choices),
			"signed":   flag(&f.Signed),
		})
		if err != nil {
			return err
		}
		if len(f.Choices) > 0 && f.Type != TypeText {
			return p.fail(n, "only a text has choices")
		}
		if _, twice := k.facts[f.Name]; twice || f.Name == onVariable {
			return p.fail(n, "the name is taken")
		}
		k.facts[f.Name] = f
		return nil
	})
}

// readRules reads the tests.
func (k *pack) readRules(p place, n *yaml.Node) error {
	return p.sequence(n, func(p place, n *yaml.Node) error {
		r := &Rule{Pack: k.file}
		var facts []string
		p = p.named(n, "rule")
		err := p.mapping(n, []string{"id", "title", "text", "jurisdiction", "law", "facts", "expression", "holds", "fails"}, map[string]reader{
			"id":           identifier(&r.ID, idPattern),
			"title":        text(&r.Title),
			"text":         text(&r.Text),
			"jurisdiction": text(&r.Jurisdiction),
			"forms":        words(&r.Forms),
			"law":          k.law(&r.Provenance),
			"params":       readParams(r),
			"facts":        words(&facts),
			"expression":   text(&r.Expression),
			"holds":        text(&r.Holds),
			"fails":        text(&r.Fails),
		})
		if err != nil {
			return err
		}
		for _, name := range facts {
			f, ok := k.facts[name]
			if !ok {
				return p.in("facts").fail(n, "fact %q is not declared in this pack", clip(name))
			}
			if _, twice := r.Fact(name); twice {
				return p.in("facts").fail(n, "fact %s is there twice", name)
			}
			if _, taken := r.Param(name); taken {
				return p.in("facts").fail(n, "%s is a param too", name)
			}
			r.Facts = append(r.Facts, f)
		}
		for field, t := range map[string]string{"holds": r.Holds, "fails": r.Fails} {
			if err := r.checkTemplate(t, true); err != nil {
				return p.in(field).wrap(n, err)
			}
		}
		if err := r.checkTemplate(r.Text, false); err != nil {
			return p.in("text").wrap(n, err)
		}
		r.Text = r.fill(r.Text, nil)
		k.rules = append(k.rules, r)
		return nil
	})
}

func readParams(r *Rule) reader {
	return func(p place, n *yaml.Node) error {
		if n.Kind != yaml.MappingNode {
			return p.fail(n, "is not a mapping of names to numbers")
		}
		for i := 0; i+1 < len(n.Content); i += 2 {
			var name string
			key, value := n.Content[i], n.Content[i+1]
			if err := identifier(&name, namePattern)(p, key); err != nil {
				return err
			}
			raw, err := word(p.in(name), value)
			if err != nil {
				return err
			}
			v, err := plainParam(name, raw)
			if err != nil {
				return p.wrap(value, err)
			}
			if _, twice := r.Param(name); twice || name == onVariable {
				return p.fail(key, "the name %s is taken", name)
			}
			r.Params = append(r.Params, Param{Name: name, Value: v})
		}
		return nil
	}
}

// describe names a rule version in messages.
func (r *Rule) describe() string { return fmt.Sprintf("rule %s from %s", r.ID, r.From) }
