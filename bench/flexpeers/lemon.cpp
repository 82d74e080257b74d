// The flows of LEMON on a file of scenarios, for bench/flexrate.go: lemon FILE ALGORITHM LOOPS prints the CPU seconds of all
// loops and a sum over scenarios that no two different lists of flows are likely to share.
#include <lemon/smart_graph.h>  // before edmonds_karp.h, which uses what it does not include

#include <lemon/edmonds_karp.h>
#include <lemon/network_simplex.h>
#include <lemon/preflow.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <vector>

using namespace lemon;
typedef SmartDigraph G;

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  FILE* f = fopen(argv[1], "rb");
  if (!f) return 1;
  int32_t head[4];
  if (fread(head, 4, 4, f) != 4) return 1;
  int m = head[0], n = head[1], k = head[2], count = head[3];
  std::vector<int32_t> capacity(m), links(2 * k), demand((size_t)n * count);
  if (fread(capacity.data(), 4, m, f) != (size_t)m || fread(links.data(), 4, 2 * k, f) != (size_t)2 * k ||
      fread(demand.data(), 4, demand.size(), f) != demand.size())
    return 1;
  fclose(f);
  G g;
  std::vector<G::Node> plant, vehicle;
  G::Node s = g.addNode(), t = g.addNode();
  for (int i = 0; i < m; i++) plant.push_back(g.addNode());
  for (int i = 0; i < n; i++) vehicle.push_back(g.addNode());
  std::vector<G::Arc> source, sink;
  G::ArcMap<int> cap(g), cost(g, 0);
  for (int i = 0; i < m; i++) source.push_back(g.addArc(s, plant[i]));
  for (int i = 0; i < n; i++) sink.push_back(g.addArc(vehicle[i], t));
  for (int i = 0; i < k; i++) {
    G::Arc a = g.addArc(plant[links[2 * i]], vehicle[links[2 * i + 1]]);
    cap[a] = capacity[links[2 * i]];
  }
  for (int i = 0; i < m; i++) cap[source[i]] = capacity[i];
  bool simplex = !strcmp(argv[2], "simplex"), preflow = !strcmp(argv[2], "preflow");
  G::Arc back;
  if (simplex) {
    back = g.addArc(t, s);
    int64_t all = 0;
    for (int i = 0; i < m; i++) all += capacity[i];
    cap[back] = (int)all;
    cost[back] = -1;
  }
  EdmondsKarp<G, G::ArcMap<int> > ek(g, cap, s, t);
  Preflow<G, G::ArcMap<int> > pf(g, cap, s, t);
  NetworkSimplex<G, int> ns(g);
  ns.costMap(cost);
  uint64_t sum = 0;
  clock_t began = clock();
  for (int loop = 0; loop < atoi(argv[3]); loop++) {
    sum = 0;
    for (int c = 0; c < count; c++) {
      const int32_t* d = &demand[(size_t)c * n];
      for (int i = 0; i < n; i++) cap[sink[i]] = d[i];
      int64_t flow;
      if (simplex) {
        ns.upperMap(cap);
        if (ns.run() != NetworkSimplex<G, int>::OPTIMAL) return 3;
        flow = -(int64_t)ns.totalCost();
      } else if (preflow) {
        pf.runMinCut();
        flow = pf.flowValue();
      } else {
        ek.run();
        flow = ek.flowValue();
      }
      sum += (uint64_t)flow * (uint64_t)(c % 1009 + 1);
    }
  }
  printf("%.6f %llu\n", double(clock() - began) / CLOCKS_PER_SEC, (unsigned long long)sum);
  return 0;
}
