* HiGHS 1.14.0 with presolve: 29 (x=13). Right: 28.2 (x=12, y=8.1).
NAME issue-2957
ROWS
 N obj
 G c1
COLUMNS
 M1 'MARKER' 'INTORG'
 x obj 1 c1 1
 M2 'MARKER' 'INTEND'
 y obj 2 c1 1
RHS
 RHS c1 20.1
BOUNDS
 UP BND x 20
 LO BND y 8
 UP BND y 20
ENDATA
