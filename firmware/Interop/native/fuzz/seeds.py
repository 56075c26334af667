#!/usr/bin/env python3
"""Writes a few inputs for each fuzzer: seeds.py FOLDER makes FOLDER/<fuzzer>/<name>."""
import hashlib
import pathlib
import sys

UEID = bytes([1]) + bytes(range(16))
CLASS = bytes(range(16, 32))
NUMBER = (32473).to_bytes(4, "big") + bytes(12)
RANDOM = bytes(range(32, 48))
KEY = bytes(range(1, 33))


def with_check(content):
    return content + hashlib.sha256(content).digest()[:8]


def record(algorithm=1, form=0, oemid=NUMBER, version=b"rev C"):
    return with_check(b"IAI1" + bytes([algorithm, form, 0, 0]) + UEID + CLASS + oemid + bytes(8) + version.ljust(64, b"\0") + bytes(23))


def request(flags=0, algorithm=1, form=0, oemid=NUMBER, version=b"rev C", key=KEY):
    return with_check(b"IAP1" + bytes([flags, algorithm, form, 0]) + UEID + CLASS + oemid + version.ljust(64, b"\0") + key)


def good_line(content):
    """A segment that fuzz_provisioning_line turns into a line around the request."""
    return bytes([1]) + content[:-8]


def raw(content):
    return bytes([0, len(content)]) + content


def claims(capacity, algorithm, components, texts):
    identity = UEID + CLASS + RANDOM + bytes(8) + bytes([0]) + (32473).to_bytes(8, "big") + bytes([algorithm])
    identity += b"".join(bytes([0]) if text is None else bytes([1]) + text.ljust(65, b"\0") for text in texts)
    measured = b"".join(bytes([name]) + bytes([name]) * 32 for name in range(components))
    return capacity.to_bytes(8, "big") + bytes([0, components]) + bytes(48) + identity + measured + (41).to_bytes(8, "big") + (7).to_bytes(8, "big") + bytes([1, 2])


def attester(regions, calls):
    """Regions as (kind, length); calls: 0 boot, 1 begin, 2 finish, 3 write, 4 change, 5 fail, 6 step."""
    return bytes([len(regions)]) + b"".join(bytes([kind]) + length.to_bytes(8, "big") for kind, length in regions) + bytes([0]) + bytes(calls)


def slot(sector, number, count, complement=None):
    """A slot of the boot log: whole, or with another second word."""
    return bytes([sector if complement is None else sector + 2]) + number.to_bytes(2, "big") + count.to_bytes(8, "big") + (
        b"" if complement is None else complement.to_bytes(8, "big"))


def boot_log(slots, boots):
    return bytes([len(slots)]) + b"".join(slots) + boots


MARKER = 0x49414331
FULL = 0x3FFF // 8

SEEDS = {
    "fuzz_identity_record": [record(), record(2, 1, RANDOM, b""), record(version=b"v" * 64), record()[:-1]],
    "fuzz_provisioning_request": [request(), request(algorithm=2, form=1, oemid=RANDOM), request(1, 2, key=bytes(32)), request()[:-1]],
    "fuzz_provisioning_line": [
        bytes([0]) + good_line(request()) + good_line(request()),
        bytes([0]) + raw(b"\r\nprovision 00\n") + raw(b"x" * 255) + raw(b"y" * 254 + b"\n") + good_line(request(1, 2, key=bytes(32))),
        *(bytes([failure]) + good_line(request(1, 2, key=bytes(32))) for failure in (1, 2, 4, 8, 16)),
    ],
    "fuzz_claims": [
        claims(768, 5, 1, [None, None, None]),
        claims(768, 0xF9, 6, [b"v" * 64, b"n" * 64, b"w" * 64]),
        claims(300, 0xF7, 3, [b"rev C", b"sensor", None]),
        claims(768, 5, 2, [b"v" * 65, b"", b"1.0"]),
    ],
    "fuzz_attester": [
        attester([(3, 5000), (2, 100)], [0, 1, 6, 6, 6, 2, 1]),
        attester([(131, 4096), (0, 33)], [0, 1, 6, 3, 6, 2, 0, 4, 1, 6, 6, 2, 1, 5, 6]),
        attester([(3, 64), (3, 64)], [0, 1, 2]),
        attester([(3, 64)], [0, 1, 6, 2, 1]),
    ],
    "fuzz_stm32_boot_log": [
        boot_log([], bytes(8)),
        boot_log([slot(0, 0, MARKER), slot(0, 1, 41)], bytes([0, 5, *[0xF0] * 8, 0, 9, *[0x0F] * 8])),
        boot_log([slot(0, 0, MARKER), slot(0, FULL, 500), slot(1, 0, MARKER)], bytes([0, 13, *[0xAA] * 8])),
        boot_log([slot(0, 0, MARKER), slot(0, FULL, 500), slot(1, 7, 3, 9)], bytes([17, *[0xAA] * 8, 21, *[0x55] * 8])),
        boot_log([slot(0, 0, MARKER), slot(0, 1, 0xFFFFFFFD)], bytes(8)),
        boot_log([slot(0, 0, MARKER), slot(0, 1, 0xFFFFFFFF)], bytes(8)),
    ],
    "fuzz_stm32_key_sector": [
        bytes([7]) + record() + KEY,
        bytes([6]) + record(2, 1, RANDOM, b"") + KEY,
        bytes([3]) + record() + KEY + bytes(40),
        bytes([5]) + record() + KEY,
    ],
    "fuzz_cbor_writer": [bytes([20]) + bytes(range(8)) * 4, bytes([255]) + bytes([1, *[0xFF] * 8, 4, *[0] * 8, 3, 3])],
}


def main():
    if len(sys.argv) != 2:
        sys.exit("seeds.py FOLDER")
    for fuzzer, inputs in SEEDS.items():
        folder = pathlib.Path(sys.argv[1], fuzzer)
        folder.mkdir(parents=True, exist_ok=True)
        for number, content in enumerate(inputs):
            (folder / f"seed-{number}").write_bytes(content)


main()
