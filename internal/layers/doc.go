// Package layers holds the module's import rules, and its test enforces them: who may import whom, which package owns
// which third party, and what is banned with the reason why. There is nothing in it to call.
//
// The rules name only packages that exist; a rule for a package that is gone, or a permission nobody uses any more, fails
// the test, so that the list stays the truth.
package layers
