"""Protobuf messages without a compiler: the descriptors are written down as text, and the classes made from them."""

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory, text_format
from google.protobuf import duration_pb2, field_mask_pb2, struct_pb2, timestamp_pb2, wrappers_pb2  # noqa: F401

MONEY = """
name: "shop/money.proto" package: "shop" syntax: "proto3"
message_type { name: "Money"
  field { name: "currency" number: 1 label: LABEL_OPTIONAL type: TYPE_STRING }
  field { name: "cents" number: 2 label: LABEL_OPTIONAL type: TYPE_INT64 } }
"""

ORDERS = """
name: "shop/orders.proto" package: "shop" syntax: "proto3"
dependency: "shop/money.proto" dependency: "google/protobuf/timestamp.proto" dependency: "google/protobuf/duration.proto"
dependency: "google/protobuf/struct.proto" dependency: "google/protobuf/wrappers.proto" dependency: "google/protobuf/field_mask.proto"
message_type { name: "Order"
  field { name: "order_id" number: 1 label: LABEL_OPTIONAL type: TYPE_UINT64 }
  field { name: "total" number: 2 label: LABEL_OPTIONAL type: TYPE_MESSAGE type_name: ".shop.Money" }
  field { name: "lines" number: 3 label: LABEL_REPEATED type: TYPE_MESSAGE type_name: ".shop.Order.Line" }
  field { name: "state" number: 4 label: LABEL_OPTIONAL type: TYPE_ENUM type_name: ".shop.State" }
  field { name: "placed_at" number: 5 label: LABEL_OPTIONAL type: TYPE_MESSAGE type_name: ".google.protobuf.Timestamp" }
  field { name: "took" number: 6 label: LABEL_OPTIONAL type: TYPE_MESSAGE type_name: ".google.protobuf.Duration" }
  field { name: "extra" number: 7 label: LABEL_OPTIONAL type: TYPE_MESSAGE type_name: ".google.protobuf.Struct" }
  field { name: "note" number: 8 label: LABEL_OPTIONAL type: TYPE_MESSAGE type_name: ".google.protobuf.StringValue" }
  field { name: "mask" number: 9 label: LABEL_OPTIONAL type: TYPE_MESSAGE type_name: ".google.protobuf.FieldMask" }
  field { name: "stock" number: 10 label: LABEL_REPEATED type: TYPE_MESSAGE type_name: ".shop.Order.StockEntry" }
  field { name: "discount" number: 11 label: LABEL_OPTIONAL type: TYPE_INT32 oneof_index: 1 proto3_optional: true }
  field { name: "email" number: 12 label: LABEL_OPTIONAL type: TYPE_STRING oneof_index: 0 }
  field { name: "phone" number: 13 label: LABEL_OPTIONAL type: TYPE_STRING oneof_index: 0 }
  nested_type { name: "StockEntry" options { map_entry: true }
    field { name: "key" number: 1 label: LABEL_OPTIONAL type: TYPE_STRING }
    field { name: "value" number: 2 label: LABEL_OPTIONAL type: TYPE_SINT64 } }
  nested_type { name: "Line"
    field { name: "sku" number: 1 label: LABEL_OPTIONAL type: TYPE_STRING }
    field { name: "quantities" number: 2 label: LABEL_REPEATED type: TYPE_INT32 }
    field { name: "raw" number: 3 label: LABEL_OPTIONAL type: TYPE_BYTES }
    field { name: "weight" number: 4 label: LABEL_OPTIONAL type: TYPE_DOUBLE }
    field { name: "ratio" number: 5 label: LABEL_OPTIONAL type: TYPE_FLOAT }
    field { name: "hash" number: 6 label: LABEL_OPTIONAL type: TYPE_FIXED64 }
    field { name: "shift" number: 7 label: LABEL_OPTIONAL type: TYPE_SFIXED32 } }
  oneof_decl { name: "contact" } oneof_decl { name: "_discount" } }
message_type { name: "Cancelled" field { name: "order_id" number: 1 label: LABEL_OPTIONAL type: TYPE_UINT64 }
  field { name: "by_shop" number: 2 label: LABEL_OPTIONAL type: TYPE_BOOL } }
message_type { name: "Heartbeat" }
enum_type { name: "State" value { name: "UNKNOWN" number: 0 } value { name: "PAID" number: 1 } value { name: "SENT" number: 5 } }
"""


def messages():
    """Classes by full name."""
    pool = descriptor_pool.Default()
    for text in (MONEY, ORDERS):
        pool.Add(text_format.Parse(text, descriptor_pb2.FileDescriptorProto()))
    names = ("shop.Order", "shop.Order.Line", "shop.Cancelled", "shop.Heartbeat")
    return {name: message_factory.GetMessageClass(pool.FindMessageTypeByName(name)) for name in names}


def struct(values):
    """A `google.protobuf.Struct`."""
    made = struct_pb2.Struct()
    made.update(values)
    return made
