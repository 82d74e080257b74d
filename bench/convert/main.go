// Command convert writes a public instance as a case of Headroom:
//
//	go run ./bench/convert -family orlib-cflp -in FILE -out DIR
//	headroom plan DIR --objective cost --gap 1e-6
//
// FILE is plain or gzip, "-" is standard input. DIR must be new or empty. The exit status is 1 where the file has an error
// and 2 where the command is wrong.
package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"headroom/bench"
)

func main() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) }

func run(args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	f := flag.NewFlagSet("convert", flag.ContinueOnError)
	f.SetOutput(stderr)
	family := f.String("family", "", "kind of instance: orlib-cflp")
	in := f.String("in", "", "file of the instance; - is standard input")
	out := f.String("out", "", "folder of the case; new or empty")
	capacity := f.Float64("capacity", 0, `orlib-cflp: what the word "capacity" stands for`)
	switch err := f.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return 0
	case err != nil:
		return 2
	}
	if why := wrong(*family, *in, *out, *capacity, f.Args()); why != "" {
		fmt.Fprintln(stderr, "convert: "+why) //nolint:errcheck // nobody is left to tell
		return 2
	}
	if err := convert(*in, *out, *capacity, stdin); err != nil {
		fmt.Fprintf(stderr, "%s: %v\n", *in, err) //nolint:errcheck // nobody is left to tell
		return 1
	}
	fmt.Fprintf(stdout, "%s is a case: headroom plan %s --objective cost --gap 1e-6\n", *out, *out) //nolint:errcheck // a courtesy
	return 0
}

// wrong says what is wrong with the command, or "".
func wrong(family, in, out string, capacity float64, rest []string) string {
	switch {
	case len(rest) > 0:
		return fmt.Sprintf("what is %q for? Write -family orlib-cflp -in FILE -out DIR", rest[0])
	case family == "":
		return "name the kind of instance: -family orlib-cflp"
	case family != "orlib-cflp":
		return fmt.Sprintf("-family %q is unknown; there is orlib-cflp", family)
	case in == "":
		return "name the file: -in FILE"
	case out == "":
		return "name the folder: -out DIR"
	case !(capacity >= 0):
		return "-capacity cannot be negative"
	}
	return ""
}

func convert(in, out string, capacity float64, stdin io.Reader) error {
	r, name := stdin, "instance"
	if in != "-" {
		f, err := os.Open(in)
		if err != nil {
			return errors.Unwrap(err)
		}
		defer func() { _ = f.Close() }() // it was only read
		r, name = f, caseID(in)
	}
	p, err := bench.ReadCFLP(r, capacity)
	if err != nil {
		return err
	}
	return p.WriteCase(out, name, "Given by the instance "+name+" of OR-Library")
}

var notInKey = regexp.MustCompile(`[^A-Za-z0-9._-]+`)

// caseID is the file's name as a key.
func caseID(file string) string {
	name := strings.TrimSuffix(filepath.Base(file), ".gz")
	name = notInKey.ReplaceAllString(strings.TrimSuffix(name, filepath.Ext(name)), "-")
	if name = strings.TrimLeft(name, "._-"); name != "" {
		return name
	}
	return "instance"
}
