namespace IotAttest.Protocol
{
    /// <summary>Holds one device key and authenticates with it; the key itself never leaves.</summary>
    public interface IEvidenceAuthenticator
    {
        /// <summary><see cref="CoseLabel.Hmac256"/> or <see cref="CoseLabel.Es256"/>.</summary>
        int Algorithm { get; }

        /// <summary>The 8-byte kid of the key.</summary>
        byte[] KeyId { get; }

        /// <summary>Writes the tag (32 bytes) or the signature (r then s, 64 bytes) over <paramref name="count"/> bytes of a
        /// MAC_structure or Sig_structure (RFC 9052 sections 6.3 and 4.4).</summary>
        void Authenticate(byte[] structure, int offset, int count, byte[] output, int outputOffset);
    }
}
