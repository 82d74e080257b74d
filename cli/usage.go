package cli

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"headroom/table"
)

// flagError says what is wrong with a flag and what to write, in the words of a user and not of a parser.
func flagError(_ *cobra.Command, err error) error {
	var value *pflag.InvalidValueError
	if !errors.As(err, &value) {
		return err
	}
	f, got := value.GetFlag(), value.GetValue()
	return fmt.Errorf("--%s %q: %s", f.Name, got, valueHint(f.Value.Type(), got))
}

// valueHint says what a value of a type should look like, with what was probably meant where that is plain.
func valueHint(kind, got string) string {
	digits := strings.Trim(got, "0123456789") == "" && got != ""
	point := strings.Replace(got, ",", ".", 1)
	decimal := strings.Trim(point, "0123456789.") == "" && strings.Count(got, ",") == 1
	switch kind {
	case "duration":
		switch {
		case digits:
			return fmt.Sprintf("say of what: write %ss for seconds, %sm for minutes or %sh for hours", got, got, got)
		case strings.Contains(got, ",") && strings.Trim(point, "0123456789.smh") == "":
			return fmt.Sprintf("write a point for the comma, %s", point)
		}
		return "write a time as 90s, 5m or 1h30m"
	case "float64":
		if decimal {
			return fmt.Sprintf("write a point for the comma, %s", point)
		}
		if s := strings.TrimSpace(strings.TrimSuffix(got, "%")); s != got && strings.Trim(s, "0123456789.") == "" && s != "" {
			return "write a share and not a percentage: 0.001 for 0.1 %"
		}
		return "write a number as 0.001"
	case "int":
		return "write a whole number"
	case "bool":
		return "write true or false, or the flag alone"
	}
	return "it is not understood"
}

// unknownCommand is the error of a command that is not there, with the one that was probably meant.
func unknownCommand(root *cobra.Command, name string) error {
	var names []string
	for _, c := range root.Commands() {
		if !c.Hidden {
			names = append(names, c.Name())
		}
	}
	if near := table.Nearest(name, names); near != "" {
		return fmt.Errorf("unknown command %q: did you mean %q?", name, near)
	}
	slices.Sort(names)
	return fmt.Errorf("unknown command %q: the commands are %s", name, strings.Join(names, ", "))
}
