// Package document has one type for each JSON document and saved run that Headroom writes: what is written by a type is read by the
// same type.
//
// A document is a struct whose json tags are its members, in order. Marshal writes it under its schema; numbers that are not there are
// null, lists that are empty are [], a proof of what was not tried has a status alone. A table of results is Rows of structs: Rows is a
// list of objects in JSON with a member for each column, and a CSV file with the same columns.
//
// It knows headroom's nouns and their tables; how an answer is found, printed or kept is for others.
package document
