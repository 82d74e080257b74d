* HiGHS 1.15.1 without presolve works on it for ever and overlooks its time limit. It has no solution: 8x + 4y is never -19.
NAME issue-2226
ROWS
 N obj
 E c1
 E c2
COLUMNS
 M1 'MARKER' 'INTORG'
 x c2 8
 y c1 4
 z c1 -1 c2 1
 M2 'MARKER' 'INTEND'
RHS
 RHS c2 -19
BOUNDS
 FR BND x
 FR BND y
 FR BND z
ENDATA
