namespace IotAttest.Protocol
{
    /// <summary>The kid of a device key: the first 8 bytes of a SHA-256.</summary>
    public static class KeyId
    {
        /// <summary>The kid of an HMAC key: over the 17 UEID bytes, never over the key.</summary>
        public static byte[] OfUeid(byte[] ueid)
        {
            return Shorten(Sha256.Hash(ueid));
        }

        /// <summary>The kid of a P-256 key: over the DER SubjectPublicKeyInfo.</summary>
        public static byte[] OfPublicKey(byte[] subjectPublicKeyInfo)
        {
            return Shorten(Sha256.Hash(subjectPublicKeyInfo));
        }

        private static byte[] Shorten(byte[] digest)
        {
            byte[] keyId = new byte[CoseLabel.KeyIdBytes];
            System.Array.Copy(digest, 0, keyId, 0, keyId.Length);
            return keyId;
        }
    }
}
