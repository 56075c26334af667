namespace IotAttest.Agent
{
    /// <summary>Turns a challenge into finished evidence. A native module does all of it; managed code never sees its key.</summary>
    public interface IEvidenceSource
    {
        /// <summary>Who makes the evidence.</summary>
        EvidenceSourceKind Kind { get; }

        /// <summary>Called before the first evidence and again after a failure: looks for the key and makes the boot count durable.</summary>
        EvidenceStatus Begin();

        /// <summary>Measures, encodes and authenticates.</summary>
        /// <param name="nonce">32 bytes; not kept.</param>
        /// <param name="output">At least 2048 bytes; the evidence is written from the first byte on.</param>
        /// <param name="length">Length of the evidence in bytes; 0 after a failure.</param>
        EvidenceStatus Produce(byte[] nonce, byte[] output, out int length);
    }
}
