// Package trace says what a number rests on: from a cell of a case or a result down through formulas, claims and sources, from a claim
// up to what rests on it, from a name that means nothing to what is near it, and what of a case changed since a day.
//
// Rows, steps and cells are handed to it; it opens no file and prints nothing.
package trace
