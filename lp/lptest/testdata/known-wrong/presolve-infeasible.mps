* HiGHS 1.15.1 with presolve: infeasible. Right: 0 (all zero). Found by comparing random plans, here reduced.
NAME presolve-infeasible
ROWS
 N obj
 E r1
 L r2
 L r3
 G r4
 L r5
 G r6
 E r7
 L r8
COLUMNS
 c1 r2 -1
 c1 r3 -1
 c1 r4 -149.18032786885246
 MARKER1 'MARKER' 'INTORG'
 c2 r1 -1
 c3 r1 -1
 MARKER3 'MARKER' 'INTEND'
 c4 r1 1
 c4 r2 1
 c4 r5 -198.9071038251366
 c4 r6 -149.18032786885246
 MARKER4 'MARKER' 'INTORG'
 c5 r3 1
 c5 r8 -52.75513661202185
 MARKER5 'MARKER' 'INTEND'
 c6 r4 1
 c6 r7 1
 c7 r5 1
 c7 r6 1
 c8 obj -2.7958097702617373
 c8 r7 -1
 c8 r8 1
RHS
BOUNDS
 UP BND c1 1
 UP BND c2 1
 UP BND c3 1
 UP BND c4 1
 UP BND c5 1
 UP BND c6 52.75513661202185
 UP BND c7 52.75513661202185
 UP BND c8 52.75513661202185
ENDATA
