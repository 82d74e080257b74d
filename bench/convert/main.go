// Command convert writes a public instance as a case of Headroom:
//
//	go run ./bench/convert -family orlib-cflp -in FILE -out DIR
//	headroom plan DIR --objective cost --gap 1e-6
//
//	go run ./bench/convert -family flex -in FILE.json -out DIR -design base|chain|full
//	headroom flex DIR
//
// FILE is plain or gzip (orlib-cflp), "-" is standard input. DIR must be new or empty. The exit status is 1 where the file has an error
// and 2 where the command is wrong.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"headroom/bench"
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	f := flag.NewFlagSet("convert", flag.ContinueOnError)
	f.SetOutput(stderr)
	var r request
	f.StringVar(&r.family, "family", "", "kind of instance: orlib-cflp or flex")
	f.StringVar(&r.in, "in", "", "file of the instance; - is standard input")
	f.StringVar(&r.out, "out", "", "folder of the case; new or empty")
	f.Float64Var(&r.capacity, "capacity", 0, `orlib-cflp: what the word "capacity" stands for`)
	f.StringVar(&r.design, "design", bench.FlexBase, "flex: links of the case: base, chain or full")
	f.StringVar(&r.flex.Dist, "dist", "", "flex: normal or uniform, in place of what the file says")
	f.StringVar(&r.flex.Truncation, "truncation", "", "flex: condition, censor or none, in place of what the file says")
	f.Float64Var(&r.flex.Bound, "bound", 0, "flex: bound of the truncation in standard deviations, in place of what the file says")
	switch err := f.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return 2
	}
	if why := r.wrong(f.Args()); why != "" {
		fmt.Fprintln(stderr, "convert: "+why) //nolint:errcheck // nobody is left to tell
		return 2
	}
	if err := r.convert(stdin, stderr); err != nil {
		fmt.Fprintf(stderr, "%s: %v\n", r.in, err) //nolint:errcheck // nobody is left to tell
		return 1
	}
	then := "headroom plan " + r.out + " --objective cost --gap 1e-6"
	if r.family == familyFlex {
		then = "headroom flex " + r.out
	}
	fmt.Fprintf(stdout, "%s is a case: %s\n", r.out, then) //nolint:errcheck // a courtesy
	return 0
}

// Families of instances.
const (
	familyCFLP = "orlib-cflp"
	familyFlex = "flex"
)

// request is what the flags ask for.
type request struct {
	family, in, out, design string
	capacity                float64
	flex                    bench.FlexChoice
}

// wrong says what is wrong with the command, or "".
func (r *request) wrong(rest []string) string {
	switch {
	case len(rest) > 0:
		return fmt.Sprintf("what is %q for? Write -family orlib-cflp -in FILE -out DIR", rest[0])
	case r.family == "":
		return "name the kind of instance: -family orlib-cflp or -family flex"
	case r.family != familyCFLP && r.family != familyFlex:
		return fmt.Sprintf("-family %q is unknown; there are orlib-cflp and flex", r.family)
	case r.in == "":
		return "name the file: -in FILE"
	case r.out == "":
		return "name the folder: -out DIR"
	case !(r.capacity >= 0):
		return "-capacity cannot be negative"
	case !slices.Contains([]string{bench.FlexBase, bench.FlexChain, bench.FlexFull}, r.design):
		return fmt.Sprintf("-design %q is unknown; there are base, chain and full", r.design)
	case !slices.Contains([]string{"", "normal", "uniform"}, r.flex.Dist):
		return fmt.Sprintf("-dist %q is unknown; there are normal and uniform", r.flex.Dist)
	case !slices.Contains([]string{"", "condition", "censor", "none"}, r.flex.Truncation):
		return fmt.Sprintf("-truncation %q is unknown; there are condition, censor and none", r.flex.Truncation)
	case !(r.flex.Bound >= 0):
		return "-bound cannot be negative"
	}
	return ""
}

func (r *request) convert(stdin io.Reader, stderr io.Writer) error {
	in, name := stdin, "instance"
	if r.in != "-" {
		f, err := os.Open(r.in)
		if err != nil {
			return errors.Unwrap(err)
		}
		defer func() { _ = f.Close() }() // it was only read
		in, name = f, caseID(r.in)
	}
	if r.family == familyCFLP {
		p, err := bench.ReadCFLP(in, r.capacity)
		if err != nil {
			return err
		}
		return p.WriteCase(r.out, name, "Given by the instance "+name+" of OR-Library")
	}
	p, err := bench.ReadFlex(in, r.flex)
	if err != nil {
		return err
	}
	for _, s := range p.Assumed {
		fmt.Fprintln(stderr, "convert: "+s) //nolint:errcheck // talk only
	}
	if p.Cut() {
		fmt.Fprintln(stderr, "convert: bounds below zero are cut at zero, which moves the mean of the demand") //nolint:errcheck // talk only
	}
	return p.WriteCase(r.out, name, r.design)
}

// caseID is the file's name as a key.
func caseID(file string) string {
	name := strings.TrimSuffix(filepath.Base(file), ".gz")
	return bench.Key(strings.TrimSuffix(name, filepath.Ext(name)), "instance")
}
