* HiGHS 1.15.1: optimal, -539 with presolve and -325 without. Right: unbounded (b=3, e=1 is a ray). Found by comparing random problems.
NAME unbounded-1
ROWS
 N obj
 G c1
 L c2
COLUMNS
 a obj 7 c1 -3
 a c2 -9
 M1 'MARKER' 'INTORG'
 b obj -7 c1 3
 b c2 2
 c obj -3
 d obj 5 c1 1
 e obj -1 c1 -5
 e c2 -6
 M2 'MARKER' 'INTEND'
RHS
 RHS c1 3 c2 14
BOUNDS
 LO BND a 5
 UP BND a 10
 PL BND b
 LO BND c 4
 UP BND c 10
 BV BND d
 PL BND e
ENDATA
