package page

import (
	"encoding/hex"
	"fmt"
	"math"
)

type colour struct{ r, g, b uint8 }

func parseColour(s string) (colour, error) {
	if len(s) != 7 || s[0] != '#' {
		return colour{}, fmt.Errorf("colour %q is not of the form #rrggbb", s)
	}
	raw, err := hex.DecodeString(s[1:])
	if err != nil {
		return colour{}, fmt.Errorf("colour %q is not of the form #rrggbb", s)
	}
	return colour{raw[0], raw[1], raw[2]}, nil
}

func (c colour) String() string { return fmt.Sprintf("#%02x%02x%02x", c.r, c.g, c.b) }

// mix moves a colour towards another by a share between 0 and 1.
func (c colour) mix(to colour, share float64) colour {
	one := func(a, b uint8) uint8 { return uint8(math.Round(float64(a)*(1-share) + float64(b)*share)) }
	return colour{one(c.r, to.r), one(c.g, to.g), one(c.b, to.b)}
}

// luminance is the relative luminance of WCAG 2.2.
func (c colour) luminance() float64 {
	linear := func(v uint8) float64 {
		s := float64(v) / 255
		if s <= 0.04045 {
			return s / 12.92
		}
		return math.Pow((s+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.r) + 0.7152*linear(c.g) + 0.0722*linear(c.b)
}

// Contrast is the contrast ratio of WCAG 2.2 between two colours written #rrggbb: from 1, alike, to 21, black on white.
func Contrast(a, b string) (float64, error) {
	first, err := parseColour(a)
	if err != nil {
		return 0, err
	}
	second, err := parseColour(b)
	if err != nil {
		return 0, err
	}
	light, dark := first.luminance(), second.luminance()
	if light < dark {
		light, dark = dark, light
	}
	return (light + 0.05) / (dark + 0.05), nil
}
