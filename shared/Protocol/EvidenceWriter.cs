namespace IotAttest.Protocol
{
    /// <summary>Encodes claims as evidence: an EAT (RFC 9711) inside COSE_Mac0 or COSE_Sign1 (RFC 9052).</summary>
    /// <remarks>All buffers are made in the constructor; <see cref="Write"/> allocates nothing itself. Not safe for two threads.</remarks>
    public sealed class EvidenceWriter
    {
        private const string MacContext = "MAC0";
        private const string SignatureContext = "Signature1";

        // Context text, protected header and heads come to at most 40 bytes around the payload.
        private const int StructureOverheadBytes = 64;

        private readonly CborWriter _protected = new CborWriter(new byte[32]);
        private readonly CborWriter _component = new CborWriter(new byte[64]);
        private readonly CborWriter _payload = new CborWriter(new byte[EvidenceProfile.MaxEvidenceBytes]);
        private readonly CborWriter _structure = new CborWriter(new byte[EvidenceProfile.MaxEvidenceBytes + StructureOverheadBytes]);
        private readonly CborWriter _message = new CborWriter(new byte[EvidenceProfile.MaxEvidenceBytes]);
        private readonly byte[] _tag = new byte[CoseLabel.Es256Bytes];
        private readonly byte[] _profile = EvidenceProfile.Oid();

        /// <summary>The finished evidence: the first <see cref="Length"/> bytes. Overwritten by the next <see cref="Write"/>.</summary>
        public byte[] Buffer
        {
            get { return _message.Buffer; }
        }

        /// <summary>Length of the finished evidence in bytes; 0 after a failure.</summary>
        public int Length { get; private set; }

        /// <summary>Encodes and authenticates <paramref name="claims"/>.</summary>
        /// <returns>Ok, or what <see cref="EvidenceClaims.Check"/> found, or TooLarge above 2048 bytes.</returns>
        public DecodeStatus Write(EvidenceClaims claims, IEvidenceAuthenticator authenticator)
        {
            Length = 0;
            DecodeStatus status = claims.Check();
            if (status != DecodeStatus.Ok)
            {
                return status;
            }

            WriteProtectedHeader(authenticator);
            WritePayload(claims);
            WriteStructure(authenticator);
            if (_payload.IsOverflown || _structure.IsOverflown)
            {
                return DecodeStatus.TooLarge;
            }

            authenticator.Authenticate(_structure.Buffer, 0, _structure.Length, _tag, 0);
            WriteMessage(authenticator);
            System.Array.Clear(_tag, 0, _tag.Length);
            if (_message.IsOverflown)
            {
                return DecodeStatus.TooLarge;
            }

            Length = _message.Length;
            return DecodeStatus.Ok;
        }

        private static bool IsMac(IEvidenceAuthenticator authenticator)
        {
            return authenticator.Algorithm == CoseLabel.Hmac256;
        }

        private void WriteProtectedHeader(IEvidenceAuthenticator authenticator)
        {
            _protected.Reset();
            _protected.WriteMapHead(3);
            _protected.WriteUnsigned(CoseLabel.Algorithm);
            _protected.WriteInteger(authenticator.Algorithm);
            _protected.WriteUnsigned(CoseLabel.KeyId);
            _protected.WriteBytes(authenticator.KeyId);
            _protected.WriteUnsigned(CoseLabel.Type);
            _protected.WriteUnsigned(CoseLabel.EatCwt);
        }

        private void WritePayload(EvidenceClaims claims)
        {
            _payload.Reset();
            _payload.WriteMapHead(CountClaims(claims));
            _payload.WriteUnsigned(EatClaim.Nonce);
            _payload.WriteBytes(claims.Nonce);
            WriteIdentity(claims);
            WriteBootFacts(claims);
            WriteSoftware(claims);
            WriteMeasurements(claims);
        }

        private static int CountClaims(EvidenceClaims claims)
        {
            // nonce, ueid, oemid, hwmodel, uptime, profile, bootcount, bootseed, measurements
            int count = 9;
            count += claims.HardwareVersion != null ? 1 : 0;
            count += claims.OemBoot != EvidenceClaims.Unknown ? 1 : 0;
            count += claims.DebugStatus != EvidenceClaims.Unknown ? 1 : 0;
            count += claims.SoftwareName != null ? 1 : 0;
            count += claims.SoftwareVersion != null ? 1 : 0;
            return count;
        }

        private void WriteIdentity(EvidenceClaims claims)
        {
            _payload.WriteUnsigned(EatClaim.Ueid);
            _payload.WriteBytes(claims.Ueid);
            _payload.WriteUnsigned(EatClaim.OemId);
            if (claims.OemIdBytes != null)
            {
                _payload.WriteBytes(claims.OemIdBytes);
            }
            else
            {
                _payload.WriteInteger(claims.OemId);
            }

            _payload.WriteUnsigned(EatClaim.HardwareModel);
            _payload.WriteBytes(claims.HardwareModel);
            if (claims.HardwareVersion != null)
            {
                _payload.WriteUnsigned(EatClaim.HardwareVersion);
                _payload.WriteArrayHead(1);
                _payload.WriteAscii(claims.HardwareVersion);
            }
        }

        private void WriteBootFacts(EvidenceClaims claims)
        {
            _payload.WriteUnsigned(EatClaim.Uptime);
            _payload.WriteInteger(claims.UptimeSeconds);
            if (claims.OemBoot != EvidenceClaims.Unknown)
            {
                _payload.WriteUnsigned(EatClaim.OemBoot);
                _payload.WriteBoolean(claims.OemBoot == 1);
            }

            if (claims.DebugStatus != EvidenceClaims.Unknown)
            {
                _payload.WriteUnsigned(EatClaim.DebugStatus);
                _payload.WriteInteger(claims.DebugStatus);
            }

            _payload.WriteUnsigned(EatClaim.Profile);
            _payload.WriteBytes(_profile);
            _payload.WriteUnsigned(EatClaim.BootCount);
            _payload.WriteInteger(claims.BootCount);
            _payload.WriteUnsigned(EatClaim.BootSeed);
            _payload.WriteBytes(claims.BootSeed);
        }

        private void WriteSoftware(EvidenceClaims claims)
        {
            if (claims.SoftwareName == null)
            {
                return;
            }

            _payload.WriteUnsigned(EatClaim.SoftwareName);
            _payload.WriteAscii(claims.SoftwareName);
            if (claims.SoftwareVersion != null)
            {
                _payload.WriteUnsigned(EatClaim.SoftwareVersion);
                _payload.WriteArrayHead(1);
                _payload.WriteAscii(claims.SoftwareVersion);
            }
        }

        private void WriteMeasurements(EvidenceClaims claims)
        {
            _payload.WriteUnsigned(EatClaim.Measurements);
            _payload.WriteArrayHead(claims.ComponentCount);
            for (int i = 0; i < claims.ComponentCount; i++)
            {
                WriteComponent(claims.ComponentName(i), claims.ComponentDigest(i));
                _payload.WriteArrayHead(2);
                _payload.WriteUnsigned(MeasuredComponentLabel.ContentFormat);
                _payload.WriteBytes(_component.Buffer, 0, _component.Length);
            }
        }

        private void WriteComponent(string name, byte[] digest)
        {
            _component.Reset();
            _component.WriteMapHead(2);
            _component.WriteUnsigned(MeasuredComponentLabel.Id);
            _component.WriteArrayHead(1);
            _component.WriteAscii(name);
            _component.WriteUnsigned(MeasuredComponentLabel.Digest);
            _component.WriteArrayHead(2);
            _component.WriteUnsigned(MeasuredComponentLabel.Sha256);
            _component.WriteBytes(digest);
        }

        private void WriteStructure(IEvidenceAuthenticator authenticator)
        {
            _structure.Reset();
            _structure.WriteArrayHead(4);
            _structure.WriteAscii(IsMac(authenticator) ? MacContext : SignatureContext);
            _structure.WriteBytes(_protected.Buffer, 0, _protected.Length);
            _structure.WriteBytes(_tag, 0, 0); // external_aad is empty
            _structure.WriteBytes(_payload.Buffer, 0, _payload.Length);
        }

        private void WriteMessage(IEvidenceAuthenticator authenticator)
        {
            bool isMac = IsMac(authenticator);
            _message.Reset();
            _message.WriteTag(isMac ? CoseLabel.Mac0Tag : CoseLabel.Sign1Tag);
            _message.WriteArrayHead(4);
            _message.WriteBytes(_protected.Buffer, 0, _protected.Length);
            _message.WriteMapHead(0);
            _message.WriteBytes(_payload.Buffer, 0, _payload.Length);
            _message.WriteBytes(_tag, 0, isMac ? CoseLabel.Hmac256Bytes : CoseLabel.Es256Bytes);
        }
    }
}
