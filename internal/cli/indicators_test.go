package cli

import (
	"context"

	"commonweal/internal/house"
	"commonweal/internal/prove/indicator"
	"commonweal/law"
	"commonweal/spc"
)

// measureCommand is: measure CODE. It defines a number by month, better when smaller, in the
// only mutual of the database.
func measureCommand(args []string) error {
	c := &call{Environment: environment(), ctx: context.Background()}
	return c.inOrganisation(&database{}, "", func(h *house.House, org string) error {
		_, err := h.Indicators.Define(c.ctx, "setup", org, indicator.Definition{
			Code: args[0], Name: "Falls", About: "How many people fell.", Kind: indicator.Value, Direction: spc.Down, Every: indicator.Month,
			Starts: law.NewDate(2024, 4, 1), Source: "Incident reports",
		})
		return err
	})
}
