namespace IotAttest.Protocol
{
    /// <summary>SHA-256 (FIPS 180-4) in managed code, for boards whose class library has none.</summary>
    /// <remarks>About 5 ms per 64-byte block on a 240 MHz board: for key ids, epoch markers and inventory text, never
    /// for firmware, which native code measures. One instance is reused; it is not safe for two threads.</remarks>
    public sealed class Sha256
    {
        /// <summary>Length of a digest in bytes.</summary>
        public const int DigestBytes = 32;

        private const int BlockBytes = 64;
        private const int LengthOffset = 56;

        private static readonly uint[] K =
        {
            0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
            0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
            0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
            0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
            0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
            0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
            0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
            0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
        };

        private readonly uint[] _state = new uint[8];
        private readonly uint[] _schedule = new uint[64];
        private readonly byte[] _block = new byte[BlockBytes];
        private int _blockLength;
        private ulong _totalBytes;

        /// <summary>A fresh digest, ready for <see cref="Append"/>.</summary>
        public Sha256()
        {
            Reset();
        }

        /// <summary>Forgets everything appended so far.</summary>
        public void Reset()
        {
            _state[0] = 0x6a09e667;
            _state[1] = 0xbb67ae85;
            _state[2] = 0x3c6ef372;
            _state[3] = 0xa54ff53a;
            _state[4] = 0x510e527f;
            _state[5] = 0x9b05688c;
            _state[6] = 0x1f83d9ab;
            _state[7] = 0x5be0cd19;
            _blockLength = 0;
            _totalBytes = 0;
        }

        /// <summary>Adds part of an array to what is hashed.</summary>
        public void Append(byte[] source, int offset, int count)
        {
            _totalBytes += (ulong)count;
            while (count > 0)
            {
                int step = BlockBytes - _blockLength;
                if (step > count)
                {
                    step = count;
                }

                System.Array.Copy(source, offset, _block, _blockLength, step);
                _blockLength += step;
                offset += step;
                count -= step;
                if (_blockLength == BlockBytes)
                {
                    Compress();
                    _blockLength = 0;
                }
            }
        }

        /// <summary>Writes the 32-byte digest to <paramref name="output"/> and resets.</summary>
        public void Finish(byte[] output, int offset)
        {
            ulong bits = _totalBytes * 8;
            Pad(bits);
            for (int i = 0; i < 8; i++)
            {
                uint word = _state[i];
                output[offset + (i * 4)] = (byte)(word >> 24);
                output[offset + (i * 4) + 1] = (byte)(word >> 16);
                output[offset + (i * 4) + 2] = (byte)(word >> 8);
                output[offset + (i * 4) + 3] = (byte)word;
            }

            Reset();
        }

        /// <summary>The 32-byte digest of a whole array.</summary>
        public static byte[] Hash(byte[] source)
        {
            Sha256 sha = new Sha256();
            sha.Append(source, 0, source.Length);
            byte[] digest = new byte[DigestBytes];
            sha.Finish(digest, 0);
            return digest;
        }

        private void Pad(ulong bits)
        {
            _block[_blockLength] = 0x80;
            _blockLength++;
            if (_blockLength > LengthOffset)
            {
                System.Array.Clear(_block, _blockLength, BlockBytes - _blockLength);
                Compress();
                _blockLength = 0;
            }

            System.Array.Clear(_block, _blockLength, LengthOffset - _blockLength);
            for (int i = 0; i < 8; i++)
            {
                _block[LengthOffset + i] = (byte)(bits >> (56 - (i * 8)));
            }

            Compress();
        }

        private void Compress()
        {
            ExpandSchedule();
            uint a = _state[0];
            uint b = _state[1];
            uint c = _state[2];
            uint d = _state[3];
            uint e = _state[4];
            uint f = _state[5];
            uint g = _state[6];
            uint h = _state[7];
            for (int i = 0; i < 64; i++)
            {
                uint sum1 = ((e >> 6) | (e << 26)) ^ ((e >> 11) | (e << 21)) ^ ((e >> 25) | (e << 7));
                uint t1 = h + sum1 + ((e & f) ^ (~e & g)) + K[i] + _schedule[i];
                uint sum0 = ((a >> 2) | (a << 30)) ^ ((a >> 13) | (a << 19)) ^ ((a >> 22) | (a << 10));
                uint t2 = sum0 + ((a & b) ^ (a & c) ^ (b & c));
                h = g;
                g = f;
                f = e;
                e = d + t1;
                d = c;
                c = b;
                b = a;
                a = t1 + t2;
            }

            _state[0] += a;
            _state[1] += b;
            _state[2] += c;
            _state[3] += d;
            _state[4] += e;
            _state[5] += f;
            _state[6] += g;
            _state[7] += h;
        }

        private void ExpandSchedule()
        {
            for (int i = 0; i < 16; i++)
            {
                int at = i * 4;
                _schedule[i] = ((uint)_block[at] << 24) | ((uint)_block[at + 1] << 16) | ((uint)_block[at + 2] << 8) | _block[at + 3];
            }

            for (int i = 16; i < 64; i++)
            {
                uint early = _schedule[i - 15];
                uint late = _schedule[i - 2];
                uint sigma0 = ((early >> 7) | (early << 25)) ^ ((early >> 18) | (early << 14)) ^ (early >> 3);
                uint sigma1 = ((late >> 17) | (late << 15)) ^ ((late >> 19) | (late << 13)) ^ (late >> 10);
                _schedule[i] = _schedule[i - 16] + sigma0 + _schedule[i - 7] + sigma1;
            }
        }
    }
}
