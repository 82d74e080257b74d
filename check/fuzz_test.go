package check_test

import (
	"testing"
	"testing/fstest"

	"headroom/check"
	"headroom/table"
)

// FuzzCase holds that no bytes in any file of a case break the rules.
func FuzzCase(f *testing.F) {
	names := []string{
		"case.yaml", "period.csv", "plant.csv", "line.csv", "vehicle.csv", "vehicle_line.csv", "demand.csv", "lane.csv", "duty.csv", "quota.csv",
		"shift_pattern.csv", "binding.csv", "energy.csv", "labour.csv", "arrangement.csv", "term.csv", "target.csv", "org.csv", "region.csv",
	}
	for _, s := range []string{
		"case_id: x\nprice_year: 2026\nhorizon_from: 2200\n", "period_id,from,to\nb,2027,2026\na,2026,2026\n",
		"arr_id,status,requires\na,talks,b\nb,signed,a b\n", "org_id,parent\na,b\nb,a\n", "target_id,value,region\nx,1e9,*\n",
		"pattern_id,index,hours,weeks\na,0,0,0\n", "plant,carrier,from,price\nnorth,gas,,0.1\nnorth,gas,2026,0.1\n",
		"vehicle,line,committed_until,rate_factor\nsuv,north-1,2030,0\n", "vehicle,market,volume,growth,price_net\nhatch,home,1e12,140,1\n",
		"table,row_key,column,kind,claim_id,formula\nline,north-1,capacity_year,derived,C,[C]*(\n",
	} {
		for i := range names {
			f.Add(byte(i), []byte(s))
		}
	}
	f.Fuzz(func(t *testing.T, which byte, data []byte) {
		files := mustCopy(t)
		files[names[int(which)%len(names)]] = &fstest.MapFile{Data: data}
		c, loaded, err := table.LoadFS(files, table.LoadOptions{With: []string{"a"}})
		if err != nil || c == nil {
			return
		}
		found := check.Case(c)
		check.Merge(loaded, found)
		check.Claims(c)
	})
}
