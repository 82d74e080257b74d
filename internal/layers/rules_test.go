package layers

// rules reads "a < b": b may import a. The standard library is always allowed, anything not listed is not. A folder without a
// rule of its own has that of the folder above it.
const rules = `
	none < root, lp, cases, internal/layers, internal/counted, internal/tree, internal/files, internal/stop, internal/mutants
	root < check, table, formula, claimlog, cost, ledger, reading
	reading < table, formula, claimlog, audit
	internal/files < table, solved        # the one room in which files are read and written
	cases < table                         # the starter cases that Init writes
	formula < table, claimlog             # figures are computed again where what they rest on moved
	root, formula, claimlog < audit
	root, formula, claimlog, audit < trace
	root, claimlog < bundle
	lp < highs, lp/lptest, solved
	root < flex
	root, cost, lp, internal/stop < planner
	root, cost < sim
	root, lp, cost, ledger, audit, planner, sim < answer
	root, lp, formula, planner, answer < calibrate
	root, cost, flex < links
	root, formula, trace, table < report
	root, table, lp, answer < document
	everything < cli, bench
	cli < cmd/headroom

	test lp/lptest < lp, solved, highs, planner, answer, calibrate
	test table, check, highs < planner, answer, calibrate, report
	test table, check < links
	test answer, ledger < planner         # laws about plans are about audited ones, and about plans rewritten and booked by the ledger alone
	test table, cases, claimlog < check
	test internal/counted < internal/files, solved, root, reading, lp, lp/lptest, highs, table, check, formula, claimlog, audit, trace, cost, ledger, planner, flex, sim, answer, calibrate, links, report, document, cli, bench
	test internal/tree < highs, planner, answer, calibrate, report, cli, bench
`

// everywhere as a room means that a ban holds for all packages.
const everywhere = "*"

// testsOnly owns what only test files import.
const testsOnly = "test files"

// owner is the one package that imports something, and why.
type owner struct{ room, reason string }

// owned gives every module that is required directly, and what needs a careful hand, to one package. Each module has its
// page in docs/adr.
var owned = map[string]owner{
	"github.com/spf13/cobra":          {"cli", "commands, help and completions are wiring"},
	"github.com/spf13/pflag":          {"cli", "what cobra says is wrong with a flag is its type"},
	"github.com/jedib0t/go-pretty/v6": {"cli", "tables on a terminal are wiring"},
	"golang.org/x/term":               {"cli", "only the command line knows of terminals"},
	"golang.org/x/sys":                {"internal/files", "two folders exchange their names in one step, which the standard library does not know"},
	"github.com/tetratelabs/wazero":   {"highs", "only the solver's back end runs WebAssembly"},
	"unsafe":                          {"highs", "arrays go to the solver without a copy; nothing else is worth memory errors"},
	"go.yaml.in/yaml/v3":              {"table", "only the reader of cases knows their file formats"},
	"github.com/xuri/excelize/v2":     {"table", "only the reader of cases knows their file formats, and limits what a workbook may unpack to"},
	"golang.org/x/text":               {"reading", "only the reader of texts knows that scripts differ"},
	"github.com/google/go-cmp":        {testsOnly, "for tests"},
	"pgregory.net/rapid":              {testsOnly, "for tests"},
	"github.com/rogpeppe/go-internal": {testsOnly, "for tests"},
}

// ban is an import that would otherwise be allowed. A ban holds for test files too.
type ban struct{ room, what, reason string }

var bans = []ban{
	{everywhere, "C", "the program is one static binary; C runs in a child process"},
	{everywhere, "plugin", "needs cgo and ties builds together"},
	{"", "os", "the nouns do no I/O"},
	{"", "net/http", "the nouns do no I/O"},
	{"planner", "math/rand", "plans are the same bytes every time"},
	{"planner", "math/rand/v2", "plans are the same bytes every time"},
}
