* HiGHS 1.14.0 with presolve takes x=1. Right: 10 (x=0, y=10).
NAME linopy-648
ROWS
 N obj
 G c1
COLUMNS
 M1 'MARKER' 'INTORG'
 x obj 2 c1 2
 M2 'MARKER' 'INTEND'
 y obj 1 c1 1
RHS
 RHS c1 10
BOUNDS
 BV BND x
 LO BND y 9
ENDATA
