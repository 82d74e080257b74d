"""The flows of numpy on a file of scenarios, for bench/flexrate.go: cuts.py FILE chain|subsets float64|int32 LOOPS prints the CPU
seconds of all loops and the sum over scenarios that lemon.cpp prints. Scenarios are taken in chunks that stay in the cache, and
every operation writes where its result belongs."""

import sys
import time

import numpy as np

CHUNK = 4096


def read(name):
    with open(name, "rb") as f:
        m, n, k, count = np.fromfile(f, np.int32, 4)
        capacity = np.fromfile(f, np.int32, m)
        links = np.fromfile(f, np.int32, 2 * k).reshape(k, 2)
        demand = np.fromfile(f, np.int32, n * count).reshape(count, n)
    return capacity, links, np.ascontiguousarray(demand.T)


def chain(capacity, demand):
    """The least cover around the long chain (vehicle i in plants i and i-1), with the first plant in it and without it."""
    n, size = demand.shape
    dtype = demand.dtype
    in1 = np.full(size, capacity[0], dtype)
    out1 = np.full(size, 1 << 29, dtype)
    in0, out0 = out1.copy(), np.zeros(size, dtype)
    spare1, spare0 = np.empty(size, dtype), np.empty(size, dtype)
    around = [demand[1]]
    for i in range(1, n):
        around += [capacity[i], demand[(i + 1) % n]]
    for w in around:
        np.minimum(in1, out1, out=spare1)
        np.add(spare1, w, out=spare1)
        in1, out1, spare1 = spare1, in1, out1
        np.minimum(in0, out0, out=spare0)
        np.add(spare0, w, out=spare0)
        in0, out0, spare0 = spare0, in0, out0
    return np.minimum(np.minimum(in1, out1), in0)


def subsets(capacity, masks, demand):
    """The least cut over all sets of plants, by a zeta transform."""
    m, size = len(capacity), demand.shape[1]
    f = np.zeros((1 << m, size), demand.dtype)
    for mask, d in zip(masks, demand):
        f[mask] += d
    for j in range(m):
        g = f.reshape(-1, 2, 1 << j, size)
        np.add(g[:, 1], g[:, 0], out=g[:, 1])
    cost = np.array([sum(int(c) for j, c in enumerate(capacity) if s >> j & 1) for s in range(1 << m)], demand.dtype)
    np.subtract(f, cost[:, None], out=f)
    return demand.sum(axis=0, dtype=demand.dtype) - f.max(axis=0)


def main():
    capacity, links, demand = read(sys.argv[1])
    kind, dtype, loops = sys.argv[2], np.dtype(sys.argv[3]), int(sys.argv[4])
    capacity, demand = capacity.astype(dtype), demand.astype(dtype)
    masks = [0] * len(demand)
    for p, v in links:
        masks[v] |= 1 << int(p)
    count = demand.shape[1]
    chunk = CHUNK if kind == "chain" else 256
    flows = np.empty(count, dtype)
    parts = [(a, np.ascontiguousarray(demand[:, a : a + chunk])) for a in range(0, count, chunk)]
    began = time.process_time()
    for _ in range(loops):
        for a, d in parts:
            flows[a : a + chunk] = chain(capacity, d) if kind == "chain" else subsets(capacity, masks, d)
    took = time.process_time() - began
    weight = np.arange(count, dtype=np.uint64) % 1009 + 1
    print("%.6f %d" % (took, int((flows.astype(np.uint64) * weight).sum())))


main()
