import { testChanges } from './support.ts'
import type { Breaking, Harmless } from './support.ts'

const TODAY = `syntax = "proto3";
package ads.v1;
import "google/protobuf/timestamp.proto";

message Ad {
  int64 ad_id = 1;
  Status status = 2;
  Price price = 3;
  Seller seller = 4;
  repeated Image images = 5;
  google.protobuf.Timestamp published_at = 6;
  optional string sold_at = 7;
  string note = 8;
}

enum Status { active = 0; paused = 1; sold = 2; }
message Price { double amount = 1; string currency = 2; }
message Seller {
  SellerType type = 1;
  string siret = 2;
  string email = 3;
}
enum SellerType { private = 0; pro = 1; }
message Image { string url = 1; }
`

interface Schema {
  text: string
}

function edit(before: string, after: string): (schema: Schema) => void {
  if (!TODAY.includes(before)) throw new Error(`${before} is not there`)
  return (schema) => {
    schema.text = schema.text.replace(before, after)
  }
}

const BREAKING: readonly Breaking<Schema>[] = [
  [
    'a field is renamed, with its number',
    edit('double amount = 1', 'double value = 1'),
    ['error known_status:14', 'error price_is_positive:12'],
  ],
  [
    'a field is removed, and its name reserved',
    edit('google.protobuf.Timestamp published_at = 6;', 'reserved 6; reserved "published_at";'),
    ['error recent:21'],
  ],
  [
    'a message is removed',
    edit('Price price = 3;', ''),
    ['error known_status:14', 'error price_is_positive:12', 'error shape:11'],
  ],
  ['a field in a list is renamed', edit('string url = 1', 'string href = 1'), ['error images_are_links:19']],
  ['the field of a condition is removed', edit('SellerType type = 1;', ''), ['error pro_has_siret:16']],
  [
    'a field becomes optional, and loses its default',
    edit('double amount', 'optional double amount'),
    ['error known_status:14', 'error price_is_positive:12'],
  ],
  [
    'a field behind a condition becomes optional',
    edit('string siret', 'optional string siret'),
    ['error pro_has_siret:17'],
    [],
  ],
  [
    'a field moves into a oneof',
    edit('string currency = 2;', 'oneof unit { string currency = 2; string token = 3; }'),
    ['error shape:11'],
  ],
  [
    'a number becomes text',
    edit('double amount', 'string amount'),
    ['error known_status:14', 'error price_is_positive:12', 'error shape:11'],
  ],
  [
    'a whole number gets a fraction',
    edit('int64 ad_id', 'double ad_id'),
    ['error shape:11', 'error whole_id:9'],
    ['error shape:11'],
  ],
  [
    'a time becomes a number',
    edit('google.protobuf.Timestamp published_at', 'int64 published_at'),
    ['error recent:21'],
  ],
  [
    'a value is added that a rule leaves out',
    edit('sold = 2;', 'sold = 2; archived = 3;'),
    ['error known_status:14'],
  ],
  [
    'a value is removed that rules name',
    edit('sold = 2;', 'reserved 2;'),
    ['error known_status:14', 'error sold_is_dated:23'],
  ],
  ['the value of a condition is renamed', edit('pro = 1;', 'business = 1;'), ['error pro_has_siret:16']],
  ['an enum becomes text', edit('Status status', 'string status'), ['error known_status:14'], []],
  [
    'a number becomes a list',
    edit('double amount', 'repeated double amount'),
    ['error known_status:14', 'error price_is_positive:12', 'error shape:11'],
  ],
  ['a classified field is renamed', edit('string email', 'string mail'), ['error fields:9']],
]

const HARMLESS: readonly Harmless<Schema>[] = [
  ['nothing', () => {}],
  ['a field is added', edit('string note = 8;', 'string note = 8; string x = 9;')],
  ['an optional field is added', edit('string note = 8;', 'string note = 8; optional Price old_price = 9;')],
  ['a field that no rule reads is removed', edit('string note = 8;', 'reserved 8;')],
  ['a field that no rule reads has another type', edit('string note', 'bytes note')],
  [
    'fields change places',
    edit('double amount = 1; string currency = 2;', 'string currency = 2; double amount = 1;'),
  ],
  ['documentation', edit('message Ad {', '// An ad.\nmessage Ad {')],
  ['a message is renamed', (schema) => (schema.text = schema.text.replaceAll('Price ', 'Money '))],
  ['the message of events is renamed', edit('message Ad {', 'message Advert {')],
  ['the package is renamed', edit('package ads.v1', 'package ads.v2')],
  ['a number is of another size', edit('double amount', 'float amount')],
  ['a whole number is of another size', edit('int64 ad_id', 'uint32 ad_id')],
  ['a value is added that no rule leaves out', edit('pro = 1;', 'pro = 1; agency = 2;')],
  ['a message gets a label that says nothing', edit('Price price', 'optional Price price')],
  ['a field is deprecated', edit('double amount = 1', 'double amount = 1 [deprecated = true]')],
  ['another message is added behind', edit('message Image', 'message Other { string x = 1; } message Image')],
  ['a number of a field changes', edit('string note = 8', 'string note = 18')],
]

testChanges(
  'Protobuf',
  'proto',
  (): Schema => ({ text: TODAY }),
  ({ text }) => text,
  {
    breaking: BREAKING,
    harmless: HARMLESS,
  },
)
