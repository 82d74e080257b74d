package headroom

// Codes of findings about a case that is not whole, or that says two things at once.
const (
	CodeMissingRow          = "MissingRow"
	CodeGapBetweenRows      = "GapBetweenRows"
	CodeDemandEnds          = "DemandEnds"
	CodeTableNotGiven       = "TableNotGiven"
	CodeRivalDuties         = "RivalDuties"
	CodeTwoMeanings         = "TwoMeanings"
	CodeDisputedRate        = "DisputedExchangeRate"
	CodeOutsideBand         = "OutsideBand"
	CodeMissingSeverance    = "MissingSeverance"
	CodeRefusedModel        = "RefusedModel"
	CodeMinimumAboveMaximum = "MinimumAboveMaximum"
)

// exampleTrade are edits that send the vehicles of two-plants over a customs border.
const exampleTrade = "region.csv := \"region_id,customs_territory\\nuk,\\nfr,eu\\n\"\nplant.csv:2:region = uk\nplant.csv:3:region = uk\nmarket.csv:2:region = fr\nmarket.csv:3:region = uk\n" +
	"lane.csv := \"origin,destination,cost\\nuk,fr,600\\n\"\n"

// wholeCodes are about what is missing between rows and what two rows say.
var wholeCodes = []Code{
	{
		CodeMissingRow,
		"A table that is given says nothing of something that a plan would sum: labour or a carrier of energy of a plant that can build, the general rate of duty of a flow. Read as zero, that plant or flow would win. Deals that are not signed count as if they were: they may come.",
		"labour.csv := \"plant,cost_per_unit\\nnorth,900\\n\"",
		"error labour.csv:plant: MissingRow: labour costs nothing in south, and the table is given; add a row of south to labour.csv, 0 if it costs nothing; a missing cost is not zero",
	},
	{
		CodeGapBetweenRows,
		"Between two rows of demand, quota or duty for the same thing there are days on which neither holds. A 0 says that there is nothing; a row of * closes the gap.",
		"demand.csv:6:period = 2028\ndemand.csv + van,home,22000,,31000,12,2030",
		"error demand.csv:7:period: GapBetweenRows: nobody says what is wanted of van in home from 2029-01-01 to 2029-12-31, between two rows; add a row for each period, 0 if nobody buys, or one of period *",
	},
	{
		CodeDemandEnds,
		"Rows of demand begin after the vehicle can be built, or end before its end of production.",
		"demand.csv:6:period = 2028",
		"warning demand.csv:6:period: DemandEnds: nobody says what is wanted of van in home from 2029-01-01 to 2030-12-31, though the vehicle can be built: it counts as nothing; add a row for each period, 0 if nobody buys, or one of period *, or write sop and eop",
	},
	{
		CodeTableNotGiven,
		"There is no table of labour, of energy or of duties, and it would count. An assumption for the whole table, with column * and value *, says why it is left out.",
		"assumption.csv:8:table = energy",
		"info labour.csv: TableNotGiven: the table is not given: labour costs nothing in any plant; add labour.csv, or an assumption for all of the table that says why it is left out",
	},
	{
		CodeRivalDuties,
		"Two rows of one layer of duty hold for the same vehicles on the same day and name them equally closely. They add up only where both say add in combine.",
		exampleTrade + "duty.csv := \"duty_id,importer,origin,ad_valorem,from,to\\nd1,eu,uk,3,,2027-12-31\\nd2,eu,uk,4,2027-07-01,\\n\"",
		"error duty.csv:3:from: RivalDuties: d2 and d1 are both the mfn duty of eu on vehicles from uk from 2027-07-01 to 2027-12-31; end the one before the other begins, or write add in combine of both if both are due",
	},
	{
		CodeTwoMeanings,
		"A key names two things, such as a market and a region, and a row that has it would count for both.",
		"region.csv := \"region_id\\nhome\\n\"\nplant.csv:2:region = home\nplant.csv:3:region = home\nmarket.csv:2:region = home\nmarket.csv:3:region = home\nlane.csv := \"origin,destination,cost\\nnorth,home,600\\n\"",
		"error lane.csv:2:destination: TwoMeanings: home is a market and a region: the row would count for the market and for all of the region (abroad, home); give the market or the region another key",
	},
	{
		CodeDisputedRate,
		"Exchange rates that say the same, both ways or round a triangle, differ by more than 0.5 %.",
		"plant.csv:2:currency = EUR\nfx_rate.csv := \"from_ccy,to_ccy,rate\\nEUR,GBP,0.85\\nGBP,EUR,1.5\\n\"",
		"warning fx_rate.csv:2:rate: DisputedExchangeRate: the rates of 2026 contradict each other by 27.5 %: EUR to GBP 0.85 (fx_rate.csv:2:rate), GBP to EUR 1.5 (fx_rate.csv:3:rate); used: EUR to GBP; correct one, or delete it",
	},
	{
		CodeMissingSeverance,
		"A plan may close a plant, and what is then due to its people is missing.",
		"plant.csv:3:severance = ",
		"error plant.csv:3:severance: MissingSeverance: the plan may mothball and close south and the severance is missing; write what is due when it is mothballed or closed, 0 if nothing; a missing cost is not zero",
	},
	{
		CodeRefusedModel,
		"The numbers of the programme that the case makes cannot be solved in a way to be trusted: they lie too far apart. The finding names the cells that they come from.",
		"",
		"",
	},
	{
		CodeOutsideBand,
		"A figure lies outside of what figures of its column are, by itself or as a multiple of another: the material of the price, the fixed cost of the capacity. A warning; an error where it is ten times further out, unless it is bound to a claim. A cost that a plan can avoid may be as high as one likes: so people write never.",
		"vehicle_line.csv:4:unit_material = 24.4",
		"error vehicle_line.csv:4:unit_material: OutsideBand: 24.4: the material as a share of the price is then 0.000871, and such figures lie between 0.2 and 1; is it in thousands, or of another unit? bind it to a claim if it is right",
	},
	{
		CodeMinimumAboveMaximum,
		"A minimum (of a line, a programme, a deal, a target, of commitments together) is above a maximum over it (capacity, permit, demand, largest volume, room on the line). An error where it must hold or never can, a warning where it cannot in some periods, a remark where it is soft or belongs to an option.",
		"vehicle_line.csv:4:min_volume = 90000",
		"error vehicle_line.csv:4:min_volume: MinimumAboveMaximum: the least volume of suv on north-1 is 90000 vehicles in every period, as in 2027, and its whole demand is 68200 (demand.csv:4:volume): 21800 short; lower min_volume, or raise the other: the place is never used",
	},
}
