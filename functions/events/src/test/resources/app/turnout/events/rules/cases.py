"""Writes cases.tsv, what recurrence rules mean by python-dateutil and zoneinfo (tests/RulesElsewhereTest).

    pip install python-dateutil==2.9.0.post0 tzdata && python cases.py > cases.tsv

The rules are RFC 5545's examples and the ones made here, by hand and by a seeded generator. Where
dateutil is known to differ from the RFC the rule is written so that both agree: BYWEEKNO has a BYDAY
and none of the last weeks, a WEEKLY rule with BYSETPOS starts on the first day of its week, BYDAY has
numbers throughout or not at all.
"""

import random
import re
import signal
import sys
from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
HORIZON = datetime(2037, 12, 31)


class TooLong(Exception):
    pass


def alarm(*_):
    raise TooLong()


signal.signal(signal.SIGVTALRM, alarm)


def stamp(time, zone):
    # fold=0: of a doubled time the first; of a skipped one, by the offset before the gap
    offset = time.replace(tzinfo=ZoneInfo(zone)).utcoffset()
    seconds = int(offset.total_seconds())
    sign = "-" if seconds < 0 else "+"
    seconds = abs(seconds)
    text = f"{sign}{seconds // 3600:02}{seconds // 60 % 60:02}"
    if seconds % 60:
        text += f"{seconds % 60:02}"
    return time.strftime("%Y%m%dT%H%M%S") + text


written = set()


def case(zone, start, rule, limit=12, since=None, horizon=HORIZON):
    key = (zone, start, rule, since)
    if key in written:
        return False
    begin = datetime.strptime(start, "%Y%m%dT%H%M%S")
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, 3)
        # here UNTIL is a local time
        dates = rrulestr(re.sub(r"(UNTIL=\d{8});|(UNTIL=\d{8})$", until_whole, rule), dtstart=begin)
        found = []
        complete = True
        for date in dates:
            if date > horizon:
                complete = False
                break
            if since and date < datetime.strptime(since, "%Y%m%dT%H%M%S"):
                continue
            if len(found) == limit:
                complete = False
                break
            found.append(date)
    except (TooLong, ValueError):
        return False
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    if not found:
        return False
    written.add(key)
    print("\t".join([zone, start, rule, since or "-", " ".join(stamp(d, zone) for d in found) + ("" if complete else " ...")]))
    return True


def until_whole(match):
    text = match.group(0)
    return text.rstrip(";") + "T235959" + (";" if text.endswith(";") else "")


print("""# What recurrence rules mean elsewhere. Made by cases.py beside it, with python-dateutil 2.9.0.post0 as the oracle
# for the dates and Python's zoneinfo for the offsets. Zone, DTSTART, RRULE (UNTIL in local time), the
# first date asked for (- is from the start), and the dates with the offset that makes them instants;
# "..." where there are more.""")

NY = "America/New_York"
RFC = """
19970902T090000 FREQ=DAILY;COUNT=10
19970902T090000 FREQ=DAILY;UNTIL=19971224T000000
19970902T090000 FREQ=DAILY;INTERVAL=2
19970902T090000 FREQ=DAILY;INTERVAL=10;COUNT=5
19980101T090000 FREQ=YEARLY;UNTIL=20000131T140000;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA
19980101T090000 FREQ=DAILY;UNTIL=20000131T140000;BYMONTH=1
19970902T090000 FREQ=WEEKLY;COUNT=10
19970902T090000 FREQ=WEEKLY;UNTIL=19971224T000000
19970902T090000 FREQ=WEEKLY;INTERVAL=2;WKST=SU
19970902T090000 FREQ=WEEKLY;UNTIL=19971007T000000;WKST=SU;BYDAY=TU,TH
19970902T090000 FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH
19970901T090000 FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000;WKST=SU;BYDAY=MO,WE,FR
19970902T090000 FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH
19970905T090000 FREQ=MONTHLY;COUNT=10;BYDAY=1FR
19970905T090000 FREQ=MONTHLY;UNTIL=19971224T000000;BYDAY=1FR
19970907T090000 FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU
19970922T090000 FREQ=MONTHLY;COUNT=6;BYDAY=-2MO
19970928T090000 FREQ=MONTHLY;BYMONTHDAY=-3
19970902T090000 FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15
19970930T090000 FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1
19970910T090000 FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15
19970902T090000 FREQ=MONTHLY;INTERVAL=2;BYDAY=TU
19970610T090000 FREQ=YEARLY;COUNT=10;BYMONTH=6,7
19970310T090000 FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3
19970101T090000 FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200
19970519T090000 FREQ=YEARLY;BYDAY=20MO
19970512T090000 FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO
19970313T090000 FREQ=YEARLY;BYMONTH=3;BYDAY=TH
19970605T090000 FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8
19970902T090000 FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13
19970913T090000 FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13
19961105T090000 FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8
19970904T090000 FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3
19970929T090000 FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2
19970902T090000 FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000
19970902T090000 FREQ=MINUTELY;INTERVAL=15;COUNT=6
19970902T090000 FREQ=MINUTELY;INTERVAL=90;COUNT=4
19970902T090000 FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40
19970902T090000 FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16
19970805T090000 FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO
19970805T090000 FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU
20070115T090000 FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5
"""
for line in RFC.strip().splitlines():
    start, rule = line.split()
    assert case(NY, start, rule, limit=40), line

HAND = """
20240229T100000 FREQ=YEARLY
20240229T100000 FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29
20200101T100000 FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29
20200101T100000 FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1
20240131T190000 FREQ=MONTHLY
20240131T190000 FREQ=MONTHLY;BYMONTHDAY=-1
20240131T190000 FREQ=MONTHLY;BYMONTHDAY=28,29,30,31;BYSETPOS=-1
20240131T190000 FREQ=MONTHLY;INTERVAL=5
20201231T100000 FREQ=YEARLY;BYYEARDAY=366
20201231T100000 FREQ=YEARLY;BYYEARDAY=-366
20201231T100000 FREQ=YEARLY;BYYEARDAY=-1,1
20191230T100000 FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO
20191230T100000 FREQ=YEARLY;BYWEEKNO=50,51,1;BYDAY=TH
20191229T100000 FREQ=YEARLY;BYWEEKNO=1;BYDAY=SU;WKST=SU
20191230T100000 FREQ=YEARLY;BYWEEKNO=10,20,30;BYDAY=TU,FR;BYMONTH=3,5
20240101T100000 FREQ=YEARLY;BYDAY=53MO
20240101T100000 FREQ=YEARLY;BYDAY=-53MO
20240101T100000 FREQ=YEARLY;BYDAY=1MO,-1FR
20240101T100000 FREQ=YEARLY;BYMONTH=1,11;BYDAY=1MO,4TH
20240101T100000 FREQ=MONTHLY;BYDAY=5MO
20240101T100000 FREQ=MONTHLY;BYDAY=-5FR
20240101T100000 FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1
20240101T100000 FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1
20240101T100000 FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9,17;BYSETPOS=2,-2
20240103T100000 FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=1,-1
20240103T100000 FREQ=YEARLY;BYMONTH=6;BYDAY=SA,SU;BYSETPOS=3
20240101T100000 FREQ=WEEKLY;BYDAY=MO,WE,FR;BYSETPOS=2
20240101T100000 FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,SU;WKST=MO;BYSETPOS=-1
20240104T100000 FREQ=WEEKLY;INTERVAL=2;BYDAY=MO
20240104T100000 FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,TH,SU;WKST=TH
20240104T100000 FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU
20231228T100000 FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,SU;BYMONTH=1,12
20240104T100000 FREQ=DAILY;BYDAY=SA,SU
20240104T100000 FREQ=DAILY;BYMONTHDAY=-1,15
20240104T100000 FREQ=DAILY;INTERVAL=13;BYDAY=FR
20240104T100000 FREQ=DAILY;BYHOUR=8,20;BYMINUTE=15,45;BYSETPOS=1,-1
20240104T100000 FREQ=HOURLY;INTERVAL=5
20240104T100000 FREQ=HOURLY;BYHOUR=9,17;BYDAY=MO
20240104T100000 FREQ=HOURLY;INTERVAL=7;BYDAY=SU;BYMINUTE=0,30
20240104T100000 FREQ=HOURLY;BYMONTH=7;BYMONTHDAY=4;BYHOUR=0,12
20240104T100000 FREQ=HOURLY;BYYEARDAY=100,-1;BYHOUR=6
20240104T100000 FREQ=MINUTELY;INTERVAL=45;BYHOUR=9,10;BYDAY=TU
20240104T100000 FREQ=MINUTELY;INTERVAL=1440
20240104T100000 FREQ=MINUTELY;BYHOUR=10;BYMINUTE=5;BYSECOND=10,20,30;BYSETPOS=-1
20240104T100000 FREQ=SECONDLY;INTERVAL=86400
20240104T100000 FREQ=SECONDLY;BYHOUR=10;BYMINUTE=0;BYSECOND=0;BYDAY=MO
20240104T100000 FREQ=SECONDLY;INTERVAL=90;COUNT=12
20240104T100015 FREQ=SECONDLY;INTERVAL=3601;BYDAY=SU;BYMINUTE=3,4
20240104T101530 FREQ=DAILY;BYSECOND=0,30
20240104T101530 FREQ=MONTHLY;BYDAY=2TU;BYHOUR=9,18
20240104T101530 FREQ=YEARLY;BYMONTH=1,7;BYHOUR=9
20240104T100000 FREQ=YEARLY;INTERVAL=2;BYMONTH=3;BYDAY=-1SU
20240104T100000 FREQ=YEARLY;BYMONTHDAY=13;BYDAY=FR
20240104T100000 FREQ=YEARLY;BYMONTHDAY=-1
20240104T100000 FREQ=YEARLY;BYYEARDAY=60,61;BYMONTHDAY=1
20240104T100000 FREQ=MONTHLY;BYMONTH=2,4;BYMONTHDAY=30,29
20240104T100000 FREQ=MONTHLY;INTERVAL=7;BYMONTH=2
20240104T100000 FREQ=MONTHLY;BYMONTHDAY=8,9,10,11,12,13,14;BYDAY=TU
"""
for zone in ["UTC", "Europe/Dublin"]:
    for line in HAND.strip().splitlines():
        start, rule = line.split()
        assert case(zone, start, rule), line

# Across changes of the clock: into gaps, into doubled hours, and past them.
CHANGES = [
    ("Europe/Dublin", "20250324T013000"),
    ("Europe/Dublin", "20251020T013000"),
    ("Europe/Berlin", "20250324T023000"),
    ("Europe/Berlin", "20251020T023000"),
    ("America/New_York", "20250303T023000"),
    ("America/New_York", "20251027T013000"),
    ("America/Los_Angeles", "20240304T020000"),
    ("Australia/Lord_Howe", "20250929T021500"),
    ("Australia/Lord_Howe", "20250331T014500"),
    ("America/Sao_Paulo", "20181029T000000"),
    ("America/Sao_Paulo", "20190211T233000"),
    ("Africa/Casablanca", "20240304T023000"),
    ("Africa/Casablanca", "20240408T021500"),
    ("Asia/Tehran", "20220316T003000"),
    ("Asia/Tehran", "20220915T233000"),
    ("Pacific/Apia", "20111226T093000"),
    ("Pacific/Apia", "20120326T033000"),
    ("Pacific/Chatham", "20250922T030000"),
    ("Africa/Cairo", "20230424T001500"),
    ("Asia/Gaza", "20220321T003000"),
    ("America/Havana", "20240304T003000"),
    ("America/Santiago", "20240902T000000"),
    ("Asia/Beirut", "20240325T003000"),
    ("Europe/Lisbon", "20240325T010000"),
    ("Europe/Moscow", "20141020T013000"),
    ("Europe/Istanbul", "20160321T033000"),
    ("America/Caracas", "20160425T023000"),
    ("Asia/Pyongyang", "20180430T234500"),
    ("Antarctica/Troll", "20240325T013000"),
    ("Asia/Kolkata", "20240325T013000"),
    ("America/Nuuk", "20230320T223000"),
    ("Atlantic/Azores", "20241021T003000"),
    ("Africa/Monrovia", "19720101T001000"),
]
for zone, start in CHANGES:
    for rule in [
        "FREQ=DAILY;COUNT=14",
        "FREQ=WEEKLY;BYDAY=SU,MO,FR;COUNT=9",
        "FREQ=HOURLY;INTERVAL=12;COUNT=30",
        "FREQ=DAILY;BYHOUR=0,1,2,3;BYMINUTE=0,15,30,45;COUNT=128",
        "FREQ=MONTHLY;BYDAY=-1SU,2SU;COUNT=14",
        "FREQ=YEARLY;COUNT=4",
    ]:
        case(zone, start, rule, limit=128)

random.seed(5545)
ZONES = sorted({zone for zone, _ in CHANGES})


def some(values, most):
    return sorted(random.sample(values, random.randint(1, min(most, len(values)))))


def signed(values, most):
    return [random.choice([v, v, -v]) for v in some(values, most)]


def join(values):
    return ",".join(str(v) for v in values)


made = 0
while made < 420:
    frequency = random.choice(["YEARLY"] * 3 + ["MONTHLY"] * 4 + ["WEEKLY"] * 3 + ["DAILY"] * 3 + ["HOURLY", "MINUTELY", "SECONDLY"])
    start = datetime(random.randint(1998, 2026), random.randint(1, 12), random.randint(1, 28), random.randint(0, 23), random.choice([0, 0, 15, 30, 45, 59]))
    parts = ["FREQ=" + frequency]
    wkst = random.choice(DAYS) if random.random() < 0.4 else "MO"
    if random.random() < 0.45:
        parts.append(f"INTERVAL={random.choice([2, 2, 3, 4, 5, 6, 7, 10])}")
    by = []
    weeks = False
    if random.random() < 0.35:
        by.append("BYMONTH=" + join(some(list(range(1, 13)), 4)))
    if frequency == "YEARLY" and random.random() < 0.25:
        by.append("BYWEEKNO=" + join(some(list(range(1, 52)), 4)))
        weeks = True
    if frequency in ("YEARLY", "HOURLY", "MINUTELY", "SECONDLY") and random.random() < 0.2:
        by.append("BYYEARDAY=" + join(signed(list(range(1, 367)), 6)))
    if frequency != "WEEKLY" and random.random() < 0.35:
        by.append("BYMONTHDAY=" + join(signed(list(range(1, 32)), 8)))
    if weeks or random.random() < 0.5:
        days = some(DAYS, 4)
        if frequency in ("MONTHLY", "YEARLY") and not weeks and random.random() < 0.6:
            most = 5 if frequency == "MONTHLY" or any(p.startswith("BYMONTH=") for p in by) else 53
            days = [str(random.choice([1, 2, 3, 4, most, -1, -2, -most])) + d for d in days]
        by.append("BYDAY=" + join(days))
    if random.random() < 0.25:
        by.append("BYHOUR=" + join(some(list(range(24)), 3)))
    if random.random() < 0.2:
        by.append("BYMINUTE=" + join(some(list(range(0, 60, 5)), 3)))
    if random.random() < 0.08:
        by.append("BYSECOND=" + join(some(list(range(0, 60, 10)), 3)))
    if by and random.random() < 0.3:
        by.append("BYSETPOS=" + join(signed([1, 2, 3, 4, 5, 10], 2)))
        if frequency == "WEEKLY":
            start -= timedelta(days=(start.weekday() - DAYS.index(wkst)) % 7)
    parts += by
    if wkst != "MO":
        parts.append("WKST=" + wkst)
    end = random.random()
    if end < 0.35:
        parts.append(f"COUNT={random.randint(1, 12)}")
    elif end < 0.5:
        parts.append("UNTIL=" + (start + timedelta(days=random.choice([40, 400, 1500]))).strftime(random.choice(["%Y%m%d", "%Y%m%dT%H%M%S"])))
    since = None
    if end >= 0.5 and random.random() < 0.4:
        since = (start + timedelta(days=random.randint(100, 3000), hours=random.randint(0, 23))).strftime("%Y%m%dT%H%M%S")
    if case(random.choice(ZONES), start.strftime("%Y%m%dT%H%M%S"), ";".join(parts), limit=10, since=since):
        made += 1

print(len(written), "cases", file=sys.stderr)
