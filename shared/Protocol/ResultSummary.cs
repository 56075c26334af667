namespace IotAttest.Protocol
{
    /// <summary>The part of an attestation result (EAR as CWT) that a board can use: overall status, conformity, the nonce it answers.</summary>
    /// <remarks>A stock board has no ECDSA, so the signature is not checked here: what the board does with the summary
    /// (an LED, a log line, when to repeat) must be harmless when the transport lied.</remarks>
    public sealed class ResultSummary
    {
        private const int MaxResultBytes = 4096;
        private const int MaxEntries = 16;
        private const int MaxTextBytes = 64;
        private const string ConformityKey = "conformity";

        private ResultSummary()
        {
        }

        /// <summary>ear_status of the whole result: 0, 2, 32 or 96 (<see cref="EarLabel"/>).</summary>
        public int Status { get; private set; }

        /// <summary>The conformity word, for example <c>Conformant</c>; never null.</summary>
        public string Conformity { get; private set; } = "";

        /// <summary>The nonce of the evidence that was appraised, 32 bytes, or null when the result names none.</summary>
        public byte[] Nonce { get; private set; }

        /// <summary>Reads a result of <paramref name="count"/> bytes.</summary>
        /// <returns>Ok, or the first cause of refusal; <paramref name="summary"/> is null then.</returns>
        public static DecodeStatus TryRead(byte[] buffer, int offset, int count, out ResultSummary summary)
        {
            summary = null;
            if (count > MaxResultBytes)
            {
                return DecodeStatus.TooLarge;
            }

            CborCursor cursor = new CborCursor(buffer, offset, count);
            cursor.ReadTag(CoseLabel.Sign1Tag);
            if (cursor.ReadArrayHead(4) != 4 && cursor.Status == DecodeStatus.Ok)
            {
                return DecodeStatus.OutOfRange;
            }

            cursor.Skip();
            cursor.Skip();
            int payloadBytes = cursor.EnterBytes(1, MaxResultBytes);
            if (cursor.Status != DecodeStatus.Ok)
            {
                return cursor.Status;
            }

            ResultSummary read = new ResultSummary();
            CborCursor claims = new CborCursor(buffer, cursor.Position, payloadBytes);
            read.ReadClaims(claims);
            summary = claims.Status == DecodeStatus.Ok ? read : null;
            return claims.Status;
        }

        private void ReadClaims(CborCursor cursor)
        {
            int entries = cursor.ReadMapHead(MaxEntries);
            for (int i = 0; i < entries && cursor.Status == DecodeStatus.Ok; i++)
            {
                long key = cursor.ReadInteger();
                if (key == EarLabel.Status)
                {
                    Status = (int)cursor.ReadInteger(EarLabel.None, EarLabel.Contraindicated);
                }
                else if (key == EarLabel.Submodules)
                {
                    ReadSubmodules(cursor);
                }
                else
                {
                    cursor.Skip();
                }
            }
        }

        private void ReadSubmodules(CborCursor cursor)
        {
            int entries = cursor.ReadMapHead(1);
            for (int i = 0; i < entries && cursor.Status == DecodeStatus.Ok; i++)
            {
                cursor.ReadIs(EarLabel.Firmware, MaxTextBytes);
                ReadAppraisal(cursor);
            }
        }

        private void ReadAppraisal(CborCursor cursor)
        {
            int entries = cursor.ReadMapHead(MaxEntries);
            for (int i = 0; i < entries && cursor.Status == DecodeStatus.Ok; i++)
            {
                long key = cursor.ReadInteger();
                if (key == EatClaim.Nonce)
                {
                    Nonce = cursor.ReadBytes(EvidenceProfile.NonceBytes, EvidenceProfile.NonceBytes);
                }
                else if (key == EarLabel.IotAttest)
                {
                    ReadPrivateMap(cursor);
                }
                else
                {
                    cursor.Skip();
                }
            }
        }

        private void ReadPrivateMap(CborCursor cursor)
        {
            int entries = cursor.ReadMapHead(MaxEntries);
            for (int i = 0; i < entries && cursor.Status == DecodeStatus.Ok; i++)
            {
                if (cursor.ReadIs(ConformityKey, MaxTextBytes) && cursor.IsAtText())
                {
                    Conformity = cursor.ReadAscii(MaxTextBytes);
                }
                else
                {
                    cursor.Skip();
                }
            }
        }
    }
}
