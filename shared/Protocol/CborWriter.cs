namespace IotAttest.Protocol
{
    /// <summary>Forward-only writer of deterministic CBOR (RFC 8949 section 4.2.1) into a buffer made at start.</summary>
    /// <remarks>Heads are always the shortest. The caller writes map keys in bytewise order of their encoding; for
    /// unsigned keys that is ascending order. Running out of buffer is sticky: later writes do nothing,
    /// <see cref="IsOverflown"/> stays true, and the caller checks once at the end.</remarks>
    public sealed class CborWriter
    {
        private const int UnsignedInteger = 0;
        private const int NegativeInteger = 1;
        private const int ByteString = 2;
        private const int TextString = 3;
        private const int ArrayItem = 4;
        private const int MapItem = 5;
        private const int TagItem = 6;
        private const byte False = 0xF4;
        private const byte True = 0xF5;

        private readonly byte[] _buffer;
        private int _length;
        private bool _isOverflown;

        /// <summary>Writes into <paramref name="buffer"/> from its first byte on; the array is kept, not copied.</summary>
        public CborWriter(byte[] buffer)
        {
            _buffer = buffer;
        }

        /// <summary>The array given to the constructor.</summary>
        public byte[] Buffer
        {
            get { return _buffer; }
        }

        /// <summary>Number of bytes written since the last <see cref="Reset"/>.</summary>
        public int Length
        {
            get { return _length; }
        }

        /// <summary>True once something did not fit; the content is then worthless.</summary>
        public bool IsOverflown
        {
            get { return _isOverflown; }
        }

        /// <summary>Starts again at the first byte. The old bytes stay in the buffer.</summary>
        public void Reset()
        {
            _length = 0;
            _isOverflown = false;
        }

        /// <summary>Writes an unsigned integer (major type 0).</summary>
        public void WriteUnsigned(ulong value)
        {
            WriteHead(UnsignedInteger, value);
        }

        /// <summary>Writes an integer: major type 0, or 1 when negative.</summary>
        public void WriteInteger(long value)
        {
            if (value < 0)
            {
                ulong below = (ulong)(-1 - value);
                WriteHead(NegativeInteger, below);
                return;
            }

            ulong magnitude = (ulong)value;
            WriteHead(UnsignedInteger, magnitude);
        }

        /// <summary>Writes the head of a map with <paramref name="entries"/> key and value pairs.</summary>
        public void WriteMapHead(int entries)
        {
            WriteHead(MapItem, (ulong)entries);
        }

        /// <summary>Writes the head of an array with <paramref name="items"/> items.</summary>
        public void WriteArrayHead(int items)
        {
            WriteHead(ArrayItem, (ulong)items);
        }

        /// <summary>Writes a tag; the tagged item follows.</summary>
        public void WriteTag(int tag)
        {
            WriteHead(TagItem, (ulong)tag);
        }

        /// <summary>Writes true or false.</summary>
        public void WriteBoolean(bool value)
        {
            WriteByte(value ? True : False);
        }

        /// <summary>Writes a byte string from part of an array.</summary>
        public void WriteBytes(byte[] source, int offset, int count)
        {
            WriteHead(ByteString, (ulong)count);
            if (HasRoomFor(count))
            {
                System.Array.Copy(source, offset, _buffer, _length, count);
                _length += count;
            }
        }

        /// <summary>Writes a byte string from a whole array.</summary>
        public void WriteBytes(byte[] source)
        {
            WriteBytes(source, 0, source.Length);
        }

        /// <summary>Writes a text string of printable ASCII (0x20 to 0x7E); any other character overflows the writer.</summary>
        public void WriteAscii(string text)
        {
            WriteHead(TextString, (ulong)text.Length);
            for (int i = 0; i < text.Length; i++)
            {
                char character = text[i];
                if (character < ' ' || character > '~')
                {
                    _isOverflown = true;
                    return;
                }

                WriteByte((byte)character);
            }
        }

        private void WriteHead(int majorType, ulong value)
        {
            int headLength = HeadLength(value);
            if (!HasRoomFor(headLength))
            {
                return;
            }

            if (headLength == 1)
            {
                WriteByte((byte)((majorType << 5) | (int)value));
                return;
            }

            // Additional information 24 to 27 announces 1, 2, 4 or 8 bytes (RFC 8949 section 3).
            int following = headLength - 1;
            int information = following == 1 ? 24 : following == 2 ? 25 : following == 4 ? 26 : 27;
            WriteByte((byte)((majorType << 5) | information));
            for (int shift = (following - 1) * 8; shift >= 0; shift -= 8)
            {
                WriteByte((byte)(value >> shift));
            }
        }

        private static int HeadLength(ulong value)
        {
            if (value < 24)
            {
                return 1;
            }

            if (value <= 0xFF)
            {
                return 2;
            }

            if (value <= 0xFFFF)
            {
                return 3;
            }

            return value <= 0xFFFFFFFF ? 5 : 9;
        }

        private void WriteByte(byte value)
        {
            if (HasRoomFor(1))
            {
                _buffer[_length] = value;
                _length++;
            }
        }

        private bool HasRoomFor(int count)
        {
            if (_isOverflown || count > _buffer.Length - _length)
            {
                _isOverflown = true;
                return false;
            }

            return true;
        }
    }
}
