namespace IotAttest.Protocol
{
    /// <summary>Forward-only reader for deterministic CBOR (RFC 8949 section 4.2.1), small enough for a board.</summary>
    /// <remarks>The error is sticky: after the first failure reads return 0 or null and <see cref="Status"/> keeps the
    /// first cause, so a decoder reads straight through and checks once. Floats and simple values other than true and
    /// false are refused. Map key order is not checked here: what a board reads it does not act on as proof.</remarks>
    public sealed class CborCursor
    {
        private const int UnsignedInteger = 0;
        private const int NegativeInteger = 1;
        private const int ByteString = 2;
        private const int TextString = 3;
        private const int ArrayItem = 4;
        private const int MapItem = 5;
        private const int TagItem = 6;
        private const int SimpleItem = 7;
        private const int MaxSkippedItems = 256;

        private readonly byte[] _buffer;
        private readonly int _end;
        private int _position;
        private DecodeStatus _status;

        /// <summary>Reads <paramref name="count"/> bytes of <paramref name="buffer"/> from <paramref name="offset"/>.</summary>
        public CborCursor(byte[] buffer, int offset, int count)
        {
            _buffer = buffer;
            _position = offset;
            _end = offset + count;
        }

        /// <summary>The first failure, or Ok.</summary>
        public DecodeStatus Status
        {
            get { return _status; }
        }

        /// <summary>Index in the buffer of the next byte to read.</summary>
        public int Position
        {
            get { return _position; }
        }

        /// <summary>Reads the head of a map and returns its number of entries, 0 to <paramref name="maxEntries"/>.</summary>
        public int ReadMapHead(int maxEntries)
        {
            return ReadLength(MapItem, 0, maxEntries);
        }

        /// <summary>Reads the head of an array and returns its number of items, 0 to <paramref name="maxItems"/>.</summary>
        public int ReadArrayHead(int maxItems)
        {
            return ReadLength(ArrayItem, 0, maxItems);
        }

        /// <summary>Reads a tag and refuses any other than <paramref name="expected"/> with WrongTag.</summary>
        public void ReadTag(int expected)
        {
            long tag = ReadHead(TagItem);
            if (_status == DecodeStatus.Ok && tag != expected)
            {
                Fail(DecodeStatus.WrongTag);
            }
        }

        /// <summary>Reads an integer of major type 0 or 1 that fits in 63 bits.</summary>
        public long ReadInteger()
        {
            if (PeekMajorType() == NegativeInteger)
            {
                long below = ReadHead(NegativeInteger);
                return _status == DecodeStatus.Ok ? -1 - below : 0;
            }

            return ReadHead(UnsignedInteger);
        }

        /// <summary>Reads an integer and refuses one outside [<paramref name="min"/>, <paramref name="max"/>] with OutOfRange.</summary>
        public long ReadInteger(long min, long max)
        {
            return CheckRange(ReadInteger(), min, max);
        }

        /// <summary>Steps over the head of a byte string and returns its length in bytes; the content starts at <see cref="Position"/>.</summary>
        public int EnterBytes(int min, int max)
        {
            return EnterString(ByteString, min, max);
        }

        /// <summary>Reads a byte string whose length in bytes lies in [min, max].</summary>
        /// <returns>A copy of the bytes, or null after a failure.</returns>
        public byte[] ReadBytes(int min, int max)
        {
            int length = EnterBytes(min, max);
            if (_status != DecodeStatus.Ok)
            {
                return null;
            }

            byte[] copy = new byte[length];
            System.Array.Copy(_buffer, _position, copy, 0, length);
            _position += length;
            return copy;
        }

        /// <summary>Reads a text string of at most <paramref name="maxBytes"/> bytes of ASCII.</summary>
        /// <returns>The text, or null after a failure (InvalidText when a byte is not printable ASCII).</returns>
        public string ReadAscii(int maxBytes)
        {
            int length = EnterString(TextString, 0, maxBytes);
            if (_status != DecodeStatus.Ok)
            {
                return null;
            }

            char[] characters = new char[length];
            for (int i = 0; i < length; i++)
            {
                characters[i] = ReadCharacter();
            }

            return _status == DecodeStatus.Ok ? new string(characters) : null;
        }

        /// <summary>Reads a text string of at most <paramref name="maxBytes"/> bytes of ASCII and compares it; nothing is allocated.</summary>
        /// <returns>True when it is <paramref name="expected"/>; false when not, and after a failure as of <see cref="ReadAscii"/>.</returns>
        public bool ReadIs(string expected, int maxBytes)
        {
            int length = EnterString(TextString, 0, maxBytes);
            bool isSame = _status == DecodeStatus.Ok && length == expected.Length;
            for (int i = 0; i < length; i++)
            {
                char character = ReadCharacter();
                isSame = isSame && character == expected[i];
            }

            return isSame && _status == DecodeStatus.Ok;
        }

        /// <summary>True when the next item is a text string.</summary>
        public bool IsAtText()
        {
            return PeekMajorType() == TextString;
        }

        /// <summary>Steps over one item with everything inside it; more than 256 items inside give TooDeep.</summary>
        public void Skip()
        {
            int pending = 1;
            for (int seen = 0; pending > 0 && _status == DecodeStatus.Ok; seen++)
            {
                if (seen == MaxSkippedItems)
                {
                    Fail(DecodeStatus.TooDeep);
                    return;
                }

                pending += SkipHead() - 1;
            }
        }

        private char ReadCharacter()
        {
            byte value = _buffer[_position];
            _position++;
            if (value < 0x20 || value > 0x7E)
            {
                Fail(DecodeStatus.InvalidText);
            }

            return (char)value;
        }

        private int SkipHead()
        {
            int majorType = PeekMajorType();
            if (majorType == SimpleItem)
            {
                byte simple = _buffer[_position];
                _position++;
                if (simple != 0xF4 && simple != 0xF5 && simple != 0xF6)
                {
                    Fail(DecodeStatus.WrongType);
                }

                return 0;
            }

            long value = ReadHead(majorType);
            if (majorType == ByteString || majorType == TextString)
            {
                Advance(value);
                return 0;
            }

            if (majorType == ArrayItem || majorType == MapItem)
            {
                int items = (int)CheckRange(value, 0, MaxSkippedItems);
                return majorType == MapItem ? items * 2 : items;
            }

            return majorType == TagItem ? 1 : 0;
        }

        private void Advance(long count)
        {
            if (count > _end - _position)
            {
                Fail(DecodeStatus.Truncated);
                return;
            }

            int step = (int)count;
            _position += step;
        }

        private int EnterString(int majorType, int min, int max)
        {
            int length = ReadLength(majorType, min, max);
            if (length > _end - _position)
            {
                Fail(DecodeStatus.Truncated);
            }

            return _status == DecodeStatus.Ok ? length : 0;
        }

        private int ReadLength(int majorType, int min, int max)
        {
            return (int)CheckRange(ReadHead(majorType), min, max);
        }

        private long CheckRange(long value, long min, long max)
        {
            if (value < min || value > max)
            {
                Fail(DecodeStatus.OutOfRange);
            }

            return _status == DecodeStatus.Ok ? value : 0;
        }

        private int PeekMajorType()
        {
            if (_status == DecodeStatus.Ok && _position >= _end)
            {
                Fail(DecodeStatus.Truncated);
            }

            return _status == DecodeStatus.Ok ? _buffer[_position] >> 5 : -1;
        }

        private long ReadHead(int majorType)
        {
            int found = PeekMajorType();
            if (_status != DecodeStatus.Ok)
            {
                return 0;
            }

            if (found != majorType)
            {
                Fail(DecodeStatus.WrongType);
                return 0;
            }

            int information = _buffer[_position] & 0x1F;
            _position++;
            if (information < 24)
            {
                return information;
            }

            // 28 to 30 are reserved, 31 is an indefinite length, which deterministic encoding forbids.
            if (information > 27)
            {
                Fail(information == 31 ? DecodeStatus.NotDeterministic : DecodeStatus.NotWellFormed);
                return 0;
            }

            return ReadFollowing(1 << (information - 24));
        }

        private long ReadFollowing(int count)
        {
            if (count > _end - _position)
            {
                Fail(DecodeStatus.Truncated);
                return 0;
            }

            ulong value = 0;
            for (int i = 0; i < count; i++)
            {
                value = (value << 8) | _buffer[_position + i];
            }

            _position += count;
            // Half as many bytes, or the head itself (below 24), would not have been enough.
            bool isShortest = count == 1 ? value >= 24 : value >> (count * 4) != 0;
            if (value > long.MaxValue || !isShortest)
            {
                Fail(value > long.MaxValue ? DecodeStatus.OutOfRange : DecodeStatus.NotDeterministic);
                return 0;
            }

            long signed = (long)value;
            return signed;
        }

        private void Fail(DecodeStatus status)
        {
            if (_status == DecodeStatus.Ok)
            {
                _status = status;
            }
        }
    }
}
