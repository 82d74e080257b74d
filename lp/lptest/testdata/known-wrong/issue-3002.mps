* HiGHS 1.14.0 with presolve: 76. Right: 64.
NAME issue-3002
ROWS
 N obj
 L c1
 G c2
 E c3
COLUMNS
 x obj 1 c1 1
 x c2 1
 y obj 4 c1 1
 y c3 -1
 M1 'MARKER' 'INTORG'
 z obj 9 c2 1
 z c3 1
 M2 'MARKER' 'INTEND'
RHS
 RHS c1 5 c2 10
 RHS c3 7.5
BOUNDS
 UP BND x 4
 LO BND y -1
 UP BND y 1
 PL BND z
ENDATA
