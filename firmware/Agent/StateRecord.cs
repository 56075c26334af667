using System;

using IotAttest.Protocol;

namespace IotAttest.Agent
{
    /// <summary>The 235 bytes of one slot: head, sequence, boot count, identity, credentials, SHA-256 of all that; integers big endian.</summary>
    internal static class StateRecord
    {
        public const int Bytes = ChecksumAt + Sha256.DigestBytes;

        private const uint Magic = 0x49415453; // "IATS"
        private const byte Version = 1;
        private const byte HasUeid = 1;
        private const byte HasKey = 2;
        private const int KeyBytes = 32;
        private const int MaxTextBytes = 64;
        private const int VersionAt = 4;
        private const int FlagsAt = 5; // two zero bytes follow
        private const int SequenceAt = 8;
        private const int BootCountAt = 16;
        private const int UeidAt = 24;
        private const int KeyAt = UeidAt + EvidenceProfile.UeidBytes;
        private const int CredentialAt = KeyAt + KeyBytes;
        private const int NativeCredentialAt = CredentialAt + 1 + MaxTextBytes;
        private const int ChecksumAt = NativeCredentialAt + 1 + MaxTextBytes;

        /// <summary>Writes all 235 bytes.</summary>
        /// <returns>False when a value of <paramref name="state"/> does not fit its shape.</returns>
        public static bool Write(DeviceState state, long sequence, byte[] record)
        {
            Array.Clear(record, 0, Bytes);
            record[FlagsAt] = (byte)((state.Ueid != null ? HasUeid : 0) | (state.Key != null ? HasKey : 0));
            record[VersionAt] = Version;
            PutNumber(record, 0, 4, Magic);
            PutNumber(record, SequenceAt, 8, sequence);
            PutNumber(record, BootCountAt, 8, state.BootCount);
            bool fits = state.BootCount >= 0
                && PutBytes(record, UeidAt, state.Ueid, EvidenceProfile.UeidBytes)
                && PutBytes(record, KeyAt, state.Key, KeyBytes)
                && PutText(record, CredentialAt, state.Credential)
                && PutText(record, NativeCredentialAt, state.NativeCredential)
                && (state.Ueid == null || state.Ueid[0] == 0x01);
            Checksum(record, record, ChecksumAt);
            return fits;
        }

        /// <summary>Reads a slot.</summary>
        /// <returns>The sequence, 1 or higher, or 0 when these are not the bytes of a whole state.</returns>
        public static long Read(byte[] record, out DeviceState state)
        {
            state = null;
            if (!HasChecksum(record) || GetNumber(record, 0, 4) != Magic || record[VersionAt] != Version)
            {
                return 0;
            }

            int flags = record[FlagsAt];
            DeviceState read = new DeviceState();
            read.BootCount = GetNumber(record, BootCountAt, 8);
            read.Ueid = (flags & HasUeid) != 0 ? GetBytes(record, UeidAt, EvidenceProfile.UeidBytes) : null;
            read.Key = (flags & HasKey) != 0 ? GetBytes(record, KeyAt, KeyBytes) : null;
            read.Credential = GetText(record, CredentialAt);
            read.NativeCredential = GetText(record, NativeCredentialAt);
            long sequence = GetNumber(record, SequenceAt, 8);
            if (sequence < 1 || read.BootCount < 0)
            {
                return 0;
            }

            state = read;
            return sequence;
        }

        private static bool HasChecksum(byte[] record)
        {
            byte[] expected = new byte[Sha256.DigestBytes];
            Checksum(record, expected, 0);
            for (int i = 0; i < expected.Length; i++)
            {
                if (record[ChecksumAt + i] != expected[i])
                {
                    return false;
                }
            }

            return true;
        }

        private static void Checksum(byte[] record, byte[] output, int offset)
        {
            Sha256 sha = new Sha256();
            sha.Append(record, 0, ChecksumAt);
            sha.Finish(output, offset);
        }

        private static void PutNumber(byte[] record, int offset, int count, long value)
        {
            for (int i = count - 1; i >= 0; i--)
            {
                record[offset + i] = (byte)value;
                value >>= 8;
            }
        }

        private static long GetNumber(byte[] record, int offset, int count)
        {
            long value = 0;
            for (int i = 0; i < count; i++)
            {
                value = (value << 8) | record[offset + i];
            }

            return value;
        }

        private static bool PutBytes(byte[] record, int offset, byte[] bytes, int count)
        {
            if (bytes == null)
            {
                return true;
            }

            if (bytes.Length != count)
            {
                return false;
            }

            Array.Copy(bytes, 0, record, offset, count);
            return true;
        }

        private static byte[] GetBytes(byte[] record, int offset, int count)
        {
            byte[] bytes = new byte[count];
            Array.Copy(record, offset, bytes, 0, count);
            return bytes;
        }

        // A length byte, then the characters; the length 0 stands for none.
        private static bool PutText(byte[] record, int offset, string text)
        {
            int length = text == null ? 0 : text.Length;
            if (length > MaxTextBytes)
            {
                return false;
            }

            record[offset] = (byte)length;
            for (int i = 0; i < length; i++)
            {
                if (text[i] < ' ' || text[i] > '~')
                {
                    return false;
                }

                record[offset + 1 + i] = (byte)text[i];
            }

            return true;
        }

        private static string GetText(byte[] record, int offset)
        {
            int length = record[offset];
            if (length == 0 || length > MaxTextBytes)
            {
                return null;
            }

            char[] characters = new char[length];
            for (int i = 0; i < length; i++)
            {
                characters[i] = (char)record[offset + 1 + i];
            }

            return new string(characters);
        }
    }
}
