"""Three public expenses (“三公”经费): three items, their total, and the counts printed beside them."""

from mingzhang.facts import Concept
from mingzhang.numbers import BATCH, PERSON_TIMES, VEHICLE, YUAN, unit_named

_SOURCE = "部门决算公开说明 · “三公”经费"


def _money(
    name: str,
    chinese: str,
    meaning: str,
    source_id: str,
    part_of: str | None = None,
    extra: tuple[str, ...] = (),
) -> Concept:
    return Concept(name, chinese, YUAN, meaning, _SOURCE, ("fund", *extra), part_of, True, (source_id,))


three_public_spending = _money(
    "three_public_spending",
    "“三公”经费",
    "Overseas travel, official vehicles and official reception.",
    "sg.total",
)
overseas_travel_spending = _money(
    "overseas_travel_spending",
    "因公出国（境）费",
    "International travel of officials; economic item 30212.",
    "sg.abroad",
    "three_public_spending",
)
official_vehicle_spending = _money(
    "official_vehicle_spending",
    "公务用车购置及运行费",
    "Purchase and running of official vehicles.",
    "sg.vehicle",
    "three_public_spending",
)
official_vehicle_purchase = _money(
    "official_vehicle_purchase",
    "公务用车购置费",
    "Purchase, purchase tax and plates included; economic items 31013 and 30913.",
    "sg.vehicle.purchase",
    "official_vehicle_spending",
)
official_vehicle_running = _money(
    "official_vehicle_running",
    "公务用车运行费",
    "Fuel, repair, tolls, insurance, safety awards; economic item 30231.",
    "sg.vehicle.run",
    "official_vehicle_spending",
    ("detail",),
)
official_reception_spending = _money(
    "official_reception_spending",
    "公务接待费",
    "Receiving official guests, foreign guests included; economic item 30217.",
    "sg.reception",
    "three_public_spending",
)

overseas_travel_groups = Concept(
    "overseas_travel_groups",
    "因公出国（境）团组数",
    unit_named("个"),
    "Groups sent abroad.",
    _SOURCE,
    source_ids=("sg.abroad.groups",),
)
overseas_travel_persons = Concept(
    "overseas_travel_persons",
    "因公出国（境）人次数",
    PERSON_TIMES,
    "Persons sent abroad.",
    _SOURCE,
    source_ids=("sg.abroad.persons",),
)
official_vehicles_purchased = Concept(
    "official_vehicles_purchased",
    "公务用车购置数",
    VEHICLE,
    "Vehicles bought in the year.",
    _SOURCE,
    source_ids=("sg.vehicle.purchased",),
)
official_vehicles_kept = Concept(
    "official_vehicles_kept",
    "公务用车保有量",
    VEHICLE,
    "Vehicles whose costs fiscal grants pay, at 31 December.",
    _SOURCE,
    flow=False,
    source_ids=("sg.vehicle.stock",),
)
official_reception_batches = Concept(
    "official_reception_batches",
    "国内公务接待批次",
    BATCH,
    "Receptions.",
    _SOURCE,
    source_ids=("sg.reception.batches",),
)
official_reception_guests = Concept(
    "official_reception_guests",
    "国内公务接待人次",
    PERSON_TIMES,
    "Guests received, hosts not counted.",
    _SOURCE,
    source_ids=("sg.reception.persons",),
)
foreign_reception_batches = Concept(
    "foreign_reception_batches",
    "外事接待批次",
    BATCH,
    "Receptions of foreign guests.",
    _SOURCE,
    source_ids=("sg.reception.foreign_batches",),
)
foreign_reception_guests = Concept(
    "foreign_reception_guests",
    "外事接待人次",
    PERSON_TIMES,
    "Foreign guests received.",
    _SOURCE,
    source_ids=("sg.reception.foreign_persons",),
)
