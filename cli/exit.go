package cli

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"syscall"

	"headroom"
	"headroom/internal/files"
	"headroom/lp"
)

// Exit statuses.
const (
	exitDone        = 0
	exitInput       = 1
	exitUsage       = 2
	exitInfeasible  = 3
	exitLimit       = 4
	exitFault       = 5
	exitInterrupted = 130
)

// Codes of findings that the command line itself makes.
const (
	codeWrongUsage    = "WrongUsage"    // a flag or argument that is not understood
	codeNoSolver      = "NoSolver"      // the back end asked for is not there
	codeInternalFault = "InternalFault" // a fault of ours or of the solver
)

// usageError is wrong use of the command.
type usageError struct{ error }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// statusError ends a command whose result has been written with an exit status that is not 0.
type statusError int

// Error says the status.
func (s statusError) Error() string { return fmt.Sprintf("exit status %d", int(s)) }

// finish writes the messages of err and returns the exit status. An interrupt counts before everything else.
func (a *app) finish(ctx context.Context, err error) int {
	if ctx.Err() != nil && a.started {
		if a.json && a.doc.Len() == 0 {
			a.writeJSON(a.name, proofMembers(weakest(nil)))
		}
		if !a.quiet {
			a.say("headroom: interrupted")
		}
		return exitInterrupted
	}
	if err == nil {
		return exitDone
	}
	var done statusError
	if errors.As(err, &done) {
		return int(done)
	}
	status, findings := a.explain(err)
	for _, f := range findings {
		a.say("%s", f)
	}
	if a.json && a.doc.Len() == 0 {
		name := map[int]string{exitInput: "invalid", exitUsage: "invalid"}[status]
		if name == "" {
			name = "fault"
		}
		a.writeJSON(a.name, object{{"status", name}, {"findings", findings}})
	}
	return status
}

// explain maps an error to its exit status and to what the user is told. It is the one place that does.
func (a *app) explain(err error) (int, []headroom.Finding) {
	var usage usageError
	var known *headroom.Error
	var syntax *lp.SyntaxError
	var refused *lp.RefusedError
	var path *fs.PathError
	switch {
	case errors.As(err, &known):
		return statusOf(known.Findings), known.Findings
	case errors.As(err, &usage):
		return exitUsage, []headroom.Finding{finding(codeWrongUsage, usage.Error(), "see "+a.help)}
	case errors.As(err, &syntax):
		f := finding(string(syntax.Code), syntax.Message, syntax.Hint)
		f.Place = headroom.Place{File: syntax.File, Row: syntax.Line, Column: fmt.Sprint(syntax.Column)}
		return exitInput, []headroom.Finding{f}
	case errors.As(err, &refused):
		var all []headroom.Finding
		for _, i := range refused.Issues {
			if i.Severity == lp.Refuse {
				all = append(all, finding(headroom.CodeRefusedModel, i.Code+": "+i.Message, i.Hint))
			}
		}
		return exitInput, all
	case errors.As(err, &path):
		return explainPath(path, err)
	}
	return exitFault, []headroom.Finding{finding(codeInternalFault, oneLine(err.Error()), "run it again; if it stays, report it with the case")}
}

// statusOf is the exit status of errors that were found: a file that may not be read is no fault of what is in it.
func statusOf(found []headroom.Finding) int {
	if slices.ContainsFunc(found, func(f headroom.Finding) bool { return f.Code == headroom.CodeNotPermitted }) {
		return exitFault
	}
	return exitInput
}

// explainPath is what the user is told where a file could not be read or written. A full disk and a missing permission are no
// fault of the input.
func explainPath(path *fs.PathError, err error) (int, []headroom.Finding) {
	status, f := exitInput, finding(headroom.CodeUnreadableFile, path.Op+": "+path.Err.Error(), "check the name and its permissions")
	var irregular *files.IrregularError
	var size *files.SizeError
	var half *followError
	switch {
	case errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT):
		status, f = exitFault, finding(headroom.CodeDiskFull, "there is no room on the disk: nothing was written, and what was there is as it was", "make room, and run it again")
	case errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.EROFS):
		status, f = exitFault, finding(headroom.CodeNotPermitted, path.Op+": "+path.Err.Error(), "let the file and its folder be read and written, or name another place")
	case errors.Is(err, syscall.EIO):
		status, f = exitFault, finding(headroom.CodeUnreadableFile, path.Op+": "+path.Err.Error(), "the disk does not do what it should; name another place")
	case errors.As(err, &irregular):
		f = finding(headroom.CodeUnreadableFile, irregular.Error(), "name a file; what comes out of a program is saved into one first")
	case errors.As(err, &size):
		f = finding(headroom.CodeUnreadableFile, size.Error(), "split it, or name another file")
	}
	if errors.As(err, &half) {
		f.Message = "it was entered and is in the log; the tables could not follow: " + path.Err.Error()
		f.Hint = "make room; the next claim that is entered, or headroom ledger repair, finishes it"
	}
	f.File = path.Path
	return status, []headroom.Finding{f}
}

// finding is an error without a place.
func finding(code, message, hint string) headroom.Finding {
	return headroom.Finding{Severity: headroom.SeverityError, Code: code, Message: message, Hint: hint}
}

// oneLine is s without line ends.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// say writes a line to stderr.
func (a *app) say(format string, args ...any) { fmt.Fprintf(a.Err, format+"\n", args...) }

// note writes a line to stderr that --quiet leaves out.
func (a *app) note(format string, args ...any) {
	if !a.quiet {
		a.say(format, args...)
	}
}
