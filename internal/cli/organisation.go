package cli

import (
	"flag"
	"strings"

	"commonweal/internal/base/fault"
	"commonweal/internal/base/identity"
	"commonweal/internal/base/policy"
	"commonweal/internal/house"
	"commonweal/law"
)

// organisation finds the organisation of a --org flag. Left out, it is the
// only mutual there is.
func (c *call) organisation(h *house.House, code string) (string, error) {
	list, err := h.Identity.Organisations(c.ctx)
	if err != nil {
		return "", err
	}
	var mutuals []string
	for _, o := range list {
		if o.ID == code {
			return code, nil
		}
		if o.Kind == identity.Mutual {
			mutuals = append(mutuals, o.ID)
		}
	}
	switch {
	case code != "":
		return "", fault.Errorf(fault.NotFound, "there is no organisation %q; `commonweal organisation list` lists them", code)
	case len(mutuals) == 1:
		return mutuals[0], nil
	case len(mutuals) == 0:
		return "", fault.Errorf(fault.NotFound, "there is no organisation yet; make one with `commonweal organisation create`")
	default:
		return "", usagef("there are several organisations: say which with --org (%s)", strings.Join(mutuals, ", "))
	}
}

func organisationCreateCommand() command {
	return command{
		name:  "organisation create",
		args:  "CODE",
		about: "Set up an organisation and its first secretary",
		help: `CODE is short, in small letters, and never changes: it names the organisation's record.
The first secretary signs in with the e-mail address given and does the rest.`,
		prepare: func(f *flag.FlagSet) func(*call) error {
			var db database
			db.declare(f)
			name := f.String("name", "", "`name` of the organisation")
			kind := f.String("kind", "mutual", "`kind`: mutual, employer, body or platform")
			form := f.String("form", "", "legal `form`, as `commonweal law forms` lists them")
			ods := f.String("ods", "", "NHS organisation `code`")
			number := f.String("registered-no", "", "registered `number`")
			email := f.String("secretary-email", "", "`address` of the first secretary")
			given := f.String("secretary-given", "", "given `name` of the first secretary")
			family := f.String("secretary-family", "", "family `name` of the first secretary")
			opened := f.String("opened", "", "`date` it began (default today)")
			return func(c *call) (err error) {
				day, err := c.day(*opened)
				if err != nil {
					return err
				}
				h, err := db.house(c, true, house.Options{})
				if err != nil {
					return err
				}
				defer leave(h, &err)
				if *form != "" {
					if _, err := h.Law.Form(law.FormID(*form), law.Today(c.World.Now())); err != nil {
						return fault.Errorf(fault.Invalid, "there is no legal form %q; `commonweal law forms` lists them", *form)
					}
				}
				var officers []identity.Setup
				if *kind == string(identity.Mutual) {
					if *email == "" {
						return usagef("a mutual needs a first secretary: give --secretary-email, --secretary-given and --secretary-family")
					}
					officers = append(officers, identity.Setup{
						Person: identity.Person{Given: *given, Family: *family, Email: *email}, Role: policy.Secretary,
					})
				}
				o, _, err := h.Identity.CreateOrganisation(c.ctx, "setup", identity.Organisation{
					ID: c.args[0], Name: *name, Kind: identity.Kind(*kind), LegalForm: *form, ODS: *ods, RegisteredNo: *number, Opened: day,
				}, officers...)
				if err != nil {
					return err
				}
				pf(c.Out, "%s: %s is set up\n", o.ID, o.Name)
				return nil
			}
		},
	}
}

func organisationListCommand() command {
	return command{
		name:  "organisation list",
		about: "List the organisations in the database",
		prepare: func(f *flag.FlagSet) func(*call) error {
			var db database
			db.declare(f)
			return func(c *call) (err error) {
				h, err := db.house(c, false, house.Options{})
				if err != nil {
					return err
				}
				defer leave(h, &err)
				list, err := h.Identity.Organisations(c.ctx)
				if err != nil {
					return err
				}
				for _, o := range list {
					pf(c.Out, "%s\t%s\t%s\t%s\n", o.ID, o.Kind, o.LegalForm, o.Name)
				}
				return nil
			}
		},
	}
}
