package check_test

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"headroom"
	"headroom/check"
	"headroom/table"
)

// TestRules shows rules in the cases that the examples of the codes leave out. A test without want has no finding but
// unlabelled figures.
func TestRules(t *testing.T) {
	t.Parallel()
	deals := `arrangement.csv := "arr_id,status\nguest,mou\n"` + "\n" + `term.csv := "arr_id,kind,value,unit\nguest,min_volume,5000,veh/yr\n"` + "\n"
	regions := `region.csv := "region_id,customs_territory\nuk,\nfr,eu\n"` + "\nplant.csv:2:region = uk\nplant.csv:3:region = uk\nmarket.csv:2:region = fr\nmarket.csv:3:region = uk\n"
	lane := `lane.csv := "origin,destination,cost\nuk,fr,600\n"` + "\n" + `duty.csv := "duty_id,importer,ad_valorem\nm,eu,10\n"` + "\n"
	tests := []struct{ name, edits, want string }{
		{"a price by lost sales", "demand.csv:2:price_net = \ndemand.csv:2:contribution = \ndemand.csv:2:lost_sale = 2000", ""},
		{"a price by service", "demand.csv:2:price_net = \ndemand.csv:2:contribution = \ndemand.csv:2:min_service = 100", ""},
		{"a service of a candidate", "demand.csv:6:min_service = 50", "warning demand.csv:6:min_service: UnusedSetting: van is of use consider, so that the plan may leave it out: min_service does not bind it; write use include in vehicle.csv if it must be built, or a min_volume of its places or a deal"},
		{"a price without cost", "demand.csv:2:contribution = ", "error demand.csv:2:contribution: MissingPrice: hatch has a price in abroad and neither a contribution nor a cost of material; write it, or unit_material at every place of the vehicle in vehicle_line.csv; a missing cost is not zero"},
		{"a running programme needs no retooling", "vehicle_line.csv:2:committed_from = 2020-01-01", ""},
		{"a commitment within the horizon does", "vehicle_line.csv:2:committed_from = 2027-01-01", "error vehicle_line.csv:2:retool: MissingRetooling: hatch does not run on north-1 from before the horizon, and the cost of retooling is missing; write what retooling and launch cost, 0 if nothing; a missing cost is not zero"},
		{"a rate without hours", "line.csv:2:capacity_year = \nline.csv:2:rate = 40", "error line.csv:2:rate: MissingPattern: north-1 has a rate, and no pattern of it has hours; write the hours of the patterns in shift_pattern.csv, or capacity_year"},
		{"a rate and hours", "line.csv:2:rate = 42\n" + `shift_pattern.csv := "pattern_id,index,hours\ntwo,1,78\n"`, ""},
		{"no lane", regions, "error demand.csv:2:market: ImpossibleDemand: hatch cannot be sent to abroad: there is no lane from north, south; add a row to lane.csv, or a line that builds it elsewhere to vehicle_line.csv"},
		{"a lane", regions + lane, ""},
		{"a forbidden lane", regions + lane + "lane.csv + north,abroad,\nlane.csv:3:use = exclude", ""},
		{"no line", "vehicle.csv:3:sop = 2027-01-01\nvehicle_line.csv:4:compatible = no\nvehicle_line.csv:5:compatible = no", "error demand.csv:4:vehicle: ImpossibleDemand: no line can build suv: all of its demand is lost; add a row to vehicle_line.csv, or write use consider or exclude in vehicle.csv"},
		{"an unsigned deal at a place that is not committed", deals + "vehicle_line.csv:4:arrangement = guest", ""},
		{"an unsigned deal at the only place", deals + "vehicle_line.csv:6:arrangement = guest\nvehicle.csv:4:use = include", "warning vehicle.csv:4:vehicle_id: MissingPlace: van can be built only under guest, which is not signed: all of its demand is lost; count the deal in with --with, or write use consider if its demand is not lost"},
		{"an unsigned deal counted in", deals + "vehicle_line.csv:2:arrangement = guest\nload --with guest", ""},
		{"a fee in vehicles", deals + "vehicle_line.csv:4:arrangement = guest\nterm.csv + guest,fee_per_unit,300,veh/yr", "error term.csv:3:unit: WrongUnit: a fee_per_unit is in ccy/veh, and the unit is veh/yr; write ccy/veh"},
		{"a signed deal that waits", `arrangement.csv := "arr_id,status,requires\nguest,signed,law\nlaw,talks,\n"` + "\nvehicle_line.csv:4:arrangement = guest\n" + `term.csv := "arr_id,kind,value,unit\nguest,min_volume,5000,veh/yr\nlaw,min_volume,0,veh/yr\n"`, "warning arrangement.csv:2:requires: UnsignedDeal: guest is signed but requires law, which is not signed but talks: it cannot be in force; count it in with --with law"},
		{"a hard target out of reach", `target.csv := "target_id,value,hard\ngoal,300000,yes\n"`, "error target.csv:2:value: UnreachableTarget: the target is 300000 vehicles a year, and all lines that count can build 240000 in 2026 with every pattern and overtime; add capacity, or lower the target"},
		{"a target in reach", `target.csv := "target_id,value\ngoal,120000\n"`, ""},
		{"a volume far from the others but claimed", "demand.csv:2:volume = 30\n" + `claim.csv := "claim_id,subject,value,unit,status\nC1,x,30,vehicles,reported\n"` + "\n" + `binding.csv := "table,row_key,column,claim_id\ndemand,hatch:abroad:*,volume,C1\n"`, "warning demand.csv:2:volume: ThousandsSuspected: 30 is 1083 times smaller than the others of its column, of which the median is 32500; is one of them in thousands? bind it to a claim if it is right"},
		{"prices of energy one after the other", `energy.csv := "plant,from,to,price\nnorth,,2026-12-31,0.2\nnorth,2027-01-01,,0.1\nsouth,,,0.1\n"`, ""},
		{"prices of energy at once", `energy.csv := "plant,from,to,price\nnorth,,2027-12-31,0.2\nnorth,2027-01-01,,0.1\nsouth,,,0.1\n"`, "error energy.csv:3:from: OverlappingPeriods: two prices of electricity in north hold at the same time; end the one on the day before the other begins"},
		{"a customs value as a fraction", "demand.csv:2:customs_value = 0.75", "error demand.csv:2:customs_value: PercentOrFraction: 0.75 is hardly the customs value of a vehicle; write 75% for three quarters of the price"},
		{"a customs value in words", "demand.csv:2:customs_value = much", `error demand.csv:2:customs_value: BrokenNumber: "much" is neither money nor a percentage; write money per vehicle, or a percentage as 75%`},
		{"a currency with a rate", "plant.csv:2:currency = EUR\n" + `fx_rate.csv := "from_ccy,to_ccy,rate\nEUR,GBP,0.86\n"`, ""},
		{"a currency without a rate in a period", "plant.csv:2:currency = EUR\n" + `fx_rate.csv := "from_ccy,to_ccy,period,rate\nGBP,EUR,2026,1.16\n"`, "error plant.csv:2:currency: MissingExchangeRate: there is no rate from EUR to GBP in 2027; 2028; 2029; and 1 more; add a row EUR,GBP to fx_rate.csv, of period * for all that have none of their own"},
		{"prices of another year in many rows", "plant.csv:2:price_year = 2024\nplant.csv:3:price_year = 2023", "error plant.csv:2:price_year: MissingDeflator: the money is in prices of 2024, and the case's in those of 2026 (and 1 more sums in prices of other years than 2026 in 2 rows of the file); restate the row's money in prices of the case's year"},
		{"a contribution far below nothing", "demand.csv:2:contribution = -40", "warning demand.csv:2:contribution: OutsideBand: -40: the contribution in percent of the price is then -40, and such figures lie between -10 and 80; is it in thousands, or of another unit? bind it to a claim if it is right"},
		{"a rate for nothing", `fx_rate.csv := "from_ccy,to_ccy,rate\nEUR,GBP,0.86\n"`, "warning fx_rate.csv:2:from_ccy: UnusedRow: no money is changed from EUR to GBP; delete the row"},
		{"a horizon that is longer", "period.csv:6:to = 2030-06-30", "error period.csv:6:to: GapBetweenPeriods: the last period ends on 2030-06-30, and the horizon on 2030-12-31; let it end with the horizon"},
		{"an event of a year without outturns", `org.csv := "org_id\nmaker\n"` + "\nplant.csv:2:owner_org = maker\n" + `shock.csv := "year,shock_id,maker_org,units\n2025,flood,maker,5\n"`, "warning shock.csv:2:year: UnusedRow: no outturn says how much was built in 2025: the event changes nothing; add the total of that year to outturn.csv, group all"},
		{"an event that took nothing that was built", `org.csv := "org_id\nmaker\n"` + "\nplant.csv:2:owner_org = maker\n" + `outturn.csv := "year,group,vehicle,market,units\n2025,all,*,*,7\n2024,all,hatch,*,7\n"` + "\n" + `shock.csv := "year,shock_id,maker_org,units\n2025,flood,maker,5\n"`, "warning shock.csv:2:maker_org: UnusedRow: no outturn of 2024 has a vehicle of maker: the event has nothing to be taken off; add what was built of its vehicles to outturn.csv"},
		{"an event below zero", `org.csv := "org_id\nmaker\n"` + "\nplant.csv:2:owner_org = maker\n" + `shock.csv := "year,shock_id,maker_org,units\n2025,flood,maker,-5\n"`, "error shock.csv:2:units: NegativeNumber: -5 is below zero; write the vehicles that were not built, without a sign"},
		{"an opening that says never", "plant.csv:3:cost_reopen = 1000000000", "warning plant.csv:3:cost_reopen: OutsideBand: 1000000000: the cost of opening per vehicle of capacity is then 1.11e+10 pounds, and such figures lie between 2 and 50000; is it in thousands, or of another unit? bind it to a claim if it is right"},
		{"a fixed cost in thousands", "plant.csv:2:fixed_cost_open = 95000", "error plant.csv:2:fixed_cost_open: OutsideBand: 95000: the fixed cost a year per vehicle of capacity is then 6.33e+05 pounds, and such figures lie between 4 and 20000; is it in thousands, or of another unit? bind it to a claim if it is right"},
		{"a cheap material", "vehicle_line.csv:4:unit_material = 5000", "warning vehicle_line.csv:4:unit_material: OutsideBand: 5000: the material as a share of the price is then 0.179, and such figures lie between 0.2 and 1; is it in thousands, or of another unit? bind it to a claim if it is right"},
		{"a material above the price", "vehicle_line.csv:5:unit_material = 30000", "warning vehicle_line.csv:5:unit_material: OutsideBand: 30000: the material as a share of the price is then 1.07, and such figures lie between 0.2 and 1; is it in thousands, or of another unit? bind it to a claim if it is right"},
		{"one cause is told once", "demand.csv:2:volume = 1,5\ndemand.csv:2:price_net = ", `error demand.csv:2:volume: DecimalComma: "1,5" has a decimal comma; write 1.5`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got, want := []string(nil), []string(nil)
			for _, f := range mustFind(t, test.edits) {
				if f.Code != headroom.CodeUnlabelledFigure {
					got = append(got, string(f.Severity)+" "+f.String())
				}
			}
			if test.want != "" {
				want = []string{test.want}
				if slices.Contains(got, test.want) && len(got) > 1 && test.name == "no lane" {
					return // one for each vehicle
				}
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestClaims(t *testing.T) {
	t.Parallel()
	files, o := mustEdit(t, `claim.csv := "claim_id,subject,value,unit,status\nC1,x,150000,vehicles,reported\nC2,y,1,,official\n"`+"\n"+
		`binding.csv := "table,row_key,column,claim_id\nline,north-1,capacity_year,C1\n"`+"\nplant.csv:2:site_cap = 150000\nassumption.csv:5:column = fixed_cost_open")
	c, _, err := table.LoadFS(files, o)
	if err != nil {
		t.Fatal(err)
	}
	got := check.Claims(c)
	if got.Figures != got.Bound+got.Assumed+got.ByBasis[headroom.BasisNone].Count || got.Bound != 1 {
		t.Errorf("%+v", got)
	}
	if diff := cmp.Diff(map[string]int{"reported": 1}, got.ByStatus); diff != "" {
		t.Error(diff)
	}
	sum := 0.0
	for _, s := range got.ByBasis {
		sum += s.Share
	}
	if sum < 1-1e-12 || sum > 1+1e-12 {
		t.Errorf("shares sum to %v", sum)
	}
}
