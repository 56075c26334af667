using System;
using System.Security.Cryptography;

using IotAttest.Protocol;

namespace IotAttest.Agent
{
    /// <summary>HMAC 256/256 (RFC 9053 section 3.1) with a 32-byte key, through the board's native HMAC.</summary>
    public sealed class HmacAuthenticator : IEvidenceAuthenticator, IDisposable
    {
        /// <summary>Length of the key in bytes.</summary>
        public const int KeyBytes = 32;

        private readonly HMACSHA256 _hmac;
        private readonly byte[] _keyId;
        private byte[] _message = new byte[0];

        /// <summary>Takes a copy of <paramref name="key"/>: the board's HMACSHA256 keeps the array it is given and wipes it when disposed.</summary>
        /// <exception cref="ArgumentException">The key is not 32 bytes.</exception>
        public HmacAuthenticator(byte[] ueid, byte[] key)
        {
            if (key == null || key.Length != KeyBytes)
            {
                throw new ArgumentException();
            }

            byte[] copy = new byte[KeyBytes];
            Array.Copy(key, 0, copy, 0, KeyBytes);
            _hmac = new HMACSHA256(copy);
            _keyId = Protocol.KeyId.OfUeid(ueid);
        }

        /// <inheritdoc/>
        public int Algorithm
        {
            get { return CoseLabel.Hmac256; }
        }

        /// <inheritdoc/>
        public byte[] KeyId
        {
            get { return _keyId; }
        }

        /// <inheritdoc/>
        public void Authenticate(byte[] structure, int offset, int count, byte[] output, int outputOffset)
        {
            // ComputeHash takes whole arrays only; the length rarely changes, so the array is kept.
            if (_message.Length != count)
            {
                _message = new byte[count];
            }

            Array.Copy(structure, offset, _message, 0, count);
            byte[] tag = _hmac.ComputeHash(_message);
            Array.Copy(tag, 0, output, outputOffset, CoseLabel.Hmac256Bytes);
        }

        /// <summary>Wipes the key.</summary>
        public void Dispose()
        {
            _hmac.Dispose();
        }
    }
}
