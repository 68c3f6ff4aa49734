"""Streams (定位与实时): positions of persons under community corrections, judged as they come; alarms as records of casework; what desks hear at once.

`devices` (who may send) → `taking` (an upload kept and judged in one transaction) → `alarms` (records) and `live` (events for desks). `plans` compiles
fences and leaves; `silence` watches devices that say nothing; `duties` derives what is owed; `tracks` alone gives positions to people; `retention`
purges, `anchoring` and `verifying` prove. Knows `records.casework`, which does not know it.
"""
