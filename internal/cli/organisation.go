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

// inOrganisation opens the database, does something for the organisation of a --org flag,
// and closes it again.
func (c *call) inOrganisation(db *database, code string, do func(h *house.House, org string) error) error {
	return c.inHouse(db, func(h *house.House) error {
		org, err := c.organisation(h, code)
		if err != nil {
			return err
		}
		return do(h, org)
	})
}

func organisationCreateCommand() command {
	return command{
		name:  "organisation create",
		args:  "CODE",
		about: "Set up an organisation and its first secretary",
		help: `CODE is short, in small letters, and never changes: it names the organisation's record.
The first secretary signs in with the e-mail address given and does the rest. For a
platform, which runs the machine for several organisations, the person given becomes its
administrator instead.`,
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
				if err := c.knowsForm(*form); err != nil {
					return err
				}
				first := identity.Person{Given: *given, Family: *family, Email: *email}
				officers, err := firstOfficers(identity.Kind(*kind), first)
				if err != nil {
					return err
				}
				h, err := db.house(c, true, house.Options{})
				if err != nil {
					return err
				}
				defer leave(h, &err)
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

// knowsForm refuses a legal form that the rules do not know, before a database
// is made for it.
func (c *call) knowsForm(form string) error {
	lib, err := law.Load()
	if err != nil || form == "" {
		return err
	}
	if _, err := lib.Form(law.FormID(form), law.Today(c.World.Now())); err != nil {
		return fault.Errorf(fault.Invalid, "there is no legal form %q; `commonweal law forms` lists them", form)
	}
	return nil
}

// firstOfficers is who begins: the secretary of a mutual, the administrator of
// a platform, nobody elsewhere.
func firstOfficers(kind identity.Kind, first identity.Person) ([]identity.Setup, error) {
	role := map[identity.Kind]policy.Role{identity.Mutual: policy.Secretary, identity.Platform: policy.PlatformAdministrator}[kind]
	if role == "" {
		return nil, nil
	}
	if first.Email == "" {
		return nil, usagef("a %s needs its first %s: give --secretary-email, --secretary-given and --secretary-family", kind, role.Title())
	}
	return []identity.Setup{{Person: first, Role: role}}, nil
}

func organisationListCommand() command {
	return command{
		name:  "organisation list",
		about: "List the organisations in the database",
		prepare: func(f *flag.FlagSet) func(*call) error {
			var db database
			db.declare(f)
			return func(c *call) error {
				return c.inHouse(&db, func(h *house.House) error {
					list, err := h.Identity.Organisations(c.ctx)
					if err != nil {
						return err
					}
					for _, o := range list {
						pf(c.Out, "%s\t%s\t%s\t%s\n", o.ID, o.Kind, o.LegalForm, o.Name)
					}
					return nil
				})
			}
		},
	}
}
