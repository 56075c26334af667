"""A board that shares no code with the project: enrols itself, takes a challenge, answers it, prints what came back as JSON.

usage: board.py http|mqtt --server URL [--mqtt-port N] [--token T] --ueid HEX --key HEX [--es256] NAME=DIGEST ...

With --token it enrols first. The exit code is 0 when the exchange took place, whatever the verdict.
"""
import argparse
import base64
import hashlib
import hmac
import json
import os
import queue
import sys
import urllib.error
import urllib.request

import cbor2
import paho.mqtt.client as paho

import p256

PROFILE = bytes.fromhex("6981dc8fafc38ff0daa9a79d8e8ec9b1fbb0dc71")
PATIENCE = 20


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from_base64url(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


class Board:
    def __init__(self, options):
        self.options = options
        self.ueid = bytes.fromhex(options.ueid)
        self.key = bytes.fromhex(options.key)
        self.private = int.from_bytes(self.key, "big")
        self.public = p256.multiply(self.private, p256.G) if options.es256 else None

    def kid(self):
        named = p256.subject_public_key_info(self.public) if self.public else self.ueid
        return hashlib.sha256(named).digest()[:8]

    def jwk(self):
        if not self.public:
            return {"kty": "oct", "k": base64url(self.key)}
        x, y = (base64url(value.to_bytes(32, "big")) for value in self.public)
        return {"kty": "EC", "crv": "P-256", "x": x, "y": y}

    def record(self):
        return {
            "ueid": self.options.ueid,
            "oemid": self.options.oemid,
            "class": self.options.product_class,
            "key": self.jwk(),
            "credential": self.credential(),
            "evidenceStrength": "native",
            "freshness": "challenge",
            "organisation": self.options.organisation,
        }

    def credential(self):
        # Known before enrolment, so that two runs of this program are one board.
        return base64url(hashlib.sha256(b"transport credential" + self.key).digest())

    def claims(self, nonce):
        measured = [part.split("=") for part in self.options.components]
        return {
            10: nonce,
            256: self.ueid,
            258: self.options.oemid,
            259: bytes.fromhex(self.options.product_class.replace("-", "")),
            261: self.options.uptime,
            265: PROFILE,
            267: self.options.boot_count,
            268: bytes.fromhex(self.options.boot_seed),
            273: [[295, cbor2.dumps({1: [name], 2: [1, bytes.fromhex(digest)]})] for name, digest in measured],
        }

    def evidence(self, nonce):
        algorithm = -7 if self.public else 5
        protected = cbor2.dumps({1: algorithm, 4: self.kid(), 16: 263}, canonical=True)
        payload = cbor2.dumps(self.claims(nonce))
        context = "Signature1" if self.public else "MAC0"
        covered = cbor2.dumps([context, protected, b"", payload])
        proof = p256.sign(self.private, covered) if self.public else hmac.digest(self.key, covered, "sha256")
        return cbor2.dumps(cbor2.CBORTag(18 if self.public else 17, [protected, {}, payload, proof]))


def request(url, body=None, media_type="application/json", token=None):
    headers = {"Content-Type": media_type} if body is not None else {}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    try:
        with urllib.request.urlopen(urllib.request.Request(url, body, headers), timeout=PATIENCE) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refusal:
        return refusal.code, json.load(refusal)


def enrol(board):
    status, answer = request(f"{board.options.server}/v1/devices", json.dumps(board.record()).encode(), token=board.options.token)
    if status not in (200, 201):
        sys.exit(f"not enrolled: {status} {answer}")


def attest_over_http(board):
    server = board.options.server
    status, answer = request(f"{server}/v1/challenges", json.dumps({"ueid": board.options.ueid}).encode())
    if status != 200 or set(answer) != {"challenge", "expiresAt"} or len(answer["challenge"]) != 43:
        sys.exit(f"no challenge: {status} {answer}")
    evidence = board.evidence(from_base64url(answer["challenge"]))
    status, answer = request(f"{server}/v1/evidence", evidence, "application/eat+cwt")
    return {"status": status, "body": answer, "evidence": evidence.hex()}


def make_client(client_id):
    if hasattr(paho, "CallbackAPIVersion"):
        return paho.Client(paho.CallbackAPIVersion.VERSION1, client_id=client_id, protocol=paho.MQTTv311)
    return paho.Client(client_id=client_id, protocol=paho.MQTTv311)


def attest_over_mqtt(board):
    topic = f"iotattest/v1/{board.options.ueid}"
    received, granted = queue.Queue(), queue.Queue()
    client = make_client(board.options.ueid)
    client.username_pw_set(board.options.ueid, board.credential())
    client.on_connect = lambda c, u, f, code: c.subscribe([(f"{topic}/challenge", 1), (f"{topic}/result", 1)]) if code == 0 else granted.put(code)
    client.on_subscribe = lambda c, u, m, levels: granted.put(list(levels))
    client.on_message = lambda c, u, message: received.put(message)
    client.connect("127.0.0.1", board.options.mqtt_port)
    client.loop_start()
    if granted.get(timeout=PATIENCE) != [1, 1]:
        sys.exit("the verifier did not take the connection and both subscriptions")
    client.publish(f"{topic}/hello", b"", qos=1)
    challenge = receive(received, f"{topic}/challenge")
    evidence = board.evidence(challenge)
    client.publish(f"{topic}/evidence", evidence, qos=board.options.qos).wait_for_publish(PATIENCE)
    result = receive(received, f"{topic}/result")
    client.disconnect()
    client.loop_stop()
    return {"evidence": evidence.hex(), "result": result.hex(), **read_result(board, result)}


def receive(received, topic):
    while True:
        message = received.get(timeout=PATIENCE)
        if message.topic == topic and not message.retain:
            return message.payload


def read_result(board, result):
    """EAR as CWT: COSE_Sign1, checked with the key that the verifier publishes."""
    token = cbor2.loads(result)
    protected, _, payload, signature = token.value
    header = cbor2.loads(protected)
    _, keys = request(f"{board.options.server}/v1/keys")
    key = next(key for key in keys["keys"] if key["kid"] == header[4].hex() or key["kid"] == base64url(header[4]))
    public = tuple(int.from_bytes(from_base64url(key[axis]), "big") for axis in "xy")
    covered = cbor2.dumps(["Signature1", protected, b"", payload])
    claims = cbor2.loads(payload)
    return {
        "tag": token.tag,
        "algorithm": header[1],
        "verifies": p256.verifies(public, covered, signature),
        "forgeryVerifies": p256.verifies(public, covered + b"\x00", signature),
        "claims": readable(claims),
    }


def readable(value):
    if isinstance(value, dict):
        return {str(key): readable(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [readable(item) for item in value]
    return value.hex() if isinstance(value, bytes) else value


def parse():
    parser = argparse.ArgumentParser()
    parser.add_argument("transport", choices=["http", "mqtt"])
    parser.add_argument("components", nargs="+", metavar="NAME=DIGEST")
    parser.add_argument("--server", required=True)
    parser.add_argument("--mqtt-port", type=int)
    parser.add_argument("--token")
    parser.add_argument("--ueid", required=True)
    parser.add_argument("--key", required=True)
    parser.add_argument("--es256", action="store_true")
    parser.add_argument("--organisation", default="acme")
    parser.add_argument("--product-class", required=True)
    parser.add_argument("--oemid", type=int, default=32473)
    parser.add_argument("--qos", type=int, default=1)
    parser.add_argument("--boot-count", type=int, default=1)
    parser.add_argument("--boot-seed", default=os.urandom(16).hex())
    parser.add_argument("--uptime", type=int, default=5)
    return parser.parse_args()


def main():
    board = Board(parse())
    if board.options.token:
        enrol(board)
    attest = {"http": attest_over_http, "mqtt": attest_over_mqtt}[board.options.transport]
    print(json.dumps(attest(board), separators=(",", ":")))


main()
