package table_test
import ("testing";"headroom/table";"fmt")
func TestZZ(t *testing.T){
 c,f,err:=table.Load("../cases/uk-2035",table.LoadOptions{})
 fmt.Println(err,len(f))
 for _,x:=range f {fmt.Println(x.Severity,x)}
 if c!=nil {m:=map[string]int{}; for _,l:=range c.Labels{m[string(l.Basis)]++}; fmt.Println(m)}
}
