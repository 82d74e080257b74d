// Package links asks what the links of a case, which vehicle on which line, are worth before demand is known, and which to add: it reads
// plants, vehicles, margins and demand of a period into a network of flex, and what flex finds back into names of the case.
package links
