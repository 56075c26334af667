namespace System.Security.Cryptography
{
    /// <summary>HMAC-SHA-256 with the ownership rules of the board's class: it keeps the caller's key array and wipes it when disposed.</summary>
    internal class HMACSHA256 : IDisposable
    {
        private const int DefaultKeyBytes = 64;

        private byte[] _key;
        private byte[] _hash;

        public HMACSHA256()
            : this(RandomNumberGenerator.GetBytes(DefaultKeyBytes))
        {
        }

        public HMACSHA256(byte[] key)
        {
            _key = key;
        }

        public byte[] Hash
        {
            get { return _hash; }
        }

        public byte[] Key
        {
            get { return _key; }
            set { _key = value; }
        }

        public byte[] ComputeHash(byte[] buffer)
        {
            _hash = HashData(_key, buffer);
            return _hash;
        }

        public static byte[] HashData(byte[] key, byte[] source)
        {
            return CryptographicOperations.HmacData(HashAlgorithmName.SHA256, key, source);
        }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            if (disposing && _key != null)
            {
                Array.Clear(_key, 0, _key.Length);
            }
        }
    }
}
