* HiGHS 1.15.1 with presolve: 2. Right: 1 (b=1). Found by comparing random problems; the integer column's bound of 0.5 does it.
NAME fractional-bound
ROWS
 N obj
 L c1
COLUMNS
 M1 'MARKER' 'INTORG'
 a obj 3
 M2 'MARKER' 'INTEND'
 x obj 2 c1 -2
 M3 'MARKER' 'INTORG'
 b obj 1 c1 -9
 M4 'MARKER' 'INTEND'
RHS
 RHS c1 -7
BOUNDS
 PL BND a
 UP BND x 1
 LO BND b 0.5
 UP BND b 10
ENDATA
