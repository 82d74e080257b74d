* HiGHS 1.14.0 with presolve: 15 (x=0, z=5). Right: 9 (x=4.5, z=0).
NAME issue-3043
ROWS
 N obj
 G c1
COLUMNS
 x obj 2 c1 1
 M1 'MARKER' 'INTORG'
 z obj 3 c1 1
 M2 'MARKER' 'INTEND'
RHS
 RHS c1 4.5
BOUNDS
 UP BND x 10
 UP BND z 10
ENDATA
