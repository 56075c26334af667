"""ECDSA with SHA-256 on P-256 in plain arithmetic: slow, not constant-time, for tests only."""
import hashlib
import secrets

P = 2**256 - 2**224 + 2**192 + 2**96 - 1
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
B = 0x5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B
G = (0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296,
     0x4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5)


def add(a, b):
    if a is None or b is None:
        return a or b
    if a[0] == b[0] and a != b:
        return None
    if a == b:
        slope = (3 * a[0] * a[0] - 3) * pow(2 * a[1], -1, P)
    else:
        slope = (b[1] - a[1]) * pow(b[0] - a[0], -1, P)
    x = (slope * slope - a[0] - b[0]) % P
    return x, (slope * (a[0] - x) - a[1]) % P


def multiply(factor, point):
    result = None
    while factor:
        if factor & 1:
            result = add(result, point)
        point, factor = add(point, point), factor >> 1
    return result


def number(message):
    return int.from_bytes(hashlib.sha256(message).digest(), "big")


def sign(private, message):
    """r then s, 32 bytes each (RFC 9053 section 2.1)."""
    k = 1 + secrets.randbelow(N - 1)
    r = multiply(k, G)[0] % N
    s = pow(k, -1, N) * (number(message) + r * private) % N
    return r.to_bytes(32, "big") + s.to_bytes(32, "big")


def verifies(public, message, signature):
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    on_curve = (public[1] ** 2 - (public[0] ** 3 - 3 * public[0] + B)) % P == 0
    if len(signature) != 64 or not on_curve or not 0 < r < N or not 0 < s < N:
        return False
    w = pow(s, -1, N)
    point = add(multiply(number(message) * w % N, G), multiply(r * w % N, public))
    return point is not None and point[0] % N == r


def subject_public_key_info(public):
    """DER of RFC 5480: id-ecPublicKey, prime256v1, uncompressed point."""
    head = bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d030107034200")
    return head + b"\x04" + public[0].to_bytes(32, "big") + public[1].to_bytes(32, "big")
