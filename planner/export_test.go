package planner

// RowFamilies are the names of all families of rows.
var RowFamilies = familyNames[famLineTime:]
