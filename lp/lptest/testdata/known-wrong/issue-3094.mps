* HiGHS 1.14.0 with presolve: 10000. Right: 8000 (x0=1).
NAME issue-3094
ROWS
 N obj
 L link0
 L link1
 E balance0
 E balance1
 L one
COLUMNS
 M1 'MARKER' 'INTORG'
 x0 link0 -1000 one 1
 x1 link1 -1000 one 1
 M2 'MARKER' 'INTEND'
 z0 link0 1 balance0 1
 z1 link1 1 balance1 1
 d0 obj 10 balance0 1
 d1 obj 8 balance1 1
RHS
 RHS balance0 1000 balance1 1000
 RHS one 1
BOUNDS
 BV BND x0
 BV BND x1
 UP BND z0 1000
 UP BND z1 1000
 UP BND d0 1000
 UP BND d1 1000
ENDATA
