// Package cases has the starter cases that the program carries. Each is a folder of this package, as a user would write it.
package cases

import "embed"

// FS holds a folder for each case.
//
//go:embed */*.yaml */*.csv */*.md */claims.log */claims.head
var FS embed.FS
