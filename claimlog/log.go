package claimlog

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"

	"headroom"
)

// Files of the log in the folder of a case. LogFile has one entry a line; HeadFile, outside the log, has the number of entries
// and the hash of the last, so that a cut at the end of an entry is seen too. Whoever can write both can forge both: a head
// that is noted elsewhere, as every export has it, shows that.
const (
	LogFile  = "claims.log"
	HeadFile = "claims.head"
)

// Action is what an entry of the log records.
type Action string

// Actions. ActionBind records what a figure rests on from then on; one without claims says that it rests on none.
const (
	ActionAdd        Action = "add"
	ActionSupersede  Action = "supersede"
	ActionRetract    Action = "retract"
	ActionContradict Action = "contradict"
	ActionBind       Action = "bind"
)

// Entry is one line of the log. Claim and Source, or else Binding, are what it records. Prev is the hash of the entry before
// it, 64 zeros for the first. Hash is the SHA-256 of the 32 bytes of Prev followed by the entry as canonical JSON without
// its hash.
type Entry struct {
	Seq     int    `json:"seq"`
	Prev    string `json:"prev"`
	At      string `json:"at"` // UTC, as 2026-11-25T09:00:00Z
	By      string `json:"by"`
	Action  Action `json:"action"`
	Content string `json:"content"` // ContentID of the claim
	Claim   Cells  `json:"claim"`
	Source  Cells  `json:"source"`
	Binding Cells  `json:"binding"`
	Hash    string `json:"hash"`
}

// zeroHash is what the first entry follows.
var zeroHash = strings.Repeat("0", 2*sha256.Size)

// canonical is the entry as JSON: members in the order of their names, empty ones left out, with its hash or without.
func (e *Entry) canonical(hash bool) []byte {
	b := []byte{'{'}
	member := func(name string) {
		if len(b) > 1 {
			b = append(b, ',')
		}
		b = appendText(b, name)
		b = append(b, ':')
	}
	text := func(name, s string) {
		if s != "" {
			member(name)
			b = appendText(b, s)
		}
	}
	cells := func(name string, c Cells) {
		if len(c) > 0 {
			member(name)
			b = c.append(b)
		}
	}
	text("action", string(e.Action))
	text("at", e.At)
	cells("binding", e.Binding)
	text("by", e.By)
	cells("claim", e.Claim)
	text("content", e.Content)
	if hash {
		text("hash", e.Hash)
	}
	text("prev", e.Prev)
	member("seq")
	b = strconv.AppendInt(b, int64(e.Seq), 10)
	cells("source", e.Source)
	return append(b, '}')
}

// hash is what Hash is to be.
func (e *Entry) hash() string {
	prev, err := hex.DecodeString(e.Prev)
	if err != nil {
		return ""
	}
	sum := sha256.Sum256(append(prev, e.canonical(false)...))
	return hex.EncodeToString(sum[:])
}

// Head is the number of entries of a log and the hash of the last, 64 zeros where there is none.
type Head struct {
	Entries int    `json:"entries"`
	Hash    string `json:"head"`
}

// bytes is the file of a head.
func (h Head) bytes() []byte {
	return fmt.Appendf(nil, "{\"entries\":%d,\"head\":\"%s\"}\n", h.Entries, h.Hash)
}

// Log is a log whose chain holds, and what it adds up to.
type Log struct {
	Entries []Entry

	claims   map[string]int       // entry of each claim, by its key
	bindings map[headroom.Ref]int // entry of what a figure rests on now
	text     []byte               // the file
}

// Head is the head of the log.
func (l *Log) Head() Head {
	if n := len(l.Entries); n > 0 {
		return Head{n, l.Entries[n-1].Hash}
	}
	return Head{0, zeroHash}
}

// Files are the bytes of LogFile and HeadFile.
func (l *Log) Files() (log, head []byte) { return l.text, l.Head().bytes() }

// Claim is the entry of a claim, nil where it was not logged.
func (l *Log) Claim(id string) *Entry {
	if n, ok := l.claims[id]; ok {
		return &l.Entries[n-1]
	}
	return nil
}

// Broken says where a log is broken. Entry counts from 1; 0 is the whole log.
type Broken struct {
	Entry int    `json:"entry"`
	Why   string `json:"why"`

	Ahead bool `json:"-"` // the log only goes on beyond its head, and tables and head are to follow
}

// Error is the entry and why.
func (b *Broken) Error() string {
	if b.Entry == 0 {
		return b.Why
	}
	return fmt.Sprintf("entry %d: %s", b.Entry, b.Why)
}

// breakAt returns a *Broken.
func breakAt(entry int, format string, args ...any) *Broken {
	return &Broken{Entry: entry, Why: fmt.Sprintf(format, args...)}
}

// ReadLog reads a log and its head; nil stands for a file that is not there. Where the chain is broken the error is a *Broken
// of the first place, and the Log has the entries before it.
//
// A log that goes on beyond its head, or a first one without a head, is broken as well, and Ahead: that is what a crash between
// the two files leaves. The log is written first, and the tables and the head follow; whoever opens it for writing has them
// follow where that was left undone, and nothing is lost.
func ReadLog(log, head []byte) (*Log, *Broken) {
	l := &Log{claims: map[string]int{}, bindings: map[headroom.Ref]int{}}
	var broken *Broken
	for rest := log; len(rest) > 0 && broken == nil; {
		line, after, whole := bytes.Cut(rest, []byte{'\n'})
		if !whole {
			broken = breakAt(len(l.Entries)+1, "the line is cut short")
			break
		}
		rest = after
		broken = l.read(line)
	}
	if broken == nil {
		broken = l.against(log, head)
	}
	return l, broken
}

// against compares the entries with the head.
func (l *Log) against(log, head []byte) *Broken {
	if head == nil {
		if log == nil {
			return nil
		}
		b := breakAt(0, "there is a %s and no %s", LogFile, HeadFile)
		b.Ahead = l.oneWriting()
		return b
	}
	var h Head
	if err := json.Unmarshal(head, &h); err != nil || !bytes.Equal(h.bytes(), head) || h.Entries < 0 {
		return breakAt(0, "%s is not a head: it was edited or cut short", HeadFile)
	}
	have := l.Head()
	switch {
	case log == nil:
		return breakAt(1, "there is a %s of %d entries and no %s", HeadFile, h.Entries, LogFile)
	case have.Entries < h.Entries:
		return breakAt(have.Entries+1, "the log ends here, and %s has %d entries: the end was cut off", HeadFile, h.Entries)
	case have.Entries > h.Entries && (h.Entries == 0 || l.Entries[h.Entries-1].Hash == h.Hash):
		b := breakAt(h.Entries+1, "%s ends before this entry: it was added without moving the head", HeadFile)
		b.Ahead = true
		return b
	case have.Entries > h.Entries:
		return breakAt(h.Entries, "%s has another hash for this entry", HeadFile)
	case have.Hash != h.Hash:
		return breakAt(have.Entries, "%s has another hash for this entry", HeadFile)
	}
	return nil
}

// oneWriting reports whether all entries are of one time, as those of the first writing are: who was stopped in it has not come
// to make the head.
func (l *Log) oneWriting() bool {
	for _, e := range l.Entries {
		if e.At != l.Entries[0].At {
			return false
		}
	}
	return len(l.Entries) > 0
}

// Beyond are the entries that a head does not count, all of them where there is none.
func (l *Log) Beyond(head []byte) []Entry {
	var h Head
	if head != nil && json.Unmarshal(head, &h) != nil {
		return nil
	}
	return l.Entries[min(max(h.Entries, 0), len(l.Entries)):]
}

// read reads the next line.
func (l *Log) read(line []byte) *Broken {
	n := len(l.Entries) + 1
	var e Entry
	d := json.NewDecoder(bytes.NewReader(line))
	d.DisallowUnknownFields()
	if err := d.Decode(&e); err != nil {
		return breakAt(n, "the line is not an entry: it was edited or damaged")
	}
	switch {
	case e.Seq != n:
		return breakAt(n, "entry %d stands here: entries were deleted, repeated, inserted or put in another order", e.Seq)
	case e.Prev != l.Head().Hash:
		return breakAt(n, "it does not follow the entry before it: one of the two was exchanged")
	case e.Hash != e.hash():
		return breakAt(n, "%s does not have the hash that stands there: it was edited", e.name())
	case !bytes.Equal(e.canonical(true), line):
		return breakAt(n, "the line is not as the program writes it: it was edited")
	}
	if b := l.admit(&e); b != nil {
		return b
	}
	l.append(e, line)
	return nil
}

// name is what an entry is about.
func (e *Entry) name() string {
	if len(e.Binding) > 0 {
		return "the binding of " + bindingRef(e.Binding).String()
	}
	return "the claim " + strconv.Quote(e.Claim["claim_id"])
}

// admit refuses an entry of which the chain holds and which is no step that a log takes.
func (l *Log) admit(e *Entry) *Broken {
	id := e.Claim["claim_id"]
	switch {
	case e.Action == ActionBind && len(e.Binding) > 0 && len(e.Claim) == 0:
		return nil
	case e.Action == ActionBind || id == "" || len(e.Binding) > 0:
		return breakAt(e.Seq, "it records neither a claim nor a binding")
	case l.claims[id] > 0:
		return breakAt(e.Seq, "the claim %q is recorded a second time, first in entry %d", id, l.claims[id])
	case e.Content != contentID(e.Claim, e.Source):
		return breakAt(e.Seq, "the claim %q does not have the content id that stands there", id)
	case e.Action != actionOf(e.Claim):
		return breakAt(e.Seq, "the claim %q is not one that is recorded by %s", id, e.Action)
	}
	return nil
}

// append takes an entry in; line is its canonical text.
func (l *Log) append(e Entry, line []byte) {
	l.Entries = append(l.Entries, e)
	l.text = append(append(l.text, line...), '\n')
	if e.Action == ActionBind {
		l.bindings[bindingRef(e.Binding)] = e.Seq
	} else {
		l.claims[e.Claim["claim_id"]] = e.Seq
	}
}

// bindingRef is the figure of a binding.
func bindingRef(c Cells) headroom.Ref {
	return headroom.Ref{Table: c["table"], Key: c["row_key"], Column: c["column"]}
}

// actionOf is how a claim is recorded: a claim that takes back or replaces others says so in its own columns.
func actionOf(claim Cells) Action {
	switch {
	case claim["retracts"] != "":
		return ActionRetract
	case claim["supersedes"] != "":
		return ActionSupersede
	case claim["contradicts"] != "":
		return ActionContradict
	}
	return ActionAdd
}
