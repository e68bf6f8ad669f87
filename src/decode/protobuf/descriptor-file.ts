/** The part of `google/protobuf/descriptor.proto` that says how values are written. */
export const DESCRIPTOR_FILE = `syntax = "proto2"; package google.protobuf;
message FileDescriptorProto { optional string package = 2; repeated DescriptorProto message_type = 4;
  repeated EnumDescriptorProto enum_type = 5; optional FileOptions options = 8; optional string syntax = 12; }
message DescriptorProto { optional string name = 1; repeated FieldDescriptorProto field = 2; repeated DescriptorProto nested_type = 3;
  repeated EnumDescriptorProto enum_type = 4; optional MessageOptions options = 7; }
message FieldDescriptorProto { optional string name = 1; optional int32 number = 3; optional int32 label = 4; optional int32 type = 5;
  optional string type_name = 6; optional FieldOptions options = 8; optional int32 oneof_index = 9; }
message EnumDescriptorProto { optional string name = 1; repeated EnumValueDescriptorProto value = 2; }
message EnumValueDescriptorProto { optional string name = 1; optional int32 number = 2; }
message FileOptions { optional FeatureSet features = 50; }
message MessageOptions { optional bool map_entry = 7; }
message FieldOptions { optional FeatureSet features = 21; }
message FeatureSet { optional int32 field_presence = 1; }`

export const LABEL = { required: 2, repeated: 3 } as const
export const PRESENCE = { implicit: 2, required: 3 } as const

/** Types that have no name of their own, by number. */
export const FIELD_TYPES: readonly (string | undefined)[] = [
  undefined,
  'double',
  'float',
  'int64',
  'uint64',
  'int32',
  'fixed64',
  'fixed32',
  'bool',
  'string',
  undefined,
  undefined,
  'bytes',
  'uint32',
  undefined,
  'sfixed32',
  'sfixed64',
  'sint32',
  'sint64',
]

interface Features {
  readonly features?: { readonly field_presence?: number }
}

export interface FileDescriptor {
  readonly package?: string
  readonly syntax?: string
  readonly message_type: readonly MessageDescriptor[]
  readonly enum_type: readonly EnumDescriptor[]
  readonly options?: Features
}

export interface MessageDescriptor {
  readonly name?: string
  readonly field: readonly FieldDescriptor[]
  readonly nested_type: readonly MessageDescriptor[]
  readonly enum_type: readonly EnumDescriptor[]
  readonly options?: { readonly map_entry?: boolean }
}

export interface FieldDescriptor {
  readonly name?: string
  readonly number?: number
  readonly label?: number
  readonly type?: number
  readonly type_name?: string
  readonly oneof_index?: number
  readonly options?: Features
}

export interface EnumDescriptor {
  readonly name?: string
  readonly value: readonly { readonly name?: string; readonly number?: number }[]
}
