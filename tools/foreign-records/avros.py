"""Avro schemas and values, with what an event must show of them."""

import datetime
import decimal
import json
import math
import uuid

UTC = datetime.timezone.utc
MOMENT = datetime.datetime(2026, 2, 28, 23, 59, 58, 123456, tzinfo=UTC)

ADDRESS = {"type": "record", "name": "Address", "namespace": "shop", "fields": [
    {"name": "street", "type": "string"}, {"name": "zip", "type": ["null", "string"], "default": None}]}

EVERYTHING = {"type": "record", "name": "Everything", "namespace": "shop", "fields": [
    {"name": "nothing", "type": "null"},
    {"name": "yes", "type": "boolean"},
    {"name": "small", "type": "int"},
    {"name": "big", "type": "long"},
    {"name": "single", "type": "float"},
    {"name": "double", "type": "double"},
    {"name": "raw", "type": "bytes"},
    {"name": "text", "type": "string"},
    {"name": "hash", "type": {"type": "fixed", "name": "Hash", "size": 4}},
    {"name": "color", "type": {"type": "enum", "name": "Color", "symbols": ["RED", "GREEN"]}},
    {"name": "tags", "type": {"type": "array", "items": "string"}},
    {"name": "stock", "type": {"type": "map", "values": "long"}},
    {"name": "either", "type": ["null", "string", {"type": "record", "name": "Box", "fields": [{"name": "x", "type": "int"}]},
                                {"type": "record", "name": "Bag", "fields": [{"name": "y", "type": "int"}]}]},
    {"name": "list", "type": {"type": "record", "name": "Node", "fields": [
        {"name": "value", "type": "int"}, {"name": "next", "type": ["null", "Node"], "default": None}]}},
    {"name": "price", "type": {"type": "bytes", "logicalType": "decimal", "precision": 10, "scale": 2}},
    {"name": "fee", "type": {"type": "fixed", "name": "Fee", "size": 8, "logicalType": "decimal", "precision": 18, "scale": 4}},
    {"name": "day", "type": {"type": "int", "logicalType": "date"}},
    {"name": "at_ms", "type": {"type": "long", "logicalType": "timestamp-millis"}},
    {"name": "at_us", "type": {"type": "long", "logicalType": "timestamp-micros"}},
    {"name": "clock_ms", "type": {"type": "int", "logicalType": "time-millis"}},
    {"name": "clock_us", "type": {"type": "long", "logicalType": "time-micros"}},
    {"name": "id", "type": {"type": "string", "logicalType": "uuid"}},
]}

VALUE = {
    "nothing": None, "yes": True, "small": -2147483648, "big": 9007199254740991, "single": 1.5, "double": -0.1, "raw": b"\x00\xff\x10",
    "text": "Zürich — 日本 🚲", "hash": b"\x01\x02\x03\x04", "color": "GREEN", "tags": ["a", ""], "stock": {"left": -3, "right": 2 ** 40},
    "either": ("shop.Bag", {"y": 7}), "list": {"value": 1, "next": {"value": 2, "next": None}}, "price": decimal.Decimal("-1234.50"),
    "fee": decimal.Decimal("0.0001"), "day": datetime.date(1969, 12, 31), "at_ms": MOMENT.replace(microsecond=123000), "at_us": MOMENT,
    "clock_ms": datetime.time(1, 2, 3, 4000), "clock_us": datetime.time(23, 59, 59, 999999),
    "id": uuid.UUID("6ba7b810-9dad-11d1-80b4-00c04fd430c8"),
}
SHOWN = {
    **VALUE, "raw": "AP8Q", "hash": "AQIDBA==", "either": {"y": 7}, "price": -1234.5, "fee": 0.0001, "day": "1969-12-31",
    "at_ms": "2026-02-28T23:59:58.123Z", "at_us": "2026-02-28T23:59:58.123456Z", "clock_ms": "01:02:03.004",
    "clock_us": "23:59:59.999999", "id": "6ba7b810-9dad-11d1-80b4-00c04fd430c8",
}

NUMBERS = {"type": "record", "name": "Numbers", "fields": [
    {"name": "long", "type": "long"},
    {"name": "decimal", "type": {"type": "bytes", "logicalType": "decimal", "precision": 30, "scale": 10}},
    {"name": "double", "type": "double"}]}
HUGE = {"long": 2 ** 53 + 1, "decimal": decimal.Decimal("12345678901234567890.0123456789"), "double": math.inf}

PERSON = {"type": "record", "name": "Person", "namespace": "shop", "fields": [
    {"name": "name", "type": "string"}, {"name": "home", "type": "shop.Address"}]}
PERSON_2 = {**PERSON, "fields": [*PERSON["fields"], {"name": "age", "type": "int", "default": 0}]}


def text(schema):
    return json.dumps(schema)
