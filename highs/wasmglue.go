package highs

// The names by which the glue module is wired.
const (
	glueImport  = "highs"   // module of the function table
	glueHost    = "host"    // module of the callback
	glueEvent   = "event"   // the callback
	glueInstall = "install" // adds the callback to the table and returns its number there
)

// glueModule is a tiny WebAssembly module that makes a Go function callable by address. HiGHS takes its callback as an
// address, which is a place in its function table; the table is exported and may grow, but only WebAssembly code can put
// a function in. In text:
//
//	(module
//	  (type (func (param i32 i32 i32 i32 i32))) (type (func (result i32)))
//	  (import "highs" TABLE (table 0 funcref)) (import "host" "event" (func (type 0)))
//	  (func (type 0) local.get 0 local.get 1 local.get 2 local.get 3 local.get 4 call 0)
//	  (func (export "install") (type 1) ref.func 1 i32.const 1 table.grow 0)
//	  (elem declare func 1))
func glueModule() []byte {
	const i32, funcref = 0x7f, 0x70
	section := func(id byte, content ...byte) []byte { return append([]byte{id, byte(len(content))}, content...) }
	name := func(s string) []byte { return append([]byte{byte(len(s))}, s...) }
	join := func(parts ...[]byte) []byte {
		var b []byte
		for _, p := range parts {
			b = append(b, p...)
		}
		return b
	}
	body := func(code ...byte) []byte { return append([]byte{byte(len(code) + 2), 0}, append(code, 0x0b)...) }
	return join(
		[]byte{0, 'a', 's', 'm', 1, 0, 0, 0},
		section(1, 2, 0x60, 5, i32, i32, i32, i32, i32, 0, 0x60, 0, 1, i32),
		section(2, join([]byte{2}, name(glueImport), name(wasmTable), []byte{1, funcref, 0, 0},
			name(glueHost), name(glueEvent), []byte{0, 0})...),
		section(3, 2, 0, 1),
		section(7, join([]byte{1}, name(glueInstall), []byte{0, 2})...),
		section(9, 1, 3, 0, 1, 1), // declared, not placed
		section(10, join([]byte{2},
			body(0x20, 0, 0x20, 1, 0x20, 2, 0x20, 3, 0x20, 4, 0x10, 0),
			body(0xd2, 1, 0x41, 1, 0xfc, 15, 0))...),
	)
}
