package web

import (
	"reflect"

	"commonweal/internal/base/identity"
	"commonweal/internal/base/policy"
	"commonweal/law"
)

// closedLists are the types of which there are only certain values. The document
// lists them and the decoder refuses all others.
var closedLists = map[reflect.Type][]string{}

// among declares the values of a type.
func among[T ~string](values ...T) {
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = string(v)
	}
	closedLists[reflect.TypeFor[T]()] = texts
}

func valuesOf(t reflect.Type) []string {
	if t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	return closedLists[t]
}

func init() {
	among(policy.Roles()...)
	among(identity.Platform, identity.Mutual, identity.Employer, identity.Body)
	among(law.Holds, law.Fails, law.CannotTell)
	among(law.TypeBool, law.TypeInt, law.TypeDecimal, law.TypePercent, law.TypeDate, law.TypeText, law.TypeMoney)
	among(law.BenefitSociety, law.Cooperative, law.CICGuarantee, law.CICShares, law.EmployeeTrust, law.CharityCIO, law.FoundationTrust, law.JointVenture)
}
