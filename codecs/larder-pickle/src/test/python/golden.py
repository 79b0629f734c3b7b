"""Prints the golden data of GoldenTest: name, protocol, pickle in hex, of each value at each protocol. Any CPython 3.9 or later."""
import datetime as d
import decimal
import pickle
import uuid
import zoneinfo
from collections import OrderedDict, deque

ist = d.timezone(d.timedelta(hours=5, minutes=30), "IST")
shared = ["x"]
loop = ["a"]
loop.append(loop)
tree = {}
tree["self"] = tree

VALUES = {
    "none": None,
    "true": True,
    "false": False,
    "int0": 0,
    "int255": 255,
    "int256": 256,
    "int65535": 65535,
    "int65536": 65536,
    "int-1": -1,
    "int2^31-1": 2**31 - 1,
    "int2^31": 2**31,
    "int-2^31": -(2**31),
    "int2^63-1": 2**63 - 1,
    "int2^63": 2**63,
    "int-2^63": -(2**63),
    "int-2^100": -(2**100),
    "float1.5": 1.5,
    "float1e-7": 1e-7,
    "floatinf": float("inf"),
    "float-inf": float("-inf"),
    "floatnan": float("nan"),
    "str": "",
    "strutf8": "é☃😀\\ \n",
    "strhalf": "\ud83d!",
    "str300": "x" * 300,
    "bytes": b"",
    "bytesall": bytes(range(256)),
    "bytearray": bytearray(b"\x00\xff"),
    "list": [],
    "list1": [1],
    "listnested": [1, [2.5, None, [True]]],
    "list1001": [0] * 1001,
    "tuple0": (),
    "tuple1": (1,),
    "tuple3": (1, "a", None),
    "tuple4": (1, 2, 3, (4,)),
    "dict": {},
    "dict1": {"a": 1},
    "dictnested": {"a": 1, "b": [1, {"c": 2}]},
    "dictkeys": {1: "i", "s": 2, b"b": 3, (1, (b"x", 2)): 4, None: 5, 1.5: 6, frozenset([1]): 7, d.date(2024, 2, 29): 8},
    "set": set(),
    "set1": {7},
    "settuples": {("a", 1)},
    "frozenset": frozenset(["a"]),
    "date": d.date(1, 12, 31),
    "time": d.time(23, 59, 58, 999999),
    "timeoffset": d.time(1, 2, tzinfo=ist),
    "datetime": d.datetime(9999, 12, 31, 23, 59, 59, 123456),
    "datetimeutc": d.datetime(2024, 1, 2, 3, 4, 5, 678, tzinfo=d.timezone.utc),
    "datetimeoffset": d.datetime(2024, 1, 2, 3, 4, 5, tzinfo=ist),
    "timedelta": d.timedelta(days=-1, seconds=3, microseconds=7),
    "timezone": d.timezone.utc,
    "decimal": decimal.Decimal("1.10"),
    "decimaltiny": decimal.Decimal("-1E-30"),
    "uuid": uuid.UUID("12345678-9abc-def0-8234-567812345678"),
    "uuidtwice": [uuid.UUID(int=1)] * 2,
    "ordereddict": OrderedDict([("b", 1), ("a", 2)]),
    "deque": deque([1, None, "x"]),
    "dequemax": deque([1, 2], maxlen=2),
    "shared": [shared, shared],
    "loop": loop,
    "tree": tree,
    "datetimezone": d.datetime(2024, 7, 27, 2, 30, tzinfo=zoneinfo.ZoneInfo("Europe/Berlin")),
}

if __name__ == "__main__":
    for protocol in range(6):
        for name, value in VALUES.items():
            print(name, protocol, pickle.dumps(value, protocol).hex())
