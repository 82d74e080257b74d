package lp_test

import (
	"context"
	"fmt"
	"os"
	"strings"

	"headroom/lp"
	"headroom/lp/lptest"
)

// A line makes at most 80 if it is open; each unit earns 2, opening costs 50.
func ExampleRun() {
	b := lp.NewBuilder("line", lp.Maximize, 2, 1, 2)
	b.NameCols(func(i int) string { return []string{"make", "open"}[i] })
	b.NameRows(func(int) string { return "capacity" })
	output, open := b.Col(2, 0, 100), b.IntCol(-50, 0, 1)
	capacity := b.Row(-lp.Inf, 0)
	b.Add(capacity, output, 1)
	b.Add(capacity, open, -80)
	p, err := b.Build()
	if err != nil {
		fmt.Println(err)
		return
	}
	out, err := lp.Run(context.Background(), &lptest.Enumerate{}, p, lp.Options{}, lp.RunOptions{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(out.Status, out.Objective, out.X, out.Gap)
	// Output: verified 110 [80 1] 0
}

func ExampleReadMPS() {
	_, err := lp.ReadMPS(strings.NewReader("ROWS\n N cost\n L cap\nCOLUMNS\n make cap capacity\nENDATA\n"), "line.mps")
	fmt.Println(err)
	// Output: line.mps:5:11: bad-number: "capacity" is not a finite number; a number is written 1234.5 or 1.2345e3
}

func ExampleWriteLP() {
	p, err := lp.ReadMPS(strings.NewReader("NAME line\nOBJSENSE MAX\nROWS\n N obj\n L cap\nCOLUMNS\n make[a,2030] obj 2 cap 1\n"+
		" M 'MARKER' 'INTORG'\n open[a] obj -50 cap -80\n M 'MARKER' 'INTEND'\nENDATA\n"), "line.mps")
	if err != nil {
		fmt.Println(err)
		return
	}
	if err := lp.WriteLP(os.Stdout, p); err != nil {
		fmt.Println(err)
	}
	// Output:
	// \ line
	// Maximize
	//  obj: 2 make(a,2030) - 50 open(a)
	// Subject To
	//  cap: make(a,2030) - 80 open(a) <= 0
	// Bounds
	// Binary
	//  open(a)
	// End
}
