#!/usr/bin/env python3
"""Makes the generated files of tests/vectors: evidence/*.cbor, evidence/manifest.json, challenge/*.json, kid/*.json.

  make.py                writes them
  make.py --check        writes nothing; exit 1 when a file is stale, missing or left over
  make.py --cross-check  reads the accepted vectors with cbor2, an implementation that is not ours
"""
import hashlib
import hmac
import json
import sys
from pathlib import Path

import diag
import es256

HERE = Path(__file__).resolve().parent
HEADER_FIELDS = ("title", "source", "key", "expect", "note", "cut")

# Published test keys: 00..1f as in many HMAC examples, and the P-256 key of RFC 6979 appendix A.2.5.
HMAC_KEY = bytes(range(32))
P256_KEY = 0xC9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721
CHALLENGE_KEY = bytes(range(0x40, 0x60))
HMAC_UEID = bytes.fromhex("01101112131415161718191a1b1c1d1e1f")
P256_UEID = bytes.fromhex("01202122232425262728292a2b2c2d2e2f")
CHALLENGE_LABEL = b"iotattest challenge v1"
START_MS = 1795348800000  # 2026-11-22T12:00:00Z


def hmac_kid(ueid):
    return hashlib.sha256(ueid).digest()[:8]


def p256_kid():
    return hashlib.sha256(es256.subject_public_key_info(P256_KEY)).digest()[:8]


def structure(context, protected, payload):
    """Sig_structure or MAC_structure (RFC 9052 sections 4.4 and 6.3) with empty external_aad."""
    return b"\x84" + diag.head(3, len(context)) + context.encode() + b"".join(map(diag.byte_string, (protected, b"", payload)))


def authenticate(name, protected, payload):
    to_mac, to_sign = structure("MAC0", protected, payload), structure("Signature1", protected, payload)
    name, _, length = name.partition("/")
    make = {
        "hmac": lambda: hmac.digest(HMAC_KEY, to_mac, "sha256"),
        "hmac384": lambda: hmac.digest(HMAC_KEY, to_mac, "sha384"),
        "hmac-other-key": lambda: hmac.digest(HMAC_KEY[::-1], to_mac, "sha256"),
        "hmac-over-signature1": lambda: hmac.digest(HMAC_KEY, to_sign, "sha256"),
        "hmac-with-public-key": lambda: hmac.digest(es256.subject_public_key_info(P256_KEY), to_mac, "sha256"),
        "p256": lambda: es256.raw(*es256.sign(P256_KEY, to_sign)),
        "p256-der": lambda: es256.der(*es256.sign(P256_KEY, to_sign)),
        "p256-over-mac0": lambda: es256.raw(*es256.sign(P256_KEY, to_mac)),
    }
    content = make[name]()
    return diag.byte_string(content[:int(length)] if length else content)


def read_header(path):
    """The `# field: value` lines at the top."""
    fields = {}
    for line in path.read_text().splitlines():
        name, found, value = line.lstrip("# ").partition(": ")
        if not line.startswith("#") or not found or name not in HEADER_FIELDS:
            break
        fields[name] = value
    for required in ("title", "source", "key", "expect"):
        if required not in fields:
            raise SystemExit(f"{path.name}: no line '# {required}: ...' at the top")
    return fields


def encode_file(path, fields):
    try:
        encoded = diag.encode(path.read_text(), authenticate)
    except diag.DiagError as error:
        raise SystemExit(f"{path.name}: {error}") from error
    return encoded[:len(encoded) - int(fields.get("cut", "0"))]


def evidence():
    """File name -> bytes for the folder evidence."""
    made, entries = {}, []
    for path in sorted(HERE.glob("evidence/*.diag")):
        fields = read_header(path)
        encoded = encode_file(path, fields)
        made[f"evidence/{path.stem}.cbor"] = encoded
        entries.append({"name": path.stem, "title": fields["title"], "key": fields["key"],
                        "expect": fields["expect"], "bytes": len(encoded), "note": fields.get("note", "")})
    made["evidence/manifest.json"] = as_json({
        "keys": keys(),
        "vectors": [entry for entry in entries if " " not in entry["expect"]],
        "unauthentic": [entry for entry in entries if entry["expect"] == "accept unauthentic"],
        "misidentified": [entry for entry in entries if entry["expect"] == "accept misidentified"],
    })
    return made


def keys():
    x, y = es256.multiply(P256_KEY, es256.G)
    return {
        "hmac": {"kty": "oct", "k": HMAC_KEY.hex(), "ueid": HMAC_UEID.hex(), "kid": hmac_kid(HMAC_UEID).hex()},
        "p256": {"kty": "EC", "crv": "P-256", "x": f"{x:064x}", "y": f"{y:064x}", "d": f"{P256_KEY:064x}",
                 "ueid": P256_UEID.hex(), "kid": p256_kid().hex()},
    }


def challenge(ueid, time_ms, random, key=CHALLENGE_KEY, label=CHALLENGE_LABEL):
    time = time_ms.to_bytes(8, "big")
    return time + random + hmac.digest(key, label + ueid + time + random, "sha256")[:16]


def challenges():
    good = [("hmac-device", HMAC_UEID, START_MS, bytes.fromhex("a0a1a2a3a4a5a6a7")),
            ("p256-device", P256_UEID, START_MS + 300123, bytes.fromhex("b0b1b2b3b4b5b6b7")),
            ("epoch-of-unix-time", HMAC_UEID, 0, bytes(8))]
    ueid, time_ms, random = good[0][1:]
    right = challenge(ueid, time_ms, random)
    wrong = [("another ueid", P256_UEID, right),
             ("last bit of the MAC", ueid, right[:31] + bytes([right[31] ^ 1])),
             ("time one millisecond later", ueid, (time_ms + 1).to_bytes(8, "big") + right[8:]),
             ("another random", ueid, right[:8] + bytes(8) + right[16:]),
             ("another key", ueid, challenge(ueid, time_ms, random, key=HMAC_KEY)),
             ("no label", ueid, challenge(ueid, time_ms, random, label=b"")),
             ("31 bytes", ueid, right[:31]),
             ("33 bytes", ueid, right + b"\x00")]
    return as_json({
        "source": "docs/protocol.cddl: time (8, ms, big endian) || random (8) || first 16 bytes of HMAC-SHA256(key, label || ueid || time || random)",
        "key": CHALLENGE_KEY.hex(), "label": CHALLENGE_LABEL.decode(),
        "right": [{"name": name, "ueid": u.hex(), "timeMs": t, "random": r.hex(), "challenge": challenge(u, t, r).hex()} for name, u, t, r in good],
        "wrong": [{"name": name, "ueid": u.hex(), "challenge": c.hex()} for name, u, c in wrong],
    })


def kids():
    spki = es256.subject_public_key_info(P256_KEY)
    return as_json({
        "source": "docs/protocol.cddl: first 8 bytes of SHA-256 over the 17 UEID bytes (HMAC) or over the DER SubjectPublicKeyInfo (P-256)",
        "hmac": [{"ueid": u.hex(), "kid": hmac_kid(u).hex()} for u in (HMAC_UEID, P256_UEID)],
        "p256": [{"subjectPublicKeyInfo": spki.hex(), "kid": p256_kid().hex()}],
    })


def as_json(value):
    return (json.dumps(value, indent=2) + "\n").encode()


def make_all():
    return {**evidence(), "challenge/challenges.json": challenges(), "kid/kids.json": kids()}


def check(made):
    stale = [name for name, content in made.items() if not (HERE / name).exists() or (HERE / name).read_bytes() != content]
    left_over = [f"evidence/{path.name}" for path in HERE.glob("evidence/*.cbor") if f"evidence/{path.name}" not in made]
    for name in stale:
        print(f"{name} is stale: run tests/vectors/make.py and commit the result with its reason", file=sys.stderr)
    for name in left_over:
        print(f"{name} has no .diag: remove it", file=sys.stderr)
    return 1 if stale or left_over else 0


def cross_check(made):
    import cbor2
    manifest = json.loads(made["evidence/manifest.json"])
    accepted = [entry for entry in manifest["vectors"] if entry["expect"] == "accept"]
    for entry in accepted:
        message = cbor2.loads(made[f"evidence/{entry['name']}.cbor"])
        claims = cbor2.loads(message.value[2])
        assert cbor2.loads(message.value[0])[4].hex() == manifest["keys"][entry["key"]]["kid"], entry["name"]
        assert claims[256].hex() == manifest["keys"][entry["key"]]["ueid"], entry["name"]
        assert all(2 in cbor2.loads(component) for _, component in claims[273]), entry["name"]
        # RFC 8949 section 4.2.1: the same claims, encoded by cbor2 in bytewise order of their keys, are the same bytes.
        in_order = dict(sorted(claims.items(), key=lambda pair: cbor2.dumps(pair[0])))
        assert cbor2.dumps(in_order) == message.value[2], entry["name"]
    print(f"{len(accepted)} accepted vectors read by cbor2")
    return 0 if accepted else 1


def main(arguments):
    made = make_all()
    if arguments == ["--check"]:
        return check(made)
    if arguments == ["--cross-check"]:
        return cross_check(made)
    if arguments:
        print(__doc__, file=sys.stderr)
        return 2
    for name, content in made.items():
        (HERE / name).parent.mkdir(exist_ok=True)
        (HERE / name).write_bytes(content)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
