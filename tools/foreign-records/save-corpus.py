"""
Keeps what make.py prints, with the schemas behind it, for tests that have no registry at hand.

usage: make.py REGISTRY_URL | save-corpus.py REGISTRY_URL > test/fixtures/records/python-made.json
"""

import base64
import json
import sys
import urllib.parse
import urllib.request

KINDS = {"AVRO": "avro", "PROTOBUF": "protobuf", "JSON": "json-schema"}


def get(path):
    with urllib.request.urlopen(sys.argv[1] + path) as answer:
        return json.load(answer)


def references_of(schema, seen):
    """All that a schema refers to, each before those that refer to it."""
    for reference in schema.get("references", []):
        if reference["name"] in seen:
            continue
        seen.add(reference["name"])
        subject = urllib.parse.quote(reference["subject"], safe="")
        found = get(f"/subjects/{subject}/versions/{reference['version']}")
        yield from references_of(found, seen)
        yield {"name": reference["name"], "text": found["schema"]}


def schema_of(schema_id):
    schema = get(f"/schemas/ids/{schema_id}")
    kind = KINDS[schema.get("schemaType", "AVRO")]
    return {"kind": kind, "text": schema["schema"], "references": list(references_of(schema, set()))}


records = [json.loads(line) for line in sys.stdin]
ids = {record["schema_id"] for record in records}
ids |= {int.from_bytes(base64.b64decode(r["key_base64"])[1:5], "big") for r in records if r["key_base64"]}
json.dump({"schemas": {schema_id: schema_of(schema_id) for schema_id in sorted(ids)}, "records": records},
          sys.stdout, indent=1, ensure_ascii=False)
