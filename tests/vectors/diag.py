"""CBOR diagnostic notation (RFC 8949 section 8) to CBOR bytes, wrong forms included.

Written for test vectors, so every byte can be chosen:
  encoding indicators   10_0, h'00'_1, "a"_2, [_1 1], {_0 1: 2}, 17_0(...), << 1 >>_1   (section 8.1)
  indefinite lengths    (_ h'00', h'01'), [_ 1], {_ 1: 2}
  embedded CBOR         << item, item >>
  wire'f814'            these bytes as they are, outside of any rule
  auth'name'            inside the array of a COSE message: computed by the callback over items 0 and 2
  item, item            at the top: a sequence; the items stand one after the other
Comments: # to the end of the line, and / ... /.
"""
import re
import struct

TOKEN = re.compile(r"""
    (?P<space>(?:\s+|\#[^\n]*|/[^/]*/)+)
  | (?P<app>(?:h|wire|auth)'[^']*')
  | (?P<text>"(?:[^"\\]|\\.)*")
  | (?P<float>-?\d+\.\d+)
  | (?P<int>-?(?:0x[0-9a-fA-F]+|\d+))
  | (?P<word>true|false|null|undefined)
  | (?P<indicator>_[0-3]?)
  | (?P<mark><<|>>|[\[\]{}(),:])
""", re.VERBOSE)
SIMPLE = {"false": 0xF4, "true": 0xF5, "null": 0xF6, "undefined": 0xF7}


class DiagError(Exception):
    pass


class Encoded(bytes):
    """An encoded item; `content` is the inside of a byte string."""
    content = b""


def head(major, value, indicator=None):
    """The head of an item: the shortest, or the width that _0 to _3 (1, 2, 4, 8 bytes) asks for."""
    if indicator is None and value < 24:
        return bytes([major << 5 | value])
    width = int(indicator[1:]) if indicator else next(i for i in range(4) if value < 1 << (8 << i))
    return bytes([major << 5 | 24 + width]) + value.to_bytes(1 << width, "big")


def byte_string(content, indicator=None):
    item = Encoded(head(2, len(content), indicator) + content)
    item.content = content
    return item


def float_item(value):
    for code, mark in ((">e", 0xF9), (">f", 0xFA), (">d", 0xFB)):
        try:
            packed = struct.pack(code, value)
        except OverflowError:
            continue
        if struct.unpack(code, packed)[0] == value:
            return bytes([mark]) + packed
    raise DiagError(f"{value} is no float")


def tokens(text):
    at, found = 0, []
    while at < len(text):
        match = TOKEN.match(text, at)
        if match is None:
            raise DiagError(f"cannot read {text[at:at + 20]!r}")
        if match.lastgroup != "space":
            found.append((match.lastgroup, match.group()))
        at = match.end()
    return found


class Parser:
    def __init__(self, text, authenticate):
        self.tokens, self.at, self.authenticate = tokens(text), 0, authenticate

    def peek(self):
        return self.tokens[self.at] if self.at < len(self.tokens) else ("end", "")

    def take(self, value=None):
        kind, text = self.peek()
        if kind == "end" or (value is not None and text != value):
            raise DiagError(f"seen {text!r}, expected {value or 'an item'}")
        self.at += 1
        return kind, text

    def took(self, value):
        if self.peek()[1] != value:
            return False
        self.at += 1
        return True

    def indicator(self):
        return self.take()[1] if self.peek()[0] == "indicator" and self.peek()[1] != "_" else None

    def items(self, closing):
        """Items parted by commas up to the closing mark; the tokens of a map's colons count as commas."""
        found = []
        while not self.took(closing):
            found.append(self.item())
            if not (self.took(",") or self.took(":")) and self.peek()[1] != closing:
                raise DiagError(f"seen {self.peek()[1]!r}, expected a comma or {closing}")
        return found

    def item(self):
        kind, text = self.take()
        if kind == "app":
            return self.app(*text[:-1].split("'"))
        if kind == "text":
            content = text[1:-1].replace('\\"', '"').encode()
            return Encoded(head(3, len(content), self.indicator()) + content)
        if kind == "int":
            return self.integer(int(text, 0))
        if kind == "float":
            return Encoded(float_item(float(text)))
        if kind == "word":
            return Encoded([SIMPLE[text]])
        return self.container(text)

    def app(self, name, content):
        if name == "auth":
            return content
        content = bytes.fromhex(content)
        return byte_string(content, self.indicator()) if name == "h" else Encoded(content)

    def integer(self, value):
        indicator = self.indicator()
        if self.took("("):
            return Encoded(head(6, value, indicator) + b"".join(self.items(")")))
        return Encoded(head(0, value, indicator) if value >= 0 else head(1, -1 - value, indicator))

    def container(self, opening):
        if opening == "<<":
            content = b"".join(self.items(">>"))
            return byte_string(content, self.indicator())
        if opening == "(" and self.took("_"):
            chunks = self.items(")")
            return Encoded(bytes([chunks[0][0] & 0xE0 | 0x1F]) + b"".join(chunks) + b"\xff")
        if opening not in "[{":
            raise DiagError(f"seen {opening!r}, expected an item")
        major = 4 if opening == "[" else 5
        is_indefinite = self.took("_")
        indicator = self.indicator()
        items = self.items("]" if major == 4 else "}")
        if major == 4 and len(items) > 2 and not isinstance(items[-1], bytes):
            protected, payload = items[0], items[2]
            items[-1] = self.authenticate(items[-1], protected.content, getattr(payload, "content", b""))
        start = bytes([major << 5 | 0x1F]) if is_indefinite else head(major, len(items) // (major - 3), indicator)
        return Encoded(start + b"".join(items) + (b"\xff" if is_indefinite else b""))


def encode(text, authenticate):
    """The bytes of a diagnostic text; `authenticate(name, protected, payload)` gives the encoded last item of a COSE array."""
    parser = Parser(text, authenticate)
    encoded = []
    while parser.peek()[0] != "end":
        encoded.append(parser.item())
        parser.took(",")
    return b"".join(encoded)
