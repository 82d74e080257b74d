* HiGHS 1.14.0 with presolve: 200.01 (x=1). Right: 0.03 (x=3, gap=0, t=3).
NAME issue-3073
ROWS
 N obj
 E r0
 L r1
 L r2
 L r3
 L r4
COLUMNS
 gap obj 100 r0 1
 t obj 0.01 r1 -1
 t r2 -1
 M1 'MARKER' 'INTORG'
 x r0 1 r1 1
 x r2 -1 r3 1
 x r4 -1
 M2 'MARKER' 'INTEND'
RHS
 RHS r0 3 r3 3
 RHS r4 -0.45
BOUNDS
 FR BND t
 PL BND x
ENDATA
