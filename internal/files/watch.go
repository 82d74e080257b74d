package files

import "sync/atomic"

// Op is one kind of step.
type Op string

// Steps of writing. A write is watched twice: before its first half and before its second.
const (
	OpMkdir    Op = "mkdir"    // a folder is made
	OpCreate   Op = "create"   // an empty file is made
	OpWrite    Op = "write"    // Data is appended to a file
	OpSync     Op = "sync"     // the contents of a file are brought to the disk
	OpSyncDir  Op = "syncdir"  // the names in a folder are brought to the disk
	OpRename   Op = "rename"   // Path becomes To
	OpExchange Op = "exchange" // Path and To exchange their names
	OpLink     Op = "link"     // To is a second name of Path
	OpRemove   Op = "remove"   // a file or an empty folder goes
)

// Step is one step of writing that is about to be taken.
type Step struct {
	Op       Op
	Path, To string
	Data     []byte
}

// watcher is what Watch has set.
var watcher atomic.Pointer[func(Step) error]

// Watch has f called before each step, until the returned function is called; an error of f makes the step fail with it. It is
// for tests, which stop the program, fill the disk or cut the power at a step.
func Watch(f func(Step) error) (end func()) {
	watcher.Store(&f)
	return func() { watcher.Store(nil) }
}

// watched asks the watcher.
func watched(s Step) error {
	if f := watcher.Load(); f != nil {
		return (*f)(s)
	}
	return nil
}

// take asks the watcher, and takes the step.
func take(s Step, do func() error) error {
	if err := watched(s); err != nil {
		return err
	}
	return do()
}
