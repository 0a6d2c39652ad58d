package page

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

const minus = "\u2212"

// Number writes a whole number with commas: "48,213", "−12".
func Number(n any) (string, error) {
	count, err := whole(n)
	if err != nil {
		return "", err
	}
	return dress(strconv.FormatInt(count, 10)), nil
}

// Decimal writes a number with a fixed number of decimals: "7.12", "−0.40". A number that rounds to nought has no minus.
func Decimal(x float64, places int) (string, error) {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return "", fmt.Errorf("%v cannot be shown as a number", x)
	}
	return dress(strconv.FormatFloat(x, 'f', places, 64)), nil
}

// dress puts commas into the digits of a decimal number and gives it a true minus.
func dress(digits string) string {
	negative := strings.HasPrefix(digits, "-")
	digits = strings.TrimPrefix(digits, "-")
	front, fraction, hasFraction := strings.Cut(digits, ".")
	var out strings.Builder
	if negative && strings.Trim(digits, "0.") != "" {
		out.WriteString(minus)
	}
	for i, r := range front {
		if i > 0 && (len(front)-i)%3 == 0 {
			out.WriteByte(',')
		}
		out.WriteRune(r)
	}
	if hasFraction {
		out.WriteString("." + fraction)
	}
	return out.String()
}

// Percent writes a part of a whole in whole per cent: "62%". It never says 0% of something or 100% of less than all;
// there it shows a decimal: "0.7%", "over 99.9%". Of nothing there is no share: "not known".
func Percent(part, all any) (string, error) {
	p, err := whole(part)
	if err != nil {
		return "", err
	}
	a, err := whole(all)
	if err != nil {
		return "", err
	}
	if a <= 0 || p < 0 || p > a {
		if a == 0 && p == 0 {
			return "not known", nil
		}
		return "", fmt.Errorf("%d of %d is not a share", p, a)
	}
	share := 100 * float64(p) / float64(a)
	switch {
	case p == 0 || p == a:
		return fmt.Sprintf("%.0f%%", share), nil
	case share < 0.05:
		return "under 0.1%", nil
	case share > 99.95:
		return "over 99.9%", nil
	case share < 1 || share > 99:
		return fmt.Sprintf("%.1f%%", share), nil
	default:
		return fmt.Sprintf("%.0f%%", share), nil
	}
}

// Money writes pence as pounds: "£1", "£1.50", "−£1,200".
func Money(pence any) (string, error) {
	p, err := whole(pence)
	if err != nil {
		return "", err
	}
	sign := ""
	digits := strconv.FormatInt(p, 10)
	if p < 0 {
		sign, digits = minus, digits[1:]
	}
	for len(digits) < 3 {
		digits = "0" + digits
	}
	cut := len(digits) - 2
	pounds, rest := dress(digits[:cut]), digits[cut:]
	if rest == "00" {
		return sign + "£" + pounds, nil
	}
	return sign + "£" + pounds + "." + rest, nil
}
