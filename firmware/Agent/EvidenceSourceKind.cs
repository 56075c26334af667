namespace IotAttest.Agent
{
    /// <summary>Who makes the evidence of a board. Numbers are stable: boards print them; new ones go to the end.</summary>
    public enum EvidenceSourceKind
    {
        /// <summary>Managed code, which could be changed to say anything.</summary>
        Managed = 0,

        /// <summary>The native module, with a key that managed code never sees.</summary>
        Native = 1,
    }
}
