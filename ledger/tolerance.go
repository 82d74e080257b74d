package ledger

// The tolerances of Check, all in one place. A rule "amount at most limit" is broken where
//
//	amount − limit > RelativeTolerance × max(|amount|, |limit|, size) + AbsoluteTolerance + ScaleTolerance × largest volume
//
// with size the largest number that the amount was added up from.
const (
	// RelativeTolerance is what a rule may be missed by, relative to its own size. It is the tolerance to which the solver
	// keeps a row of the matrix.
	RelativeTolerance = 1e-6

	// AbsoluteTolerance is what any rule may be missed by, in vehicles: nobody builds a millionth of one.
	AbsoluteTolerance = 1e-6

	// ScaleTolerance is what any rule may be missed by, relative to the largest volume of the case in one period. The
	// matrix has volumes in a unit that puts the largest between 100 and 1,000, and a solver keeps to 1e-6 of that unit.
	ScaleTolerance = 1e-8

	// timeTolerance is what a length of time may be missed by, in years. It stands for rounding only: the shortest time
	// that differs is a day, 0.0027 years.
	timeTolerance = 1e-6
)
