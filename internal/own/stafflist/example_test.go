package stafflist_test

import (
	"fmt"
	"strings"
	"time"

	"commonweal/internal/own/stafflist"
	"commonweal/law"
)

// A dry run: read a list, and say what it would change.
func Example() {
	const file = "Employee Number,First Name,Last Name,Latest Start Date,Staff Group,NI Number\n" +
		"20418833,Asha,Otterbrook,31/02/2026,Nursing,QQ123456C\n" +
		"20419006,Ade,Tansygate,01/05/2024,Nusring,QQ123456D\n" +
		"20419007,Elin,Heronfold,01/05/2024,Nursing,QQ123457A\n"

	list, err := stafflist.Read(strings.NewReader(file), int64(len(file)), stafflist.Options{Profile: stafflist.Local()})
	if err != nil {
		fmt.Println(err)
		return
	}
	plan, err := stafflist.Compare(nil, list, law.NewDate(2026, time.November, 19), stafflist.Terms{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(plan.Sentence())
	for _, reject := range plan.Rejects {
		fmt.Printf("Row %d: %s\n", reject.Row, reject.Reason)
	}
	fmt.Println("Dropped on reading and not stored:", list.Dropped[0].Kind)
	// Output:
	// Of 3 rows, 1 can be read. One would change the staff list. Two are refused.
	// Row 2: Start date “31/02/2026” is not a date. Correct it in ESR.
	// Row 3: Staff group “Nusring” is not known. Did you mean Nursing and midwifery?
	// Dropped on reading and not stored: NI number
}
