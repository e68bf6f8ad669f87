"""
Makes records with the serialisers of Confluent's Python client, for tests of what other clients write.

usage: make.py REGISTRY_URL [BROKERS TOPIC_PREFIX]
Writes one JSON line a record: { case, topic, schema_id, key_base64, value_base64, shown }. With brokers, each record is produced too, by
librdkafka, to the topic <prefix><topic>.
"""

import base64
import json
import sys
import warnings

warnings.filterwarnings("ignore")

from confluent_kafka import Producer  # noqa: E402
from confluent_kafka.schema_registry import Schema, SchemaReference, SchemaRegistryClient  # noqa: E402
from confluent_kafka.schema_registry.avro import AvroSerializer  # noqa: E402
from confluent_kafka.schema_registry.json_schema import JSONSerializer  # noqa: E402
from confluent_kafka.schema_registry.protobuf import ProtobufSerializer  # noqa: E402
from confluent_kafka.serialization import MessageField, SerializationContext  # noqa: E402

import avros  # noqa: E402
import protos  # noqa: E402

MONEY_JSON = {"$schema": "http://json-schema.org/draft-07/schema#", "$id": "money.json", "title": "Money", "type": "object",
              "properties": {"cents": {"type": "integer"}}, "required": ["cents"]}
OFFER_JSON = {"$schema": "http://json-schema.org/draft-07/schema#", "title": "Offer", "type": "object",
              "properties": {"price": {"$ref": "money.json"}, "title": {"type": "string"}}}


def records(registry):
    """Yields case, topic, key, value as bytes, and what an event shows."""
    def value_of(serializer, topic, value):
        return serializer(value, SerializationContext(topic, MessageField.VALUE))

    def avro(schema, topic, value, references=()):
        return value_of(AvroSerializer(registry, Schema(avros.text(schema), "AVRO", list(references))), topic, value)

    yield "avro: every type", "avro-everything", None, avro(avros.EVERYTHING, "avro-everything", avros.VALUE), avros.SHOWN
    yield "avro: numbers", "avro-numbers", None, avro(avros.NUMBERS, "avro-numbers", avros.HUGE), None

    registry.register_schema("address", Schema(avros.text(avros.ADDRESS), "AVRO"))
    reference = SchemaReference("shop.Address", "address", 1)
    ann = {"name": "Ann", "home": {"street": "Rue 1", "zip": None}}
    key = AvroSerializer(registry, '"string"')("ann", SerializationContext("avro-person", MessageField.KEY))
    yield "avro: a reference", "avro-person", key, avro(avros.PERSON, "avro-person", ann, [reference]), ann
    older = {**ann, "age": 30}
    yield "avro: evolved", "avro-person", key, avro(avros.PERSON_2, "avro-person", older, [reference]), older

    classes = protos.messages()

    def protobuf(name, topic, **fields):
        kind = classes[name]
        return value_of(ProtobufSerializer(kind, registry, {"use.deprecated.format": False}), topic, kind(**fields))

    yield "protobuf: the first message", "proto-orders", None, protobuf(
        "shop.Order", "proto-orders", order_id=2 ** 40, total={"currency": "EUR", "cents": -5}, state="SENT",
        lines=[{"sku": "a", "quantities": [1, -1, 300], "raw": b"\x00\xff", "weight": 0.1, "ratio": 0.5, "hash": 7, "shift": -2}],
        placed_at={"seconds": 1772323198, "nanos": 123456000}, took={"seconds": 3, "nanos": 500000000},
        extra=protos.struct({"a": 1.5, "b": [None, True]}),
        note={"value": "n"}, mask={"paths": ["a.b", "c"]}, stock={"x": -4}, discount=0, email="a@example.org"), {
            "order_id": 2 ** 40, "total": {"currency": "EUR", "cents": -5}, "state": "SENT",
            "lines": [{"sku": "a", "quantities": [1, -1, 300], "raw": "AP8=", "weight": 0.1, "ratio": 0.5, "hash": 7, "shift": -2}],
            "placed_at": "2026-02-28T23:59:58.123456Z", "took": "3.500s", "extra": {"a": 1.5, "b": [None, True]}, "note": "n",
            "mask": "a.b,c", "stock": {"x": -4}, "discount": 0, "email": "a@example.org"}
    yield "protobuf: nothing is set", "proto-orders", None, protobuf("shop.Order", "proto-orders"), {
        "order_id": 0, "lines": [], "state": "UNKNOWN", "stock": {}}
    yield "protobuf: the second message", "proto-orders", None, protobuf(
        "shop.Cancelled", "proto-orders", order_id=1), {"order_id": 1, "by_shop": False}
    yield "protobuf: an empty message", "proto-orders", None, protobuf("shop.Heartbeat", "proto-orders"), {}
    yield "protobuf: a nested message", "proto-orders", None, protobuf("shop.Order.Line", "proto-orders", sku="n"), {
        "sku": "n", "quantities": [], "raw": "", "weight": 0, "ratio": 0, "hash": 0, "shift": 0}

    registry.register_schema("money-json", Schema(json.dumps(MONEY_JSON), "JSON"))
    offer = {"price": {"cents": 5}, "title": "é"}
    schema = Schema(json.dumps(OFFER_JSON), "JSON", [SchemaReference("money.json", "money-json", 1)])
    yield "json-schema: a reference", "json-offers", None, value_of(
        JSONSerializer(schema, registry, lambda value, _: value), "json-offers", offer), offer


def main(url, brokers=None, prefix=""):
    producer = Producer({"bootstrap.servers": brokers}) if brokers else None
    for case, topic, key, value, shown in records(SchemaRegistryClient({"url": url})):
        if producer:
            producer.produce(prefix + topic, value=value, key=key)
        print(json.dumps({
            "case": case, "topic": topic, "schema_id": int.from_bytes(value[1:5], "big"),
            "key_base64": base64.b64encode(key).decode() if key else None, "value_base64": base64.b64encode(value).decode(),
            "shown": shown}))
    if producer:
        producer.flush(30)


main(*sys.argv[1:])
