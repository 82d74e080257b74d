* HiGHS 1.15.1: infeasible with presolve, optimal at -224 without. Right: unbounded. Found by comparing random problems.
NAME unbounded-2
ROWS
 N obj
 G c1
 G c2
 L c3
COLUMNS
 M1 'MARKER' 'INTORG'
 a obj 1 c1 6
 a c3 9
 M2 'MARKER' 'INTEND'
 b obj -9 c1 4
 b c2 -1 c3 -6
 M3 'MARKER' 'INTORG'
 c obj 8 c3 -4
 d obj 5 c1 -5
 d c2 9 c3 8
 M4 'MARKER' 'INTEND'
 e obj -4 c1 -1
 e c2 7
RHS
 RHS c1 -6 c2 -4
 RHS c3 20
BOUNDS
 BV BND a
 PL BND c
 LO BND d -8
 UP BND d 8
ENDATA
